/** How much of the bundle is loaded before the cluster hears of it, and in all. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRecording } from '../__tests__/helpers/recording.ts';
import { startReplayServer } from '../__tests__/helpers/replay-server.ts';
import { gate } from './contestants.ts';
import type { Measured } from './measure.ts';

/** Stands in the list of files where the process first connects to a server. */
const CONNECTING = 'connecting';

export async function measureBundle(): Promise<readonly Measured[]> {
  const folder = mkdtempSync(join(tmpdir(), 'kube-api-gate-bench-'));
  const list = join(folder, 'loaded');
  const hook = join(folder, 'hook.cjs');
  writeFileSync(list, '');
  writeFileSync(
    hook,
    `const { appendFileSync } = require('node:fs');
    const { Socket } = require('node:net');
    const note = (line) => appendFileSync(${JSON.stringify(list)}, line + '\\n');
    require('node:module').registerHooks({
      load(url, context, next) {
        if (url.startsWith('file:')) note(url);
        return next(url, context);
      },
    });
    const { connect } = Socket.prototype;
    Socket.prototype.connect = function (...how) {
      note(${JSON.stringify(CONNECTING)});
      return connect.apply(this, how);
    };\n`,
  );
  const server = await startReplayServer({ recording: readRecording('1.37') });
  try {
    const inputs = { require: 'apps/v1', kubeconfig: server.kubeconfig(), cache: 'off' };
    await gate(inputs, { env: { NODE_OPTIONS: `--require=${hook}` } })();
    const lines = readFileSync(list, 'utf8').trimEnd().split('\n');
    if (!lines.includes(CONNECTING)) throw new Error('the server was not asked');
    return [
      row('code loaded before the first connection', lines.slice(0, lines.indexOf(CONNECTING)), 'at most 120 KB'),
      row('the same in all, for a verdict by `require` with the cache off', lines, 'none'),
    ];
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function row(what: string, lines: readonly string[], aim: string): Measured {
  const files = lines.filter((line) => line !== CONNECTING).map((url) => readFileSync(new URL(url)));
  const bytes = files.reduce((sum, { length }) => sum + length, 0);
  return { what, ours: `${Math.round(bytes / 1000)} KB in ${files.length} files`, against: '', result: '', aim };
}
