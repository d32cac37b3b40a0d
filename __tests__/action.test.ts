import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundled } from './helpers/bundle.ts';
import { readRecording } from './helpers/recording.ts';
import { type ReplayServer, startReplayServer } from './helpers/replay-server.ts';
import { type ActionOptions, type ActionRun, runAction } from './helpers/runner.ts';

const entry = bundled('index.js');
let server: ReplayServer;

beforeAll(async () => {
  server = await startReplayServer({ recording: readRecording('1.37') });
});

afterAll(async () => {
  await server?.stop();
});

const act = (inputs: Readonly<Record<string, string>>, more: Partial<ActionOptions> = {}): Promise<ActionRun> =>
  runAction({ entry, inputs: { kubeconfig: server.kubeconfig(), ...inputs }, ...more });

describe('a run of the action', () => {
  test('exits 0 on a compatible cluster, with its outputs and its summary', async () => {
    const { exitCode, outputs, summary, log } = await act({ require: 'apps/v1' });
    expect(log).not.toContain('::error');
    expect(outputs).toMatchObject({ outcome: 'compatible', missing: '', unknown: '', cache: 'miss' });
    expect(outputs['kube-version']).toMatch(/^v1\.37\./);
    expect(outputs['api-versions']?.split(',')).toEqual(
      expect.arrayContaining(['v1', 'apps/v1', 'apps/v1/Deployment']),
    );
    expect(summary).toContain('apps/v1');
    expect(exitCode).toBe(0);
  });

  test('exits 1 on an incompatible one, with one error that names what is missing', async () => {
    const { exitCode, outputs, log } = await act({ require: 'apps/v1\nbatch/v1beta1' });
    expect(outputs).toMatchObject({ outcome: 'incompatible', missing: 'batch/v1beta1' });
    expect(log.match(/^::error.*/gm)).toEqual([expect.stringContaining('batch/v1beta1')]);
    expect(exitCode).toBe(1);
  });

  test('exits 1 on inputs that cannot be used, and says all that is wrong with them', async () => {
    const { exitCode, outputs, log } = await act({ require: 'apps/v1/', 'cache-ttl': '10' });
    expect(outputs).toMatchObject({ outcome: 'invalid-input' });
    expect(log).toMatch(/^::error.*apps\/v1\//m);
    expect(log).toMatch(/^::error.*cache-ttl/m);
    expect(exitCode).toBe(1);
  });

  test.each<[rule: string, inputs: Readonly<Record<string, string>>, message: RegExp]>([
    [
      'a misspelled input',
      { require: 'v1', manifest: 'deploy/*.yaml' },
      /no input `manifest`.*Did you mean `manifests`\?/,
    ],
    ['a misspelled kubeconfig', { require: 'v1', 'kube-config': 'prod.yaml' }, /no input `kube-config`.*`kubeconfig`/],
    ['a misspelled input that is empty', { require: 'v1', 'server-versoin': '' }, /`server-versoin`.*`server-version`/],
  ])('exits 1 on %s, and asks no cluster', async (_, inputs, message) => {
    const asked = server.requests.length;
    const { exitCode, outputs, log } = await act(inputs);
    expect(log).toMatch(message);
    expect(outputs).toMatchObject({ outcome: 'invalid-input' });
    expect(exitCode).toBe(1);
    expect(server.requests.length).toBe(asked);
  });

  test('makes no folder of a report-directory that is refused', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kube-api-gate-reports-'));
    const { outputs } = await act({ require: 'v1', 'report-directory': `${folder}/out\nsecond` });
    expect(outputs).toMatchObject({ outcome: 'invalid-input', report: '' });
    expect(readdirSync(folder)).toEqual([]);
    rmSync(folder, { recursive: true });
  });

  test('keeps a comment on the pull request while it is red, and hands the token to nobody', async () => {
    const asked: string[] = [];
    const api = createServer((request, response) => {
      asked.push(`${request.method} ${request.headers.authorization}`);
      request.resume();
      response.writeHead(request.method === 'POST' ? 201 : 200);
      response.end(request.method === 'GET' ? '[]' : '{}');
    });
    await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
    const { port } = api.address() as AddressInfo;
    try {
      const { log, outputs } = await act(
        { require: 'batch/v1beta1', comment: 'true', 'github-token': 'job-token-5150' },
        {
          env: {
            GITHUB_API_URL: `http://127.0.0.1:${port}`,
            GITHUB_REPOSITORY: 'o/r',
            GITHUB_EVENT_PATH: 'event.json',
          },
          files: { 'event.json': '{"pull_request":{"number":7}}' },
        },
      );
      expect(asked).toEqual(['GET Bearer job-token-5150', 'POST Bearer job-token-5150']);
      expect(log).toContain('The comment on pull request 7: created.');
      expect(log.replaceAll(/^::add-mask::.*$/gm, '')).not.toContain('job-token-5150');
      expect(outputs).toMatchObject({ outcome: 'incompatible' });
    } finally {
      api.closeAllConnections();
      api.close();
    }
  });

  test('shows no token and no stack', async () => {
    const runs = await Promise.all([act({ require: 'apps/v1' }), act({ require: 'batch/v1beta1' })]);
    for (const { log, outputs, summary } of runs) {
      const shown = [log.replaceAll(/^::add-mask::.*$/gm, ''), JSON.stringify(outputs), summary].join('\n');
      expect(shown).not.toContain(server.token);
      expect(shown).not.toMatch(/^\s+at .*\(.*\.ts:\d+/m);
    }
  });

  test('what escapes everything else is told in words, red', async () => {
    const silent = await startReplayServer({ recording: readRecording('1.37'), intercept: () => true });
    const bomb = 'data:text/javascript,setTimeout(() => { throw new Error("escaped") }, 700)';
    try {
      const { exitCode, outputs, log } = await runAction({
        entry,
        inputs: { require: 'apps/v1', kubeconfig: silent.kubeconfig(), timeout: '10s' },
        env: { NODE_OPTIONS: `--import "${bomb.replaceAll('"', '\\"')}"` },
      });
      expect(log).toMatch(/::error.*escaped/);
      expect(log).not.toMatch(/^\s+at /m);
      expect(outputs).toMatchObject({ outcome: 'internal-error' });
      expect(exitCode).toBe(1);
    } finally {
      await silent.stop();
    }
  });

  test('a server that accepts and never answers ends at the timeout, red', async () => {
    const silent = await startReplayServer({ recording: readRecording('1.37'), intercept: () => true });
    try {
      const began = performance.now();
      const { exitCode, outputs } = await runAction({
        entry,
        inputs: { require: 'apps/v1', kubeconfig: silent.kubeconfig(), timeout: '1s' },
      });
      expect(outputs).toMatchObject({ outcome: 'unreachable' });
      expect(exitCode).toBe(1);
      expect(performance.now() - began).toBeLessThan(3_500);
    } finally {
      await silent.stop();
    }
  });
});
