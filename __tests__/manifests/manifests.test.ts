import { chmodSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type ManifestReading, readManifests } from '../../src/manifests/manifests.ts';
import { formatPlace } from '../../src/model/place.ts';
import { apisOf } from '../helpers/readings.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const DEPLOYMENT = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  namespace: shop\n';
const read = (
  folder: string,
  patterns: readonly string[],
  allowUnparsable: readonly string[] = [],
): Promise<ManifestReading> =>
  readManifests({ patterns, allowUnparsable, workingDirectory: folder, repositoryRoot: folder });
const readText = (text: string | Buffer, name = 'a.yaml'): Promise<ManifestReading> => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, name), text);
  return read(folder, [name]);
};

test('an object becomes a requirement at its apiVersion', async () => {
  const reading = await readText(`# comment\n${DEPLOYMENT}`);
  expect(reading).toEqual({
    requirements: [
      {
        text: 'apps/v1/Deployment',
        anyOf: [{ kind: 'kind', groupVersion: { group: 'apps', version: 'v1' }, name: 'Deployment', verbs: [] }],
        negated: false,
        place: { kind: 'file', file: 'a.yaml', line: 2, column: 1 },
        object: { name: 'web', namespace: 'shop' },
      },
    ],
    definitions: [],
    problems: [],
    warnings: [],
    notJudged: {},
    files: 1,
    sources: [{ path: expect.stringMatching(/a\.yaml$/), file: 'a.yaml', content: undefined }],
    objects: 1,
  });
});

test.each([
  {
    rule: 'documents',
    text: 'apiVersion: v1\nkind: Pod\n---\n# x\nkind: Service\napiVersion: v1\n',
    found: ['v1/Pod a.yaml:1:1', 'v1/Service a.yaml:6:1'],
  },
  {
    rule: 'items of lists',
    text: 'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n- kind: Service\n  apiVersion: v1',
    found: ['v1/Pod a.yaml:4:3', 'v1/Service a.yaml:7:3'],
  },
  { rule: 'JSON', text: '{\n  "kind": "Pod", "apiVersion": "v1"\n}', found: ['v1/Pod a.yaml:2:18'] },
  { rule: 'lines that end as on Windows', text: 'kind: Pod\r\napiVersion: v1\r\n', found: ['v1/Pod a.yaml:2:1'] },
  { rule: 'a byte order mark', text: '\uFEFFapiVersion: v1\nkind: Pod', found: ['v1/Pod a.yaml:1:1'] },
  {
    rule: 'UTF-16',
    text: Buffer.from('\uFEFF# é\nkind: Pod\napiVersion: v1', 'utf16le'),
    found: ['v1/Pod a.yaml:3:1'],
  },
  { rule: 'anchors and merges', text: 'x: &x {kind: Pod}\n<<: *x\napiVersion: v1', found: ['v1/Pod a.yaml:3:1'] },
  { rule: 'merges without anchors', text: '<<: [{kind: Pod}]\napiVersion: v1', found: ['v1/Pod a.yaml:2:1'] },
  { rule: 'flow style', text: '\n{apiVersion: v1, kind: Pod}', found: ['v1/Pod a.yaml:2:2'] },
])('places: $rule', async ({ text, found }) => {
  const { requirements, problems } = await readText(text);
  expect(problems).toEqual([]);
  expect(requirements.map((each) => `${each.text} ${formatPlace(each.place)}`)).toEqual(found);
});

test('what helm template prints names the chart’s template', async () => {
  const text = `---\n# Source: web/templates/app.yaml\n${DEPLOYMENT}---\n# Source: web/charts/db/templates/x.yaml\napiVersion: v1\nkind: Service\n---\napiVersion: v1\nkind: Secret\n`;
  const { requirements } = await readText(text);
  expect(requirements.map(({ place }) => place.kind === 'file' && place.template)).toEqual([
    'web/templates/app.yaml',
    'web/charts/db/templates/x.yaml',
    undefined,
  ]);
});

