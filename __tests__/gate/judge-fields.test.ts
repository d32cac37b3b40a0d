import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { runGate } from '../../src/gate/gate.ts';
import { formatPlace } from '../../src/model/place.ts';
import { withSchemas } from '../helpers/openapi-recording.ts';
import { type Recording, readRecording } from '../helpers/recording.ts';
import { type ReplayServer, startReplayServer } from '../helpers/replay-server.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { wholeRecording } from '../helpers/whole-recording.ts';
import { createWorld, inputsOf, memoryStore } from '../helpers/world.ts';

const bare = wholeRecording(readRecording('1.37'));
const whole = withSchemas(bare);
const servers: ReplayServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

const SERVICE = 'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selctor: {app: web}}\n';
const SECRET =
  'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {password: hunter2-canary!}\nstringData: {n1: 12345678}\n';

/** One job with these files. */
async function run(
  recording: Recording,
  files: Readonly<Record<string, string>>,
  inputs: Readonly<Record<string, string>> = {},
  saved = new Map<string, Uint8Array>(),
) {
  // Jobs that share a cache ask the same server.
  const server = (saved.size === 0 ? undefined : servers.at(-1)) ?? (await startReplayServer({ recording }));
  if (!servers.includes(server)) servers.push(server);
  const before = server.requests.length;
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const world = createWorld({ workingDirectory: folder, store: memoryStore(saved) });
  const given = { kubeconfig: server.kubeconfig(), manifests: 'deploy', cluster: 'prod', cache: 'off', ...inputs };
  const outcome = await runGate(inputsOf(given), world);
  const cluster = world.verdicts[0]?.clusters[0];
  return {
    outcome,
    cluster,
    fields: (cluster?.findings ?? []).flatMap(({ field, requirement, fails }) =>
      field === undefined
        ? []
        : [`${formatPlace(requirement.place)} ${field.rule} ${field.path}${fails ? ' fails' : ''}`],
    ),
    warnings: [...(cluster?.warnings ?? [])]
      .map(({ message }) => message)
      .filter((message) => !message.includes('metrics')),
    asked: server.requests
      .slice(before)
      .map(({ path }) => path.split('?')[0] ?? '')
      .filter((path) => path.startsWith('/openapi')),
    everything: JSON.stringify([world.verdicts, world.lines]),
  };
}

describe('fields', () => {
  test.each([
    ['warn', 'compatible', ['deploy/a.yaml:4:8 field-unknown spec.selctor']],
    ['fail', 'incompatible', ['deploy/a.yaml:4:8 field-unknown spec.selctor fails']],
    ['off', 'compatible', []],
  ])('%s: the outcome is %s', async (fields, outcome, expected) => {
    const job = await run(whole, { 'deploy/a.yaml': SERVICE }, { fields });
    expect([job.outcome, job.fields]).toEqual([outcome, expected]);
  });

  test('off asks nothing, and what is not needed is not asked for', async () => {
    const off = await run(whole, { 'deploy/a.yaml': SERVICE }, { fields: 'off' });
    const warn = await run(whole, { 'deploy/a.yaml': SERVICE });
    expect([off.asked, warn.asked]).toEqual([[], ['/openapi/v3', '/openapi/v3/api/v1']]);
  });

  test('fail-on: none only reports', async () => {
    const job = await run(whole, { 'deploy/a.yaml': SERVICE }, { fields: 'fail', 'fail-on': 'none' });
    expect([job.outcome, job.fields]).toEqual(['compatible', ['deploy/a.yaml:4:8 field-unknown spec.selctor']]);
  });

  test('no value of a Secret is told', async () => {
    const job = await run(whole, { 'deploy/a.yaml': SECRET }, { fields: 'fail' });
    expect(job.fields).toEqual([
      'deploy/a.yaml:4:18 field-value data.password fails',
      'deploy/a.yaml:5:18 field-type stringData.n1 fails',
    ]);
    expect(job.everything).not.toMatch(/hunter2|12345678/);
  });
});

describe('a server that does not tell its schemas', () => {
  test('is a remark by warn', async () => {
    const job = await run(bare, { 'deploy/a.yaml': SERVICE });
    expect(job.outcome).toBe('compatible');
    expect(job.warnings).toEqual([
      expect.stringMatching(/^The fields of v1 were not judged on prod: GET \/openapi\/v3 answered 404/),
    ]);
  });

  test('leaves the job undetermined by fail, once for a group-version', async () => {
    const job = await run(bare, { 'deploy/a.yaml': SERVICE, 'deploy/b.yaml': SECRET }, { fields: 'fail' });
    expect([job.outcome, job.fields]).toEqual(['undetermined', ['deploy/a.yaml:1:1 field-unjudged  fails']]);
  });
});

