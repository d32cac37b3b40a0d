/** A world for resolving targets that a test can look into. */

import type { ClusterWorld } from '../../src/cluster/cluster.ts';
import type { Clock, Environment } from '../../src/model/world.ts';
import { openRedaction } from '../../src/system/redaction.ts';

export type SeenWorld = ClusterWorld & {
  /** What was printed, without the secrets, as the action prints it. */
  readonly lines: string[];
  readonly masked: string[];
  /** Moves the clock on. */
  readonly advance: (ms: number) => void;
};

export type SeenWorldOptions = {
  readonly environment?: Partial<Environment>;
  readonly idToken?: (audience: string) => Promise<string>;
  readonly serviceAccountFolder?: string;
};

export const startOfTime = Date.parse('2026-01-01T00:00:00Z');

export function seenWorld(options: SeenWorldOptions = {}): SeenWorld {
  const lines: string[] = [];
  const masked: string[] = [];
  let now = startOfTime;
  const { mask, redact } = openRedaction((secret) => masked.push(secret));
  const advance = (ms: number): void => {
    now += ms;
  };
  const clock: Clock = { now: () => now, random: () => 0, sleep: async (ms) => advance(ms) };
  return {
    environment: {
      variables: { PATH: process.env['PATH'] },
      workingDirectory: '/nonexistent/work',
      homeDirectory: '/nonexistent/home',
      platform: 'linux',
      interactive: false,
      ...options.environment,
    },
    secrets: { mask, redact, idToken: options.idToken ?? (() => Promise.reject(new Error('no id-token permission'))) },
    clock,
    log: { line: (message) => lines.push(redact(message)), debug: () => undefined },
    serviceAccountFolder: options.serviceAccountFolder ?? '/nonexistent/serviceaccount',
    lines,
    masked,
    advance,
  };
}