test.each<{ rule: string; text: string | Buffer; problem: string; hint?: RegExp }>([
  {
    rule: 'broken YAML',
    text: 'a: b\n  c: d\n',
    problem: "a.yaml:2:4: kubectl cannot read this: a mapping's ':' cannot stand here.",
  },
  {
    rule: 'tabs',
    text: 'spec:\n\ta: b',
    problem: 'a.yaml:2:1: kubectl cannot read this: a tab is used as indentation; YAML indents with spaces only.',
  },
  {
    rule: 'no kind',
    text: 'apiVersion: v1\n',
    problem: 'a.yaml:1:1: This document has no kind, so it is not a manifest.',
    hint: /allow-unparsable/,
  },
  {
    rule: 'binary',
    text: Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1]),
    problem: 'a.yaml:1:1: kubectl cannot read this: YAML forbids this control character.',
  },
  {
    rule: 'a template that was not rendered, outside of a chart',
    text: '{{- if .Values.x }}\nkind: {{ .Values.kind }}\n{{- end }}\n---\na: {{ b }}',
    problem: 'a.yaml:1:1: This is a Go template that was not rendered, so it cannot be judged.',
    hint: /the tool that it is written for.*`!a\.yaml`/,
  },
  {
    rule: 'a template in quotes',
    text: 'kind: Pod\napiVersion: "{{ .Values.version }}"',
    problem: 'a.yaml:2:13: This is a template that was not rendered: its apiVersion is {{ .Values.version }}.',
    hint: /the tool that it is written for.*`!a\.yaml`/,
  },
  {
    rule: 'a template with variables',
    text: `kind: Pod\napiVersion: \${VERSION}`,
    problem: `a.yaml:2:13: This is a template that was not rendered: its apiVersion is \${VERSION}.`,
    hint: /envsubst < a.yaml > rendered.yaml/,
  },
  {
    rule: 'a bomb of aliases',
    text: `a: &a [${'x,'.repeat(50)}]\nb: &b [${'*a,'.repeat(50)}]\nc: &c [${'*b,'.repeat(50)}]\nd: [${'*c,'.repeat(50)}]`,
    problem: 'a.yaml:3:17: kubectl cannot read this: aliases expand this document out of proportion.',
  },
])('a problem at its line: $rule', async ({ text, problem, hint = /^/ }) => {
  const { problems, requirements } = await readText(text);
  expect(problems.map(({ place, message }) => `${formatPlace(place)}: ${message}`)).toEqual([problem]);
  expect(problems[0]?.hint ?? '').toMatch(hint);
  expect(requirements).toEqual([]);
});

test('a template of a chart names the command that renders that chart', async () => {
  const folder = temporaryFolder({
    'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\n',
    'charts/web/values.yaml': 'a: b\n',
    'charts/web/templates/app.yaml': 'kind: {{ .Values.kind }}\n',
  });
  const { problems, notJudged } = await read(folder, ['charts']);
  expect(problems).toHaveLength(1);
  expect(problems[0]?.hint).toContain('`helm template charts/web > rendered.yaml`');
  expect(problems[0]?.hint).toContain('`!charts/web/templates/**`');
  expect(notJudged).toEqual({ 'Helm Chart.yaml': 1, 'Helm values': 1 });
});

test('one broken document costs itself only', async () => {
  const { requirements, problems } = await readText(`${DEPLOYMENT}---\na: [\n---\napiVersion: v1\nkind: Pod\n`);
  expect(requirements.map(({ text }) => text)).toEqual(['apps/v1/Deployment', 'v1/Pod']);
  expect(problems.map(({ place }) => formatPlace(place))).toEqual(['a.yaml:8:1']);
});

test.each([
  { rule: 'after the end of a document', text: `${DEPLOYMENT}...\n# next\n${DEPLOYMENT}`, at: 'a.yaml:8:1' },
  {
    rule: 'where lines end with CR alone',
    text: `${DEPLOYMENT}---\n${DEPLOYMENT}`.replaceAll('\n', '\r'),
    at: 'a.yaml:1:82',
  },
])('an object that kubectl silently ignores is a problem: $rule', async ({ text, at }) => {
  const { requirements, problems } = await readText(text);
  expect(requirements).toHaveLength(1);
  expect(problems).toEqual([
    {
      place: expect.objectContaining({ kind: 'file' }),
      message: expect.stringMatching(/^kubectl silently ignores everything/),
      hint: expect.stringContaining('---'),
    },
  ]);
  expect(problems.map(({ place }) => formatPlace(place))).toEqual([at]);
});

