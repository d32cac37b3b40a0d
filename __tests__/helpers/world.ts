/** A world for the gate that a test can look into: everything that is published, printed or saved is kept. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SnapshotStore } from '../../src/cache/snapshot-store.ts';
import type { World } from '../../src/gate/world.ts';
import { readSettings, type SettingsReading } from '../../src/inputs/settings.ts';
import type { GateError } from '../../src/model/errors.ts';
import type { Verdict } from '../../src/model/verdict.ts';
import type { Clock } from '../../src/model/world.ts';
import { systemClock } from '../../src/system/system.ts';

export type TestWorld = World & {
  readonly verdicts: Verdict[];
  readonly errors: GateError[];
  readonly lines: string[];
  readonly masked: string[];
  readonly exported: Map<string, string>;
  readonly saved: Map<string, Uint8Array>;
};

export type TestWorldOptions = {
  readonly variables?: Readonly<Record<string, string>>;
  readonly workingDirectory?: string;
  readonly store?: SnapshotStore;
  readonly clock?: Clock;
};

/** A store in memory that matches keys as the Actions cache does: itself first, else the newest that begins with it. */
export function memoryStore(saved: Map<string, Uint8Array>): SnapshotStore {
  return {
    name: 'memory',
    restore: async (keys) => {
      for (const key of keys) {
        const match = saved.has(key) ? key : [...saved.keys()].reverse().find((each) => each.startsWith(key));
        const bytes = match === undefined ? undefined : saved.get(match);
        if (match !== undefined && bytes !== undefined) return { kind: 'found', key: match, bytes };
      }
      return { kind: 'none', reason: 'nothing is saved' };
    },
    save: async (key, bytes) => {
      if (saved.has(key)) return { kind: 'exists' };
      saved.set(key, bytes);
      return { kind: 'saved' };
    },
  };
}

/** The machine's clock, `offset()` milliseconds off. */
export function shiftedClock(offset: () => number): Clock {
  return { ...systemClock, now: () => Date.now() + offset() };
}

/** A clock that sleeps by moving on: for what waits and does nothing else. */
export function impatientClock(): Clock {
  let now = 1_000_000;
  return {
    now: () => now,
    random: () => 0,
    sleep: async (ms) => {
      now += ms;
    },
  };
}

export function createWorld(options: TestWorldOptions = {}): TestWorld {
  const saved = new Map<string, Uint8Array>();
  const { variables = {}, workingDirectory = tmpdir(), store = memoryStore(saved), clock = systemClock } = options;
  const verdicts: Verdict[] = [];
  const errors: GateError[] = [];
  const lines: string[] = [];
  const masked: string[] = [];
  const exported = new Map<string, string>();
  return {
    environment: {
      variables,
      workingDirectory,
      homeDirectory: '/nonexistent',
      platform: process.platform,
      interactive: false,
    },
    clock,
    log: { line: (message) => lines.push(message), debug: () => undefined },
    secrets: {
      mask: (secret) => masked.push(secret),
      redact: (text) => text,
      idToken: () => Promise.reject(new Error('no id-token permission')),
    },
    store,
    repositoryRoot: workingDirectory,
    kubectlCacheDirectory: join(workingDirectory, 'kube-cache'),
    kubectlOwnCacheDirectory: join(workingDirectory, 'own-kube-cache'),
    exportVariable: (name, value) => exported.set(name, value),
    publisher: {
      prepare: async () => undefined,
      verdict: async (verdict) => void verdicts.push(verdict),
      error: async (error) => void errors.push(error),
    },
    verdicts,
    errors,
    lines,
    masked,
    exported,
    saved,
  };
}

/** What is read of these inputs; what is not given is as in a workflow that leaves it out. */
export function inputsOf(given: Readonly<Record<string, string>>): SettingsReading {
  return readSettings((name) => given[name] ?? '');
}
