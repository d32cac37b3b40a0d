import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runGate } from '../../src/gate/gate.ts';
import { holdsSecret } from '../../src/gate/keeping.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { openRedaction } from '../../src/system/redaction.ts';
import { readRecording } from '../helpers/recording.ts';
import { type ReplayServer, startReplayServer } from '../helpers/replay-server.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { wholeRecording } from '../helpers/whole-recording.ts';
import { createWorld, inputsOf, memoryStore } from '../helpers/world.ts';

let server: ReplayServer;
beforeAll(async () => {
  server = await startReplayServer({ recording: wholeRecording(readRecording('1.37')) });
});
afterAll(() => server.stop());

/** A job on whose machine an earlier step left a kubeconfig. */
async function run(inputs: Readonly<Record<string, string>>, saved = new Map<string, Uint8Array>()) {
  const folder = temporaryFolder({});
  writeFileSync(join(folder, 'ambient'), server.kubeconfig());
  const world = createWorld({ variables: { KUBECONFIG: join(folder, 'ambient') }, store: memoryStore(saved) });
  const outcome = await runGate(inputsOf({ require: 'apps/v1', ...inputs }), world);
  const cluster = world.verdicts[0]?.clusters[0];
  return { outcome, world, saved, cluster, remarks: cluster?.warnings.map(({ message }) => message).join('\n') ?? '' };
}

const contextOf = () => JSON.parse(server.kubeconfig())['current-context'];

describe('an ambient kubeconfig', () => {
  test.each<[string, () => Readonly<Record<string, string>>, { remark: boolean; saved: boolean }]>([
    [
      'under a name, and nothing else: a remark, and nothing is saved',
      () => ({ cluster: 'production' }),
      { remark: true, saved: false },
    ],
    ['under a name, refreshed', () => ({ cluster: 'production', cache: 'refresh' }), { remark: true, saved: false }],
    [
      'under a name, with an empty input',
      () => ({ cluster: 'production', kubeconfig: '' }),
      { remark: true, saved: false },
    ],
    [
      'under a name, with a blank input',
      () => ({ cluster: 'production', kubeconfig: ' \n' }),
      { remark: true, saved: false },
    ],
    ['under a name, without a cache', () => ({ cluster: 'production', cache: 'off' }), { remark: true, saved: false }],
    [
      'under a name, with a context',
      () => ({ cluster: 'production', context: contextOf() }),
      { remark: false, saved: true },
    ],
    [
      'under a name, with the server that is expected',
      () => ({ cluster: 'production', 'expect-server': '127.0.0.1' }),
      { remark: false, saved: true },
    ],
    [
      'under a name, with the kubeconfig as an input',
      () => ({ cluster: 'production', kubeconfig: server.kubeconfig() }),
      { remark: false, saved: true },
    ],
    ['without a name', () => ({}), { remark: false, saved: true }],
  ])('%s', async (_rule, inputs, { remark, saved }) => {
    const ended = await run(inputs());
    expect(ended.outcome).toBe('compatible');
    expect(ended.remarks.includes('no input says which cluster is meant')).toBe(remark);
    expect(ended.saved.size > 0).toBe(saved);
    expect(ended.world.lines.filter((line) => line.startsWith('Judging '))).toHaveLength(1);
  });

  test('does not read what another server has saved under that name', async () => {
    const other = await startReplayServer({ recording: wholeRecording(readRecording('1.28')) });
    const { saved } = await run({ cluster: 'production', kubeconfig: other.kubeconfig() });
    await other.stop();
    expect(saved.size).toBe(1);
    expect((await run({ cluster: 'production' }, saved)).cluster?.cache).toBe('miss');
  });
});

describe('cache: only', () => {
  const seeded = async () => (await run({ cluster: 'production', kubeconfig: server.kubeconfig() })).saved;
  const elsewhere = (kubeconfig: string) => kubeconfig.replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:9');

  test.each<[string, () => Readonly<Record<string, string>>, string]>([
    ['with a name alone is a hit', () => ({}), 'compatible'],
    ['with the kubeconfig of that server is a hit', () => ({ kubeconfig: server.kubeconfig() }), 'compatible'],
    ['with a context of that server is a hit', () => ({ context: contextOf() }), 'compatible'],
    ['with a kubeconfig that this job does not have is a hit', () => ({ kubeconfig: 'not/there' }), 'compatible'],
    [
      'with the kubeconfig of another server is not',
      () => ({ kubeconfig: elsewhere(server.kubeconfig()) }),
      'undetermined',
    ],
    ['with another server is not', () => ({ server: 'https://127.0.0.1:9' }), 'undetermined'],
    ['with a proxy on the way is not', () => ({ kubeconfig: behindProxy(server.kubeconfig()) }), 'undetermined'],
    [
      'with another server than is expected is not',
      () => ({ kubeconfig: server.kubeconfig(), 'expect-server': 'other' }),
      'invalid-input',
    ],
  ])('%s', async (_rule, inputs, outcome) => {
    const { saved } = { saved: await seeded() };
    const before = server.requests.length;
    expect((await run({ cluster: 'production', cache: 'only', ...inputs() }, saved)).outcome).toBe(outcome);
    expect(server.requests.length).toBe(before);
  });

  function behindProxy(kubeconfig: string): string {
    const config = JSON.parse(kubeconfig);
    config.clusters[0].cluster['proxy-url'] = 'http://127.0.0.1:9';
    return JSON.stringify(config);
  }
});

describe('what holds a secret', () => {
  const snapshot = (name: string): Snapshot => ({
    takenAt: 1,
    groups: [
      {
        name: 'example.com',
        versions: [
          {
            version: 'v1',
            resources: [{ name, kind: 'Widget', namespaced: true, verbs: ['get'], subresources: [] } as never],
          },
        ],
      },
    ],
    gaps: [],
    validators: {},
  });
  test.each([
    ['a short password as a name', 'hunter2', 'hunter2', true],
    ['a short password in a name', 'hunter2', 'my-hunter2s', true],
    ['a token', 'a-token-of-some-length', 'a-token-of-some-length', true],
    ['another name', 'hunter2', 'widgets', false],
    ['a password too short to be told from a word', 'get', 'widgets', false],
  ])('%s', (_rule, secret, name, holds) => {
    const { mask, redact } = openRedaction(() => undefined);
    mask(secret);
    expect(holdsSecret(snapshot(name), { mask, redact, idToken: async () => '' })).toBe(holds);
  });
});