test('a definition that the API server refuses is a warning at its name', async () => {
  const { definitions, warnings } = await readText(
    'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: widget.example.com\nspec:\n  group: example.com\n  names: {kind: Widget, plural: widgets}\n  versions: [{name: v1, served: true}]\n',
  );
  expect(definitions.flatMap(apisOf)).toEqual([]);
  expect(definitions.map(({ fault }) => fault && formatPlace(fault.place))).toEqual(['a.yaml:4:3']);
  expect(warnings.map(({ place }) => place && formatPlace(place))).toEqual(['a.yaml:4:3']);
});

test('in files that may be unparsable, problems are warnings', async () => {
  const folder = temporaryFolder({ 'a.yaml': 'a: [', 'old/b.yaml': 'a: [', 'old/c.yaml': DEPLOYMENT });
  const { problems, warnings, requirements } = await read(folder, ['**/*.yaml'], ['old/**']);
  expect(problems.map(({ place }) => formatPlace(place))).toEqual(['a.yaml:1:5']);
  expect(warnings.map(({ place }) => place && formatPlace(place))).toEqual(['old/b.yaml:1:5']);
  expect(requirements).toHaveLength(1);
});

test('files that cannot be read are problems, and the rest is read', async () => {
  const folder = temporaryFolder({ 'a.yaml': DEPLOYMENT, 'secret.yaml': DEPLOYMENT });
  symlinkSync('nowhere', join(folder, 'broken.yaml'));
  chmodSync(join(folder, 'secret.yaml'), 0);
  const { problems, requirements } = await read(folder, ['*.yaml']);
  const asRoot = process.getuid?.() === 0;
  expect(problems.map(({ place, message }) => `${formatPlace(place)} ${message.slice(0, 23)}`)).toEqual([
    'broken.yaml:1 The file cannot be read',
    ...(asRoot ? [] : ['secret.yaml:1 The file cannot be read']),
  ]);
  expect(requirements).toHaveLength(asRoot ? 2 : 1);
});

test('what kubectl takes is taken, with a warning at its line where it is odd', async () => {
  const { requirements, problems, warnings } = await readText(
    Buffer.from(`${DEPLOYMENT}kind: StatefulSet\n# caf\xe9\n`, 'latin1'),
  );
  expect(problems).toEqual([]);
  expect(requirements.map(({ text }) => text)).toEqual(['apps/v1/StatefulSet']);
  expect(warnings).toEqual([
    {
      message: 'Not valid UTF-8. kubectl replaces these bytes with U+FFFD.',
      place: { kind: 'file', file: 'a.yaml', line: 7, column: 6 },
    },
    {
      message: 'Duplicate key; kubectl uses the last value.',
      place: { kind: 'file', file: 'a.yaml', line: 6, column: 1 },
    },
  ]);
});

test('definitions among the manifests say what they provide, and where', async () => {
  const { definitions } = await readText(
    'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: widgets.example.com\nspec:\n  group: example.com\n  scope: Cluster\n  names: {kind: Widget, plural: widgets}\n  versions:\n  - name: v1\n    served: true\n    storage: true\n    schema: {openAPIV3Schema: {type: object}}\n',
  );
  expect(definitions).toMatchObject([
    {
      group: 'example.com',
      names: { kind: 'Widget', plural: 'widgets', singular: 'widget', listKind: 'WidgetList' },
      namespaced: false,
      versions: [{ name: 'v1', served: true, place: { kind: 'file', file: 'a.yaml', line: 10, column: 5 } }],
      place: { kind: 'file', file: 'a.yaml', line: 1, column: 1 },
    },
  ]);
});

test('an abort is noticed', async () => {
  const folder = temporaryFolder({ 'a.yaml': DEPLOYMENT });
  const reading = readManifests({
    patterns: ['*'],
    allowUnparsable: [],
    workingDirectory: folder,
    repositoryRoot: folder,
    signal: AbortSignal.abort(new Error('enough')),
  });
  await expect(reading).rejects.toThrow('enough');
});

