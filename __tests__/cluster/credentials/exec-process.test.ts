import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { type ProcessOptions, runProcess } from '../../../src/cluster/credentials/exec-process.ts';
import { isRunning, run } from '../../helpers/processes.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';

function start(script: string, more: Partial<ProcessOptions> = {}) {
  const folder = temporaryFolder({ program: `#!/bin/sh\n${script}\n` });
  const lines: string[] = [];
  const end = runProcess({
    path: join(folder, 'program'),
    args: [],
    env: { PATH: process.env['PATH'], FOLDER: folder },
    interactive: false,
    windows: false,
    workingDirectory: folder,
    mostBytes: 1000,
    onErrorLine: (line) => lines.push(line),
    signal: new AbortController().signal,
    ...more,
  });
  return { folder, lines, end };
}

async function pidIn(file: string): Promise<number> {
  const deadline = Date.now() + 5000;
  while (Date.now() < deadline) {
    if (existsSync(file) && readFileSync(file, 'utf8').endsWith('\n')) return Number(readFileSync(file, 'utf8'));
    await sleep(10);
  }
  throw new Error(`${file} was not written`);
}

async function ended(pid: number): Promise<boolean> {
  const deadline = Date.now() + 3000;
  while (isRunning(pid) && Date.now() < deadline) await sleep(10);
  return !isRunning(pid);
}

describe('a program ends', () => {
  test.each<[string, string, object]>([
    ['with its output', 'echo hello', { kind: 'exited', code: 0, output: 'hello\n' }],
    ['with its exit code', 'echo x; exit 3', { kind: 'exited', code: 3, output: 'x\n' }],
    ['by a signal', 'kill -9 $$', { kind: 'killed', by: 'SIGKILL', output: '' }],
    [
      'with too much output',
      'while :; do echo 0123456789; done',
      { kind: 'too-much-output', output: expect.stringMatching(/^0123456789/) },
    ],
  ])('%s', async (_, script, wanted) => {
    expect(await start(script).end).toEqual(wanted);
  });

  test('before it began, when it cannot be started', async () => {
    expect(await start('', { path: '/nonexistent/program' }).end).toMatchObject({
      kind: 'not-started',
      error: { code: 'ENOENT' },
    });
  });

  test('before it began, when its arguments cannot be passed', async () => {
    expect(await start('', { args: ['a\0b'] }).end).toMatchObject({ kind: 'not-started' });
  });

  test('before it began, when the time is up already', async () => {
    const { folder, end } = start('touch "$FOLDER/ran"', { signal: AbortSignal.abort() });
    expect(await end).toEqual({ kind: 'aborted', output: '' });
    expect(existsSync(join(folder, 'ran'))).toBe(false);
  });

  test('though something that it started keeps its output open', async () => {
    const { folder, end } = start('echo hello; sleep 60 & echo $! > "$FOLDER/pid"');
    expect(await end).toEqual({ kind: 'exited', code: 0, output: 'hello\n' });
    const pid = await pidIn(join(folder, 'pid'));
    expect(isRunning(pid)).toBe(true);
    process.kill(pid);
  });
});

describe('a program is given', () => {
  test('its arguments as they are, without a shell between', async () => {
    const { end } = start('printf "%s|" "$@"', { args: ['a b', '$HOME', '; exit 1', "'", ''] });
    expect(await end).toMatchObject({ output: "a b|$HOME|; exit 1|'||" });
  });

  test('its environment and nothing of ours', async () => {
    const { end } = start('env | cut -d= -f1 | sort', { env: { PATH: process.env['PATH'], MINE: '1' } });
    expect(await end).toMatchObject({ output: expect.stringMatching(/^MINE\n/) });
  });

  test('an empty standard input, so that reading it does not wait', async () => {
    expect(await start('cat; echo done').end).toMatchObject({ output: 'done\n' });
  });
});

test('standard error comes line by line, the last one too', async () => {
  const { lines, end } = start('printf "one\\ntwo\\r\\nthree" >&2');
  await end;
  expect(lines).toEqual(['one', 'two', 'three']);
});

const LEFT_OUT = '(a line of more than 8192 characters, left out)';

test.each([
  ['with its end', 'head -c 9000 /dev/zero | tr "\\0" x >&2; printf "\\nnext\\n" >&2', [LEFT_OUT, 'next']],
  ['without an end', 'head -c 20000 /dev/zero | tr "\\0" x >&2', [LEFT_OUT]],
  [
    'that comes in pieces',
    'head -c 9000 /dev/zero | tr "\\0" x >&2; sleep 0.2; printf "sesame" >&2; sleep 0.2; printf "sesame\\nnext" >&2',
    [LEFT_OUT, 'next'],
  ],
])(
  'a line of standard error that is too long is left out whole, a secret in it included: %s',
  async (_, script, wanted) => {
    const { lines, end } = start(script);
    await end;
    expect(lines).toEqual(wanted);
  },
);