describe('the change itself', () => {
  const CRD = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.a.example}
spec:
  group: a.example
  scope: Namespaced
  names: {kind: Thing, plural: things}
  versions:
  - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {size: {type: integer}}}}}}}
`;
  const THING = 'apiVersion: a.example/v1\nkind: Thing\nmetadata: {name: t}\nspec: {sise: 1}\n';

  test('its own definition is what its objects are held to, and is named', async () => {
    const job = await run(whole, { 'deploy/crd.yaml': CRD, 'deploy/t.yaml': THING }, { fields: 'fail' });
    const explanation = job.cluster?.findings.find(({ field }) => field?.path === 'spec.sise')?.explanation;
    expect(job.fields).toContain('deploy/t.yaml:4:8 field-unknown spec.sise fails');
    expect(explanation).toBe(
      'spec.sise is unknown to the CustomResourceDefinition that this change brings, at deploy/crd.yaml:9:6.',
    );
  });

  test('patches and templates are not judged, and each kind is told once', async () => {
    const job = await run(whole, {
      'deploy/patch.yaml': SERVICE,
      'deploy/other.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {$patch: delete, x: 1}\n',
      'deploy/template.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\nimmutable: "${FLAG}"\n',
      'kustomization.yaml': 'patches: [{path: deploy/patch.yaml}]\n',
    });
    expect([job.fields, job.warnings]).toEqual([
      [],
      [
        'This is a patch, not a whole object: the fields were not judged.',
        'A value is filled in by a later step, as ${NAME} or {{ name }}, so not judged: render the manifests first.',
      ],
    ]);
  });
});

describe('the cache', () => {
  test('what one job saved is enough for one that may not ask', async () => {
    const saved = new Map<string, Uint8Array>();
    await run(whole, { 'deploy/a.yaml': SERVICE }, { cache: 'auto' }, saved);
    const only = await run(whole, { 'deploy/a.yaml': SERVICE }, { cache: 'only', fields: 'fail' }, saved);
    expect([only.outcome, only.fields, only.asked]).toEqual([
      'incompatible',
      ['deploy/a.yaml:4:8 field-unknown spec.selctor fails'],
      [],
    ]);
  });

  test('a refresh saves all that the cluster publishes, so that a change of any kind can be judged', async () => {
    const saved = new Map<string, Uint8Array>();
    await run(whole, {}, { cache: 'refresh', manifests: '', require: 'v1' }, saved);
    const files = { 'deploy/a.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {x: 1}\n' };
    const only = await run(whole, files, { cache: 'only' }, saved);
    expect(only.fields).toEqual(['deploy/a.yaml:4:8 field-unknown spec.x']);
  });

  test('what it does not hold is unknown', async () => {
    const saved = new Map<string, Uint8Array>();
    await run(whole, { 'deploy/a.yaml': SERVICE }, { cache: 'auto' }, saved);
    const files = { 'deploy/a.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {x: 1}\n' };
    const only = await run(whole, files, { cache: 'only' }, saved);
    expect(only.warnings).toEqual([
      'The fields of apps/v1 were not judged on prod: the cache holds no schemas of apps/v1, and `cache: only` forbids asking the cluster.',
    ]);
  });

  test('a hit asks nothing; one by which the job fails asks for the index, and no more where the hash is the same', async () => {
    const saved = new Map<string, Uint8Array>();
    await run(whole, { 'deploy/a.yaml': SERVICE }, { cache: 'auto' }, saved);
    const warn = await run(whole, { 'deploy/a.yaml': SERVICE }, { cache: 'auto' }, saved);
    const fail = await run(whole, { 'deploy/a.yaml': SERVICE }, { cache: 'auto', fields: 'fail' }, saved);
    expect([warn.asked, fail.asked, fail.outcome]).toEqual([[], ['/openapi/v3'], 'incompatible']);
  });
});

test('acceptances name a field, and hold for no other', async () => {
  const exempt = (field: string) => ({
    'deploy/a.yaml': SERVICE,
    'exempt.yaml': `- requirement: v1/Service\n  reason: known\n${field === '' ? '' : `  field: ${field}\n`}`,
  });
  const outcomes = await Promise.all(
    ['spec.selctor', 'spec.sel*', 'spec.other', ''].map(
      async (field) => (await run(whole, exempt(field), { fields: 'fail', exemptions: 'exempt.yaml' })).outcome,
    ),
  );
  expect(outcomes).toEqual(['compatible', 'compatible', 'incompatible', 'incompatible']);
});