test('a list of 50 MB is read', async () => {
  const item = `- apiVersion: v1\n  kind: ConfigMap\n  data:\n    a: ${'x'.repeat(5_000)}\n`;
  const { requirements, problems } = await readText(`apiVersion: v1\nkind: List\nitems:\n${item.repeat(10_000)}`);
  expect(problems).toEqual([]);
  expect(requirements).toHaveLength(10_000);
  expect(requirements.at(-1)?.place).toMatchObject({ line: 4 + 9_999 * 4, column: 3 });
});

const list = (item: string, number: number): string =>
  `{"apiVersion":"v1","kind":"List","items":[${new Array(number).fill(item).join()}]}`;

test.each([
  ['a file of 600 MB', 600 * 1024 * 1024, '', ['a.yaml:1: The file cannot be read: it is larger than 256 MiB.']],
  [
    'a list of a million empty objects',
    0,
    list('{}', 1_000_000),
    ['a.yaml:1:1: This file is not read to its end: a list has more than 500000 items.'],
  ],
  [
    'a list of a million nothings in YAML',
    0,
    `apiVersion: v1\nkind: List\nitems:\n${'-\n'.repeat(1_000_000)}`,
    ['a.yaml:1:1: This file is not read to its end: a list has more than 500000 items.'],
  ],
  [
    'the same in a style that takes the general reader',
    0,
    `apiVersion: v1\nkind: List\nitems: [${'~,'.repeat(1_000_000)}]\n`,
    ['a.yaml:1:1: This file is not read to its end: a list has more than 500000 items.'],
  ],
  [
    'an object of a million labels',
    0,
    `apiVersion: v1\nkind: Pod\nmetadata:\n  labels:\n${Array.from({ length: 1_000_000 }, (_, n) => `    l${n}: x\n`).join('')}`,
    ['a.yaml:1:1: This file is not read to its end: a mapping has more than 500000 fields.'],
  ],
  ['a file with 200 faults', 0, '---\n[]\n'.repeat(200), ['a.yaml:1: This file has 100 more faults.']],
  [
    'a file of faults only',
    0,
    '---\n[]\n'.repeat(200_000),
    ['a.yaml:1: This file has more than 10000 faults, and is not read to its end.'],
  ],
])('what is out of all proportion costs itself only: %s', async (_, size, text, expected) => {
  const folder = temporaryFolder({ 'a.yaml': text, 'b.yaml': DEPLOYMENT });
  if (size > 0) truncateSync(join(folder, 'a.yaml'), size);
  const { requirements, problems } = await read(folder, ['*.yaml']);
  expect(requirements.map((requirement) => requirement.text)).toEqual(['apps/v1/Deployment']);
  expect(problems.map(({ place, message }) => `${formatPlace(place)}: ${message}`).slice(-1)).toEqual(expected);
  expect(problems.length).toBeLessThanOrEqual(101);
});

test.each([
  ['as many as are read', 3, 6, []],
  [
    'one more, and no file after it',
    2,
    6,
    ['c.yaml:1: The manifests hold more than 5 objects; from this file on they are not read.'],
  ],
  [
    'far more in one file',
    1,
    100,
    ['b.yaml:1: The manifests hold more than 5 objects; from this file on they are not read.'],
  ],
])('there is an end to objects: %s', async (_, files, objects, expected) => {
  const each = DEPLOYMENT.replace(/^/, '---\n').repeat(objects / files);
  const folder = temporaryFolder({ 'a.yaml': each, 'b.yaml': each, 'c.yaml': each });
  const mostObjects = expected.length === 0 ? 6 : 5;
  const patterns = ['*.yaml'];
  const options = { patterns, allowUnparsable: [], workingDirectory: folder, repositoryRoot: folder, mostObjects };
  const { requirements, problems } = await readManifests(options);
  expect(problems.map(({ place, message }) => `${formatPlace(place)}: ${message}`)).toEqual(expected);
  expect(requirements).toHaveLength(6);
});

