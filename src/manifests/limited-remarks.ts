import type { Problem } from '../model/place.ts';
import type { Warning } from '../model/verdict.ts';
import type { ManifestFile } from './find-files.ts';

/** Of one file, and of each sort: whoever corrects these sees the others in the next run. */
export const MOST_OF_A_FILE = 100;

/** A file with so many faults is not what it is taken for, and is not read to its end. */
export const MOST_FAULTS = 10_000;

/** What is said of one file. */
export interface FileRemarks {
  readonly refuse: (problem: Problem) => void;
  readonly warn: (warning: Warning) => void;
  /** Whether there are so many faults that nobody wants to know more. */
  readonly isFull: () => boolean;
  readonly problems: () => readonly Problem[];
  readonly warnings: () => readonly Warning[];
}

/** Keeps the first of what is said of a file and counts the rest: a damaged file of a few megabytes can have millions of faults. */
export function limitedRemarks({ file }: ManifestFile): FileRemarks {
  const problems: Problem[] = [];
  const warnings: Warning[] = [];
  let [moreProblems, moreWarnings] = [0, 0];
  const isFull = (): boolean => moreProblems >= MOST_FAULTS;
  const place = { kind: 'file', file, line: 1 } as const;
  return {
    refuse: (problem) => {
      if (problems.length < MOST_OF_A_FILE) problems.push(problem);
      else moreProblems += 1;
    },
    warn: (warning) => {
      if (warnings.length < MOST_OF_A_FILE) warnings.push(warning);
      else moreWarnings += 1;
    },
    isFull,
    problems: () => {
      if (moreProblems === 0) return problems;
      const told = isFull()
        ? `This file has more than ${MOST_FAULTS} faults, and is not read to its end.`
        : `This file has ${moreProblems} more ${moreProblems === 1 ? 'fault' : 'faults'}.`;
      return [...problems, { place, message: told }];
    },
    warnings: () =>
      moreWarnings === 0
        ? warnings
        : [...warnings, { place, message: `There are ${moreWarnings} more remarks on this file.` }],
  };
}
