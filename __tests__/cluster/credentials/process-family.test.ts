import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { familyOf } from '../../../src/cluster/credentials/process-family.ts';

test.skipIf(process.platform !== 'linux')('holds descendants in whatever group they are, and nobody else', async () => {
  const script = 'set -m; sleep 60 & (sleep 60 & wait) & echo ready; wait';
  const child = spawn('/bin/bash', ['-c', script], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
  const pid = child.pid ?? 0;
  onTestFinished(() => {
    for (const each of [...familyOf(pid), pid]) process.kill(each, 'SIGKILL');
  });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  for (let tries = 0; familyOf(pid).length < 3 && tries < 100; tries += 1) await sleep(20);
  expect(familyOf(pid)).toHaveLength(3);
  expect(familyOf(pid)).not.toContain(process.pid);
});

test('a process that does not exist has none', () => {
  expect(familyOf(2 ** 30)).toEqual([]);
});
