import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { builtFolder, enginePath } from '../../engines/paths.ts';
import { type Finished, run } from '../helpers/processes.ts';

const script = join(import.meta.dirname, '../../engines/build.ts');

let folder: string;
let engines: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kube-api-gate-build-'));
  engines = join(folder, 'engines');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A `go` that counts its calls, and then does this with `$output`, the file that it was told to write. */
function goThat(action: string): void {
  const go = join(folder, 'bin', 'go');
  mkdirSync(dirname(go), { recursive: true });
  const findOutput = 'while [ "$1" != -o ]; do shift; done; output=$2';
  writeFileSync(go, `#!/bin/sh\necho called >> ${join(folder, 'calls')}\n${findOutput}\n${action}\n`);
  chmodSync(go, 0o755);
}

function calls(): number {
  return readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n').length;
}

async function build(...names: readonly string[]): Promise<Finished> {
  return await run(process.execPath, [script, ...names], {
    env: { PATH: join(folder, 'bin'), HOME: folder, KUBE_API_GATE_ENGINES: engines },
  });
}

test('an engine is built once', async () => {
  goThat('echo built > "$output"');
  const first = await build('etcd');
  const second = await build('etcd');
  expect([first.stderr, first.code, second.code]).toEqual(['', 0, 0]);
  expect(first.stdout).toMatch(/^etcd: built, .* \(\d+\.\d s\)\n$/);
  expect(second.stdout).toMatch(/^etcd: there already, /);
  expect(calls()).toBe(1);
  expect(readFileSync(enginePath('etcd', { KUBE_API_GATE_ENGINES: engines }), 'utf8')).toBe('built\n');
});

test('a build that breaks is never found, leaves nothing, and does not keep the others from theirs', async () => {
  goThat('echo half > "$output"; case "$output" in */etcd) echo "no space left" >&2; exit 1;; esac');
  const { code, stdout, stderr } = await build('etcd', 'actionlint');
  expect(code).toBe(1);
  expect(stderr).toMatch(/^etcd: go build ended with exit code 1\nno space left/);
  expect(stdout).toMatch(/^actionlint: built/);
  expect(readdirSync(engines)).toEqual([expect.stringMatching(/^actionlint-[0-9a-f]{16}$/)]);
});

test('two builds at once build it once', async () => {
  goThat('/bin/sleep 0.5; echo built > "$output"');
  const [one, other] = await Promise.all([build('etcd'), build('etcd')]);
  expect([one.code, other.code, calls()]).toEqual([0, 0, 1]);
  expect(one.stdout + other.stdout).toContain('built by another process');
});

test('what a killed build left is cleared away', async () => {
  goThat('echo built > "$output"');
  const place = builtFolder('etcd', { KUBE_API_GATE_ENGINES: engines });
  const killed = await run(process.execPath, ['--eval', 'process.stdout.write(String(process.pid))']);
  mkdirSync(`${place}.building-killed`, { recursive: true });
  writeFileSync(`${place}.lock`, killed.stdout);
  const { code } = await build('etcd');
  expect(code).toBe(0);
  expect(readdirSync(engines)).toEqual([expect.stringMatching(/^etcd-[0-9a-f]{16}$/)]);
});

test('without Go it says what is missing', async () => {
  const { code, stderr } = await build('etcd');
  expect(code).toBe(1);
  expect(stderr).toContain('there is no `go` on the PATH: install Go 1.26 or later');
});

test('an unknown name is refused before anything is built', async () => {
  const { code, stderr } = await build('etcd', 'etdc');
  expect([code, stderr]).toEqual([
    2,
    expect.stringMatching(/^No such engine: etdc\. There are: kube-apiserver-1\.37, /),
  ]);
});
