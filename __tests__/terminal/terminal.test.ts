/** The command as a process. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
    ['denied', ['--kubeconfig', 'wrong', '--cache', 'off', 'apps/v1'], 5],
  ])('%s', async (_outcome, args, expected) => {
    const { code, stdout, stderr } = await cli(...args);
    expect({ code, said: stdout + stderr }).toMatchObject({ code: expected });
  });
});

describe('the cache of kubectl', () => {
  test('is the command’s own: a second run asks nothing, in the files that kubectl reads', async () => {
    const home = mkdtempSync(join(tmpdir(), 'kube-api-gate-home-'));
    const once = async (...args: string[]) => {
      const before = server.requests.length;
      const env = { PATH: process.env['PATH'], KUBECONFIG: join(folder, 'config'), HOME: home };
      const { code } = await run(process.execPath, [entry, 'apps/v1', ...args], { cwd: folder, env });
      expect(code).toBe(0);
      return server.requests.length - before;
    };
    try {
      expect(await once('--kubectl-cache', 'off')).toBe(3);
      expect(readdirSync(home)).toEqual([]);
      expect(await once()).toBe(3);
      expect(readdirSync(join(home, '.kube', 'cache')).toSorted()).toEqual(['discovery', 'http']);
      expect(await once()).toBe(0);
      expect(await once('--cache', 'only')).toBe(0);
      expect(await once('--cache', 'off')).toBe(3);
    } finally {
      rmSync(home, { recursive: true });
    }
  });

  test.each([
    ['a folder that nobody may write', (home: string) => writeFileSync(join(home, '.kube'), 'in the way')],
    [
      'a cache that nobody may write',
      (home: string) => {
        mkdirSync(join(home, '.kube'));
        writeFileSync(join(home, '.kube', 'cache'), 'in the way');
      },
    ],
  ])('%s changes no verdict', async (_rule, spoil) => {
    const home = mkdtempSync(join(tmpdir(), 'kube-api-gate-home-'));
    spoil(home);
    const env = { PATH: process.env['PATH'], KUBECONFIG: join(folder, 'config'), HOME: home };
    const { code, stderr } = await run(process.execPath, [entry, 'apps/v1'], { cwd: folder, env });
    rmSync(home, { recursive: true });
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(/kubectl's cache of .*not written/) });
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
  ['a slip of the finger', ['--clutser', 'prod'], 'Unknown option --clutser. Did you mean --cluster?'],
  ['a slip with its value behind =', ['--cache-tll=1m'], 'Unknown option --cache-tll. Did you mean --cache-ttl?'],
  ['nothing like an option', ['--frobnicate'], 'Unknown option --frobnicate.'],
  ['an option without its value', ['--require'], "--require <value>' argument missing"],
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

test('--help-all lists every input', async () => {
  const { code, stdout } = await cli('--help-all');
  for (const { name } of INPUTS) expect(stdout).toContain(`--${name}`);
  expect(code).toBe(0);
});

/** The command with this at its standard input. */
const piped = (content: string, ...args: string[]) =>
  run('/bin/sh', ['-c', 'printf %s "$CONTENT" | "$0" "$@"', process.execPath, entry, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'], KUBECONFIG: join(folder, 'config'), HOME: folder, CONTENT: content },
  });

describe('manifests from standard input', () => {
  const served = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n';
  const gone = '---\n# Source: shop/templates/cron.yaml\napiVersion: batch/v1beta1\nkind: CronJob\n';
  test.each<[rule: string, content: string, args: readonly string[], code: number, said: string]>([
    ['served is compatible', served, ['-'], 0, '<stdin>:1:1 (web)'],
    [
      'missing is incompatible, at the line',
      served + gone,
      ['-'],
      1,
      'shop/templates/cron.yaml, rendered at <stdin>:6:1',
    ],
    ['together with requirements', served, ['-', '-r', 'batch/v1beta1'], 1, 'batch/v1beta1'],
    ['by the option', served, ['--manifests', '-'], 0, '<stdin>:1:1 (web)'],
    ['by the name of the system', served, ['/dev/stdin'], 0, '<stdin>:1:1 (web)'],
    ['nothing at all is refused', '', ['-'], 2, 'Standard input is empty'],
    ['what does not parse is refused, at its line', 'kind: {', ['-'], 2, '<stdin>:'],
  ])('%s', async (_, content, args, code, said) => {
    const result = await piped(content, ...args);
    expect({ code: result.code, said: result.stdout + result.stderr }).toEqual({
      code,
      said: expect.stringContaining(said),
    });
  });
});

describe('--output', () => {
  test.each<[format: string, begins: RegExp]>([
    ['json', /^\{\n {2}"version": 2,/],
    ['junit', /^<\?xml /],
    ['sarif', /^\{\n? *"\$schema"/],
    ['markdown', /^## /],
    ['text', /^replayed \(v1\.37/],
  ])('%s alone is on standard output', async (format, begins) => {
    const { code, stdout } = await cli('-o', format, 'apps/v1', 'batch/v1beta1');
    expect(stdout).toMatch(begins);
    expect(code).toBe(1);
  });

  test.each(['json', 'sarif'])('%s can be parsed, of an error too', async (format) => {
    const results = await Promise.all([cli('-o', format, 'apps/v1'), cli('-o', format, '-c', 'nope', 'apps/v1')]);
    for (const { stdout } of results) expect(() => JSON.parse(stdout)).not.toThrow();
    expect(results.map(({ code }) => code)).toEqual([0, 2]);
  });
});

test('a bare call says how to start', async () => {
  const { code, stdout, stderr } = await cli();
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('kube-api-gate deploy/');
});

test('--version is that of package.json', async () => {
  const { stdout } = await run(process.execPath, [join(import.meta.dirname, '../../dist/cli.js'), '--version']);
  const manifest = readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8');
  expect(stdout.trim()).toBe((JSON.parse(manifest) as { version: string }).version);
});

test('hints speak of options', async () => {
  const { stdout } = await cli('-k', 'missing.yaml', 'v1');
  expect(stdout).toContain('`--kubeconfig`');
  expect(stdout).not.toContain('workspace');
});

test('arguments and --require are one list', async () => {
  const { stdout } = await cli('--require', 'batch/v1beta1', 'batch/v2alpha1');
  expect(stdout).toContain('batch/v1beta1');
  expect(stdout).toContain('batch/v2alpha1');
});
