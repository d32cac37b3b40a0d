/** A connection for tests: everything a real one has, with what it logged, masked and slept kept. */
import { openConnection } from '../../src/cluster/connection/connection.ts';
import type { ApiConnection, ApiResponse, ConnectionOptions } from '../../src/cluster/connection/options.ts';

export type TestConnection = ApiConnection & {
  /** GET `/apis`, or `path`. */
  readonly ask: (path?: string) => Promise<ApiResponse>;
  readonly lines: readonly string[];
  readonly debugLines: readonly string[];
  readonly masked: readonly string[];
  /** The pauses between tries, in milliseconds; they are passed over. */
  readonly slept: readonly number[];
};

/** Opens a connection to `server` with these options; without them: no credentials, an empty environment, twenty seconds. */
export function connectTo(server: string, options: Partial<ConnectionOptions> = {}): TestConnection {
  const lines: string[] = [];
  const debugLines: string[] = [];
  const masked: string[] = [];
  const slept: number[] = [];
  const connection = openConnection({
    server: new URL(server),
    insecureSkipTlsVerify: false,
    disableCompression: false,
    headers: {},
    credentials: { current: async () => ({}) },
    environment: {
      variables: {},
      workingDirectory: '/',
      homeDirectory: '/nonexistent',
      platform: process.platform,
      interactive: false,
    },
    secrets: {
      mask: (secret) => masked.push(secret),
      redact: (text) => text,
      idToken: () => Promise.reject(new Error('no id-token permission')),
    },
    clock: {
      now: () => Date.now(),
      random: () => 0,
      sleep: async (ms) => {
        slept.push(ms);
      },
    },
    log: { line: (line) => lines.push(line), debug: (line) => debugLines.push(line) },
    signal: new AbortController().signal,
    timeoutMs: 20_000,
    ...options,
  });
  return {
    ...connection,
    ask: (path = '/apis') => connection.get({ path, accept: 'application/json' }),
    lines,
    debugLines,
    masked,
    slept,
  };
}