describe('when the time is up', () => {
  test('the program is ended, with all that it started', async () => {
    const { folder, end } = start('sleep 60 & echo $! > "$FOLDER/pid"; wait', { signal: AbortSignal.timeout(300) });
    const pid = await pidIn(join(folder, 'pid'));
    expect(await end).toEqual({ kind: 'aborted', output: '' });
    expect(await ended(pid)).toBe(true);
  });

  test.each([
    ['in the background', 'sleep 60 & echo $! > "$FOLDER/pid"; wait'],
    ['that ignores being asked', '(trap "" TERM; echo $BASHPID > "$FOLDER/pid"; while :; do sleep 0.1; done) & wait'],
    ['in a process group of its own', 'set -m; sleep 60 & echo $! > "$FOLDER/pid"; wait'],
    ['in a session of its own', 'setsid sleep 60 & echo $! > "$FOLDER/pid"; wait'],
    ['of a program that has ended, in a group of its own', 'set -m; (sleep 60 & echo $! > "$FOLDER/pid"); sleep 60'],
    [
      'whose parent ends with the first signal',
      'set -m; trap "exit 0" TERM; (trap "" TERM; sleep 60 & echo $! > "$FOLDER/pid"; wait) & wait',
    ],
    ['that keeps the output of a program that has ended', 'trap "" TERM; sleep 60 & echo $! > "$FOLDER/pid"; exit 0'],
  ])('a grandchild is ended: one %s', async (_rule, script) => {
    const { folder, end } = start('', {
      path: '/bin/bash',
      args: ['-c', script],
      signal: AbortSignal.timeout(400),
    });
    const pid = await pidIn(join(folder, 'pid'));
    expect(await end).toMatchObject({ kind: 'aborted' });
    expect(await ended(pid)).toBe(true);
  });

  test('a program that ignores it is ended all the same, soon', async () => {
    const script = 'trap "" TERM; echo $$ > "$FOLDER/pid"; while :; do sleep 0.1; done';
    const started = Date.now();
    const { folder, end } = start(script, { signal: AbortSignal.timeout(300) });
    const pid = await pidIn(join(folder, 'pid'));
    expect(await end).toEqual({ kind: 'aborted', output: '' });
    expect(Date.now() - started).toBeLessThan(2500);
    expect(await ended(pid)).toBe(true);
  });
});

test('where there are no process groups the program at least is ended', async () => {
  const { folder, end } = start('echo $$ > "$FOLDER/pid"; exec sleep 60', {
    windows: true,
    signal: AbortSignal.timeout(300),
  });
  const pid = await pidIn(join(folder, 'pid'));
  expect(await end).toEqual({ kind: 'aborted', output: '' });
  expect(await ended(pid)).toBe(true);
});

test('many programs at once leave no listener behind', async () => {
  const before = process.listenerCount('SIGTERM');
  await Promise.all(Array.from({ length: 12 }, () => start('echo hello').end));
  expect(process.listenerCount('SIGTERM')).toBe(before);
});

describe('a program does not outlive this process', () => {
  const host = (folder: string, before: string) => `
    import { runProcess } from ${JSON.stringify(join(import.meta.dirname, '../../../src/cluster/credentials/exec-process.ts'))};
    ${before}
    await runProcess({ path: ${JSON.stringify(join(folder, 'program'))}, args: [], env: { ...process.env, FOLDER: ${JSON.stringify(folder)} }, interactive: false, windows: false,
      workingDirectory: ${JSON.stringify(folder)}, mostBytes: 1000, onErrorLine: () => undefined, signal: new AbortController().signal });`;

  test.each<[string, string]>([
    ['that ends itself', 'setTimeout(() => process.exit(0), 500);'],
    ['that is ended by SIGTERM', "setTimeout(() => process.kill(process.pid, 'SIGTERM'), 500);"],
    ['that is ended by SIGINT', "setTimeout(() => process.kill(process.pid, 'SIGINT'), 500);"],
  ])('%s', async (_, before) => {
    const folder = temporaryFolder({ program: '#!/bin/sh\nsleep 60 &\necho $! > "$FOLDER/pid"\nwait\n' });
    const { code } = await run(process.execPath, ['--input-type=module', '-e', host(folder, before)], {
      timeoutMs: 10_000,
    });
    expect(code).toBe(before.includes('exit(0)') ? 0 : -1);
    expect(await ended(await pidIn(join(folder, 'pid')))).toBe(true);
  });
});
