/** Times commands side by side, in turns, so that whatever else the machine does meets all of them alike. */
import { performance } from 'node:perf_hooks';

/** Something to time; it throws when it did not do what it should have. */
export type Contestant = () => Promise<void>;

/** Median wall time of each contestant, in milliseconds. */
export type Medians<Name extends string> = Readonly<Record<Name, number>>;

/** Runs all contestants once for warmth, then `rounds` times in turns. */
export async function race<Name extends string>(
  contestants: Readonly<Record<Name, Contestant>>,
  rounds = 15,
): Promise<Medians<Name>> {
  const names = Object.keys(contestants) as Name[];
  const times = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = -1; round < rounds; round += 1) {
    for (const name of names) {
      const began = performance.now();
      await contestants[name]();
      if (round >= 0) times.get(name)?.push(performance.now() - began);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times.get(name) ?? [])])) as Medians<Name>;
}

/** @param values at least one */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** One line of the table of results. */
export interface Measured {
  readonly what: string;
  readonly ours: string;
  readonly against: string;
  readonly result: string;
  readonly aim: string;
}

export const milliseconds = (ms: number): string => `${Math.round(ms)} ms`;

export const ratio = (ours: number, theirs: number): string => `${(ours / theirs).toFixed(2)}`;