test('a reading that takes too long ends with the reason of its signal, between two large files as well', async () => {
  const large = `# ${'x'.repeat(3 * 1024 * 1024)}\n${DEPLOYMENT}`;
  const folder = temporaryFolder({ 'a.yaml': large, 'b.yaml': large, 'c.yaml': large });
  const controller = new AbortController();
  const reading = readManifests({
    patterns: ['*.yaml'],
    allowUnparsable: [],
    workingDirectory: folder,
    repositoryRoot: folder,
    signal: controller.signal,
    onMatched: () => setImmediate(() => controller.abort(new Error('late'))),
  });
  await expect(reading).rejects.toThrow('late');
});

describe('a tree of kustomize', () => {
  const DIRECTIVE = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n$patch: delete\n';
  const FILES = {
    'base/kustomization.yaml': 'resources: [web.yaml]\nconfigurations: [names.yaml]\n',
    'base/web.yaml': DEPLOYMENT,
    'base/names.yaml': 'namePrefix:\n- path: metadata/name\n',
    'prod/kustomization.yaml': [
      'apiVersion: kustomize.config.k8s.io/v1beta1',
      'kind: Kustomization',
      'resources: [../base, extra.yaml]',
      'patches:',
      '- path: replicas.yaml',
      '- path: op.yaml',
      '  target: {kind: Deployment}',
      'generators: [secrets.yaml]',
      'configMapGenerator:',
      '- {name: a, files: [settings.yaml, web.yaml]}',
      '',
    ].join('\n'),
    'prod/replicas.yaml': 'apiVersion: nowhere.example.com/v1\nkind: Deployment\nmetadata: {name: web}\n',
    'prod/op.yaml': '- op: replace\n  path: /spec/replicas\n  value: 3\n',
    'prod/secrets.yaml': 'apiVersion: generators.example.com/v1\nkind: Sealer\n',
    'prod/settings.yaml': 'level: debug\n---\nnot: [yaml\n',
    'prod/web.yaml': 'apiVersion: v1\nkind: Pod\n',
    'prod/extra.yaml': 'apiVersion: v1\nkind: Service\n',
    'loose/op.json': '[{"op": "remove", "path": "/spec"}]',
    'loose/delete.yaml': DIRECTIVE,
  };

  test('only resources are judged; what else it is made of is counted, and the way out is said', async () => {
    const { requirements, notJudged, problems, warnings } = await read(temporaryFolder(FILES), ['**']);
    expect(problems).toEqual([]);
    expect(requirements.map(({ text, configuration }) => `${text}${configuration === undefined ? '' : '?'}`)).toEqual([
      'apps/v1/Deployment',
      'v1/Service',
      'kustomize.config.k8s.io/v1beta1/Kustomization?',
      'generators.example.com/v1/Sealer?',
      'v1/Pod',
    ]);
    expect(notJudged).toEqual({ Kustomization: 1, 'kustomize patch': 4, 'kustomize data': 3 });
    expect(warnings.map(({ message }) => message)).toEqual([
      '7 documents are patches or data of kustomize and not judged. To judge what kustomize makes of them, give the output of `kustomize build` to manifests.',
    ]);
  });

  test('a kustomization that cannot be read says nothing of the others', async () => {
    const broken = { ...FILES, 'prod/kustomization.yaml': 'patches: [\n' };
    const { requirements, problems } = await read(temporaryFolder(broken), ['**']);
    expect(requirements.map(({ text }) => text)).toContain('nowhere.example.com/v1/Deployment');
    expect(problems.map(({ place }) => formatPlace(place))).toContain('prod/kustomization.yaml:2:1');
  });
});

test.each([
  ['%YAML 1.2', /^Take out the line %YAML 1\.2: /],
  ['%YAML 1.1', /^Take out the line %YAML 1\.1: /],
  ['%TAG ! tag:example.com,2000:', /^Take out the line %TAG/],
])('a document that begins with a directive: %s', async (directive, hint) => {
  const { problems } = await readText(`${directive}\n---\n${DEPLOYMENT}`);
  expect(problems.length).toBeGreaterThan(0);
  expect(problems[0]?.hint).toMatch(hint);
});
