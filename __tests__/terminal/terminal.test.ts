/** The command as a process. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { INPUTS } from '../../src/inputs/settings.ts';
import { bundled } from '../helpers/bundle.ts';
import { run } from '../helpers/processes.ts';
import { readRecording } from '../helpers/recording.ts';
import { type ReplayServer, startReplayServer } from '../helpers/replay-server.ts';

const entry = bundled('cli.js');
let server: ReplayServer;
let folder: string;

beforeAll(async () => {
  server = await startReplayServer({ recording: readRecording('1.37') });
  folder = mkdtempSync(join(tmpdir(), 'kube-api-gate-cli-'));
  writeFileSync(join(folder, 'config'), server.kubeconfig());
  writeFileSync(join(folder, 'wrong'), server.kubeconfig('not-the-token'));
});

afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const cli = (...args: string[]) =>
  run(process.execPath, [entry, ...args], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      KUBECONFIG: join(folder, 'config'),
      XDG_CACHE_HOME: join(folder, 'cache'),
      HOME: folder,
    },
  });

describe('exit codes tell the outcomes apart', () => {
  test.each([
    ['compatible', ['apps/v1'], 0],
    ['incompatible', ['apps/v1', 'batch/v1beta1'], 1],
    ['invalid input: nothing required', [], 2],
    ['invalid input: an option that is not there', ['--requires', 'apps/v1'], 2],
    ['undetermined', ['metrics.k8s.io/v1beta1'], 3],
    ['unreachable', ['--server', 'https://127.0.0.1:1', 'apps/v1'], 4],
    ['denied', ['--kubeconfig', 'wrong', 'apps/v1'], 5],
  ])('%s', async (_outcome, args, expected) => {
    const { code, stdout, stderr } = await cli(...args);
    expect({ code, said: stdout + stderr }).toMatchObject({ code: expected });
  });
});

test.each([
  ['compatible', 'apps/v1', 0],
  ['incompatible', 'batch/v1beta1', 1],
])('whoever stops reading leaves the exit code as it is: %s', async (_outcome, requirement, expected) => {
  const script = `"$0" "$1" "${requirement}" | true; exit "\${PIPESTATUS[0]}"`;
  const { code, stderr } = await run('bash', ['-c', script, process.execPath, entry], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      KUBECONFIG: join(folder, 'config'),
      XDG_CACHE_HOME: join(folder, 'cache'),
      HOME: folder,
    },
  });
  expect({ code, stderr }).toMatchObject({ code: expected });
  expect(stderr).not.toMatch(/^\s+at /m);
});

test.each([
  ['a slip of the finger', ['--clutser', 'prod'], 'There is no option --clutser. Did you mean --cluster?'],
  ['a slip with its value behind =', ['--cache-tll=1m'], 'There is no option --cache-tll. Did you mean --cache-ttl?'],
  ['nothing like an option', ['--frobnicate'], 'There is no option --frobnicate.'],
  ['an option without its value', ['--require'], "Option '--require <value>' argument missing"],
  ['a short option', ['-x', 'apps/v1'], "Unknown option '-x'."],
])('what cannot be an option is told in a line: %s', async (_, args, message) => {
  const { code, stderr } = await cli(...args);
  expect(stderr).toMatch(/^.+\nSee kube-api-gate --help\.\n$/);
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) });
});

test.each([
  ['a kubeconfig that begins with a document mark', ['--kubeconfig', `---\nusers: [{user: {token: ${'sesame'}}}]`]],
  ['the same, beside an option that there is not', ['--clutser', 'x', '--kubeconfig', '---\ntoken: sesame']],
  ['a certificate', ['--certificate-authority-data', '-----BEGIN sesame-----']],
  ['a token that begins with dashes', ['--token', '--sesame']],
])('no value is shown among the words about options: %s', async (_, args) => {
  const { code, stdout, stderr } = await cli(...args);
  expect(code).toBe(2);
  expect(stdout + stderr).not.toContain('sesame');
});

test('--help lists every input', async () => {
  const { code, stdout } = await cli('--help');
  for (const { name } of INPUTS) expect(stdout).toContain(`--${name}`);
  expect(code).toBe(0);
});

test('arguments and --require are one list', async () => {
  const { stdout } = await cli('--require', 'batch/v1beta1', 'batch/v2alpha1');
  expect(stdout).toContain('batch/v1beta1');
  expect(stdout).toContain('batch/v2alpha1');
});
