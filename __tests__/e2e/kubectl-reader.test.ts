/**
 * What this project reads of a file is what kubectl reads, also of files that are broken, odd, or both: real manifests, kubeconfigs and exec
 * credentials with random damage, and random texts of what means something to YAML, given to kubectl's own packages as well.
 */

import { isUtf8 } from 'node:buffer';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { enginePath } from '../../engines/paths.ts';
import { readExecCredential } from '../../src/cluster/credentials/exec-credential.ts';
import { decodeKubeconfig } from '../../src/cluster/kubeconfig/kubeconfig.ts';
import { parseKubeconfig } from '../../src/cluster/kubeconfig/text.ts';
import { OBJECT, readObject } from '../../src/manifests/objects.ts';
import { GateError } from '../../src/model/errors.ts';
import { formatGroupVersion } from '../../src/model/group-version.ts';
import { documentsOf } from '../../src/yaml/documents.ts';
import { decodeFile } from '../../src/yaml/file-text.ts';
import { type DocumentNode, dereference, fieldsOf } from '../../src/yaml/node.ts';
import { goModuleFolder } from '../helpers/go-modules.ts';
import { readingOf } from '../helpers/readings.ts';
import { scraps } from '../yaml/samples.ts';

interface KubectlReading {
  readonly objects: readonly { readonly apiVersion: string; readonly kind: string }[];
  readonly refused: readonly string[];
  /** Where kubectl stops reading the file. */
  readonly error?: string;
  /** Each document, as it is sent. */
  readonly values?: readonly unknown[];
  /** What was decoded of a kubeconfig or a credential. */
  readonly value?: unknown;
}

interface OwnReading {
  readonly objects: readonly string[];
  readonly refusals: readonly string[];
  readonly values: readonly unknown[];
  /** Refused on purpose, where kubectl asks the server for an API of that name. */
  readonly unrendered: boolean;
}

const RUNS = 20_000;
/** Other texts come with another one: `KUBE_API_GATE_SEED=$RANDOM npm run e2e`. */
const SEED = Number(process.env['KUBE_API_GATE_SEED'] ?? 20_260_131);

/** What kubectl's packages make of each text, in order. */
async function readWithKubectl(
  kind: 'manifest' | 'kubeconfig' | 'credential',
  texts: readonly Buffer[],
): Promise<readonly KubectlReading[]> {
  const child = spawn(enginePath('kubectl-reader'), { stdio: ['pipe', 'pipe', 'inherit'] });
  const readings: KubectlReading[] = [];
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => readings.push(JSON.parse(line, withSources)));
  for (const text of texts) {
    child.stdin.write(`${kind} ${text.length}\n`);
    if (!child.stdin.write(text)) await once(child.stdin, 'drain');
  }
  child.stdin.end();
  await once(lines, 'close');
  return readings;
}

/** Numbers by their text, told from strings. */
function withSources(_: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' ? { number: context?.source } : value;
}

function sentValue(node: DocumentNode): unknown {
  const value = dereference(node);
  switch (value.kind) {
    case 'mapping':
      return Object.fromEntries(fieldsOf(value).map((field) => [field.name, sentValue(field.value)]));
    case 'sequence':
      return value.items.map(sentValue);
    case 'string':
      return value.text;
    case 'boolean':
      return value.value;
    case 'number':
      return { number: value.text };
    case 'null':
      return null;
  }
}

function readOurselves(text: Buffer): OwnReading {
  const objects: string[] = [];
  const refusals: string[] = [];
  const values: unknown[] = [];
  let unrendered = false;
  const { bytes, repairedAt, promised } = decodeFile(text);
  if (repairedAt !== undefined && promised) refusals.push('no UTF-8');
  for (const document of documentsOf(bytes, OBJECT)) {
    if (document.kind === 'unreadable') {
      refusals.push(document.message);
      continue;
    }
    // kubectl passes over it without a word, so there is nothing to compare.
    if (document.kind === 'dropped') continue;
    values.push(sentValue(document.tree()));
    readObject(
      document.root,
      readingOf({
        need: ({ groupVersion, kinds, isList }) => {
          if (!isList) objects.push(`${formatGroupVersion(groupVersion)} ${kinds[0]}`);
        },
        refuse: (_, message) => refusals.push(message),
        leaveOut: (name) => objects.push(name),
        unrendered: () => {
          unrendered = true;
        },
      }),
    );
  }
  return { objects, refusals, values, unrendered };
}

/** How the two readings contradict each other; `undefined` where they do not. */
function contradiction(own: OwnReading, kubectl: KubectlReading): string | undefined {
  const sent = kubectl.values ?? [];
  if (kubectl.error === undefined && own.values.length === sent.length) {
    const different = sent.findIndex((value, index) => !isDeepStrictEqual(value, own.values[index]));
    if (different >= 0) return `another value: ${JSON.stringify(own.values[different])}`;
  }
  if (own.unrendered) return undefined;
  // An item of a list without a version, and a kind with a line break at its end, are refused later than by kubectl's reader.
  const isWhole = ({ apiVersion, kind }: { apiVersion: string; kind: string }): boolean =>
    kind !== '' && kind === kind.trim() && apiVersion !== '' && !apiVersion.endsWith('/');
  const objects = kubectl.objects.filter(isWhole).map(({ apiVersion, kind }) => `${apiVersion} ${kind}`);
  const refuses = kubectl.error !== undefined || kubectl.refused.length > 0 || objects.length < kubectl.objects.length;
  if (refuses !== own.refusals.length > 0) return refuses ? 'only kubectl refuses it' : 'only we refuse it';
  const lost = objects.filter((name) => !own.objects.includes(name));
  if (lost.length > 0) return `lost: ${lost.join()}`;
  const extra = own.objects.filter((name) => !objects.includes(name));
  // After an error kubectl reads nothing more of the file, and of a list with one bad item it takes none.
  return extra.length > 0 && !refuses ? `extra: ${extra.join()}` : undefined;
}

function manifests(): readonly string[] {
  const folder = goModuleFolder('kubectl', 'k8s.io/kubernetes');
  return ['test/fixtures', 'test/e2e/testing-manifests', 'hack/testdata', 'cluster/addons']
    .flatMap((name) => readdirSync(join(folder, name), { withFileTypes: true, recursive: true }))
    .filter((entry) => entry.isFile() && /\.(?:ya?ml|json)$/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)).toString('latin1'))
    .filter((text) => text.length < 20_000);
}

const BITS = [
  ...[
    '---\n',
    '--- \n',
    '---x\n',
    '...\n',
    '\n',
    ' ',
    '  ',
    '\t',
    '\r\n',
    '\r',
    ':',
    ': ',
    ' :',
    '- ',
    '-',
    '? ',
    '{',
    '}',
    '[',
    ']',
  ],
  ...[
    ',',
    '#',
    ' #',
    '&a ',
    '*a',
    '<<: ',
    '!!str ',
    '!!int ',
    '!x ',
    '!',
    '|',
    '>',
    '|-\n',
    '>2\n',
    '"',
    "'",
    '\\',
    '\\n',
    '\\x41',
  ],
  ...[
    '~',
    'null',
    '.inf',
    '.nan',
    'yes',
    '1',
    '0x1',
    '%YAML 1.1\n',
    '%TAG ! x:\n',
    '@',
    '`',
    '\u0085',
    '\u0001',
    '{{ x }}',
    'a: b\n',
  ],
  ...[
    '\u00e2\u0080\u00a8',
    '\u00ef\u00bb\u00bf',
    '\u00c3\u00a9',
    '  c: d\n',
    '- e\n',
    'kind: Pod\n',
    'apiVersion: v1\n',
    'items:\n',
  ],
  ...[
    'metadata:\n  name: x\n',
    'null: x\n',
    '&a {x: 1}\n',
    '<<: *a\n',
    '[]',
    '{}',
    '"a\n b"',
    "'a''b'",
    'labels: {a: 1}\n',
  ],
  ...['    a: |\n     b\n', '{"apiVersion":"v1","kind":"Pod"}', '{"kind": 1}', 'a: [b, c]\n', 'a: {b: c}\n'],
];

const place = fc.double({ min: 0, max: 1, noNaN: true });

/** Texts with up to four damages each, in which some of `bits` are put. */
function damaged(samples: readonly string[], bits: readonly string[]): fc.Arbitrary<Buffer> {
  const damage = fc.oneof(
    fc.record({ kind: fc.constant('insert'), place, bit: fc.constantFrom(...bits) }),
    fc.record({
      kind: fc.constantFrom('drop', 'drop-line', 'double-line', 'indent', 'unindent'),
      place,
      bit: fc.constant(''),
    }),
  );
  return fc
    .tuple(fc.constantFrom(...samples), fc.array(damage, { maxLength: 4 }))
    .map(([text, parts]) => parts.reduce((before, part) => applyDamage(before, part), text))
    .map((text) => Buffer.from(text, 'latin1'))
    .filter((text) => !startsWithTwoMarks(text));
}

/** After a second byte order mark, libyaml drops the first letter of each line. */
function startsWithTwoMarks(text: Buffer): boolean {
  return text.toString('utf8', 0, 6) === '\uFEFF\uFEFF';
}

test('this project reads what kubectl reads, and refuses what kubectl refuses', { timeout: 300_000 }, async () => {
  const samples = manifests();
  const glued = fc
    .tuple(
      fc.constantFrom('', 'apiVersion: v1\nkind: Pod\nspec:\n'),
      fc.array(fc.constantFrom(...BITS), { maxLength: 14 }),
    )
    .map(([start, parts]) => Buffer.from(start + parts.join(''), 'latin1'))
    .filter((text) => !startsWithTwoMarks(text));
  const texts = fc.sample(
    fc.oneof(
      damaged(samples, BITS),
      glued,
      scraps.map((text) => Buffer.from(text)),
    ),
    { numRuns: RUNS, seed: SEED },
  );
  const readings = await readWithKubectl('manifest', [...samples.map((text) => Buffer.from(text, 'latin1')), ...texts]);
  expect(readings).toHaveLength(samples.length + texts.length);

  const contradictions = [...samples.map((text) => Buffer.from(text, 'latin1')), ...texts].flatMap((text, index) => {
    const kubectl = readings[index];
    const how = kubectl === undefined ? 'no reading' : contradiction(readOurselves(text), kubectl);
    return how === undefined ? [] : [{ how, text: JSON.stringify(text.toString('latin1')), kubectl }];
  });
  console.log(`${samples.length} manifests and ${texts.length} damaged ones read as kubectl reads them`);
  expect(contradictions).toEqual([]);
});

/** Ways to write a kind, or a name of a field, as other text than it is. */
const DISGUISES = [
  ['!!binary a2luZA==: Nope'],
  ['!!binary "a2luZA==": Nope'],
  ['!!binary |\n  a2lu\n  ZA==\n: Nope'],
  ['? !!binary a2luZA==\n: Nope'],
  ['!<tag:yaml.org,2002:binary> a2luZA==: Nope'],
  ['!!str kind: Nope'],
  ['! kind: Nope'],
  ['!mine kind: Nope'],
  ['&k kind: Nope'],
  ['&k !!str kind: Nope'],
  ['x: &k kind\n*k : Nope'],
  ['? kind\n: Nope'],
  ['? "kind"\n: Nope'],
  ['? |-\n  kind\n: Nope'],
  ['? >-\n  kind\n: Nope'],
  ['"k\\x69nd": Nope'],
  ['"k\\\n  ind": Nope'],
  ["'kind': Nope"],
  ['{kind: Nope}'],
  ['<<: {kind: Nope}'],
  ['"<<": {kind: Nope}'],
  ["'<<': {kind: Nope}"],
  ['! "<<": {kind: Nope}'],
  ['!!merge <<: {kind: Nope}'],
  ['!!merge "<<": {kind: Nope}'],
  ['!!str <<: {kind: Nope}'],
  ['!!binary PDw=: {kind: Nope}'],
  ['!mine <<: {kind: Nope}'],
  ['x: &m <<\n*m : {kind: Nope}'],
  ['? <<\n: {kind: Nope}'],
  ['<<: [{kind: Nope}, {kind: Other}]'],
  ['x: &m {kind: Nope}\n<<: *m'],
  ['x: &m {<<: {kind: Nope}}\n<<: [*m]'],
  ['!!merge x: {kind: Nope}'],
  ['kind: !!binary Tm9wZQ=='],
  ['kind: !!binary "Tm9w\\\n  ZQ=="'],
  ['kind: !!binary Tm9wZQ'],
  ['kind: !!str Nope'],
  ['kind: !!str 12'],
  ['kind: ! 12'],
  ['kind: ! yes'],
  ['kind: ! "Nope"'],
  ['kind: !mine 12'],
  ['kind: !mine ~'],
  ['kind: !!str ~'],
  ['kind: !!null Nope'],
  ['kind: !!null ""'],
  ['kind: !!null'],
  ['kind: !!int 1'],
  ['kind: !!float 1'],
  ['kind: !!bool "yes"'],
  ['kind: !!bool Nope'],
  ['kind: !!timestamp 2001-12-14'],
  ['kind: !!timestamp 2001-02-30'],
  ['kind: !!timestamp 2001-12-14t21:59:43.10-05:00'],
  ['kind: !!timestamp 2001-12-14 21:59:43.10 -5'],
  ['kind: !!timestamp 2001-12-14 21:59:43'],
  ['kind: !!timestamp 2001-12-14T21:59:43'],
  ['kind: !!set Nope'],
  ['kind: !!map Nope'],
  ['kind: !!seq [Nope]'],
  ['kind: !!omap {a: b}'],
  ['kind: yes'],
  ['kind: &k Nope'],
  ['x: &k Nope\nkind: *k'],
  ['kind: |-\n  Nope'],
  ['kind: |\n  Nope'],
  ['kind: >-\n  Nope'],
  ['kind: 2001-12-14'],
  ['kind: "N\\u006fpe"'],
  ['Kind: Nope'],
  ['kind : Nope'],
  ['kind\t: Nope'],
  ['kind: Nope # comment'],
  ['kind: Nope #comment'],
  ['kind: Nope#text'],
].flatMap(([text = '']) => [text, `kind: Pod\n${text}`, `${text}\nkind: Pod`]);

test('text that means another thing than it shows is read as kubectl reads it', async () => {
  const texts = DISGUISES.flatMap((text) => [
    `apiVersion: v1\n${text}\n`,
    `apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  ${text.replaceAll('\n', '\n  ')}\n`,
  ]).map((text) => Buffer.from(text));
  const readings = await readWithKubectl('manifest', texts);
  const contradictions = texts.flatMap((text, index) => {
    const kubectl = readings[index];
    const how = kubectl === undefined ? 'no reading' : contradiction(readOurselves(text), kubectl);
    return how === undefined ? [] : [{ how, text: text.toString(), kubectl }];
  });
  const kinds = new Set(readings.flatMap(({ objects }) => objects.map(({ kind }) => kind)));
  expect(contradictions).toEqual([]);
  expect([...kinds]).toEqual(expect.arrayContaining(['Nope', 'Pod', '12', '~']));
});

const KUBECONFIGS = [
  `apiVersion: v1
kind: Config
preferences: {}
current-context: k
clusters:
- name: c
  cluster:
    server: https://a.example:6443
    certificate-authority-data: aGVsbG8=
    insecure-skip-tls-verify: false
    extensions:
    - name: client.authentication.k8s.io/exec
      extension: {audience: x, n: 1}
users:
- name: u
  user:
    token: sesame
    as-groups: [one, two]
    as-user-extra:
      k: [v]
contexts:
- context: {cluster: c, user: u, namespace: ns}
  name: k
`,
  `x: &user {username: ann, password: "hunter2"}
y: &cluster
  server: 'https://b.example'
  proxy-url: http://proxy:3128
users:
- {name: u, user: *user}
- name: plugin
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1
      command: aws
      args: ["eks", "get-token"]
      env:
      - {name: A, value: "1"}
      interactiveMode: Never
      provideClusterInfo: true
clusters:
  - cluster:
      <<: *cluster
      tls-server-name: b
    name: c
contexts: [{name: k, context: {cluster: c, user: u}}]
current-context: k
`,
  '{"apiVersion":"v1","kind":"Config","clusters":[{"name":"c","cluster":{"server":"https://c"}}],"users":[{"name":"u","user":{"token":"t","client-key-data":"aw=="}}],"contexts":[],"current-context":""}',
];

const KUBECONFIG_BITS = [
  ...BITS,
  'server: x\n',
  '    server: x\n',
  '    <<: *user\n',
  '<<: {server: z}, ',
  '!!binary c2VydmVy',
  'token: ',
  'name: yes',
  'name: u\n',
  '1_000',
  '"x\\/y"',
  'Kind: Pod\n',
  'kind: Config\n',
  'apiVersion: v2\n',
  'null',
  'true',
  '{}, ',
  '\u00ff',
];

/** What can be compared of a kubeconfig that was read, or that it was refused. */
function ownKubeconfig(text: Buffer): unknown {
  const place = { kind: 'file', file: 'config', line: 1 } as const;
  try {
    const { clusters, users, contexts, currentContext } = decodeKubeconfig(
      parseKubeconfig(text, place),
      { place, folder: '/' },
      (path) => path,
    );
    return summary({
      'current-context': currentContext,
      clusters: Object.fromEntries(
        [...clusters].map(([name, cluster]) => [
          name,
          {
            server: cluster.server,
            'proxy-url': cluster.proxyUrl,
            'tls-server-name': cluster.tlsServerName,
            'insecure-skip-tls-verify': cluster.insecureSkipTlsVerify,
            'certificate-authority': cluster.certificateAuthority,
          },
        ]),
      ),
      users: Object.fromEntries(
        [...users].map(([name, user]) => [
          name,
          { token: user.token, username: user.username, password: user.password, as: user.impersonate.user },
        ]),
      ),
      contexts: Object.fromEntries([...contexts].map(([name, { cluster, user }]) => [name, { cluster, user }])),
    });
  } catch (thrown) {
    if (!(thrown instanceof GateError)) throw thrown;
    return `refused: ${thrown.message}`;
  }
}

const COMPARED: Readonly<Record<string, readonly string[]>> = {
  clusters: ['server', 'proxy-url', 'tls-server-name', 'insecure-skip-tls-verify', 'certificate-authority'],
  users: ['token', 'username', 'password', 'as'],
  contexts: ['cluster', 'user'],
};

/** The fields that are compared, less those that say nothing. */
function summary(config: unknown): unknown {
  const said = (value: unknown): boolean => value !== undefined && value !== '' && value !== false;
  return {
    'current-context': Object(config)['current-context'] ?? '',
    ...Object.fromEntries(
      Object.entries(COMPARED).map(([list, fields]) => [
        list,
        Object.fromEntries(
          Object.entries<object>(Object(config)[list] ?? {}).map(([name, entry]) => [
            name,
            Object.fromEntries(Object.entries(entry).filter(([field, value]) => fields.includes(field) && said(value))),
          ]),
        ),
      ]),
    ),
  };
}

test('a kubeconfig is read, or refused, as kubectl does', { timeout: 300_000 }, async () => {
  const texts = fc.sample(damaged(KUBECONFIGS, KUBECONFIG_BITS), { numRuns: RUNS, seed: SEED });
  const readings = await readWithKubectl('kubeconfig', texts);
  const contradictions = texts.flatMap((text, index) => {
    const own = ownKubeconfig(text);
    const kubectl = readings[index];
    const isSame =
      typeof own === 'string' ? kubectl?.error !== undefined : isDeepStrictEqual(own, summary(kubectl?.value));
    // A document that is an empty collection with text after it on its line, and bytes that are not UTF-8 far behind the first document:
    // kubectl ignores both, we refuse them.
    const isIgnored =
      typeof own === 'string' &&
      (/not valid UTF-8|control character/.test(own) ||
        /^[ \t]*(?:\{\}|\[\])[ \t]*[^ \t\n]/m.test(text.toString('utf8')));
    return isIgnored || (isSame && (typeof own === 'string' || kubectl?.error === undefined))
      ? []
      : [{ text: JSON.stringify(text.toString('latin1')), own, kubectl: kubectl?.error ?? summary(kubectl?.value) }];
  });
  const refused = readings.filter(({ error }) => error !== undefined).length;
  console.log(`${texts.length} kubeconfigs, of which kubectl refuses ${refused}, read as kubectl reads them`);
  expect(contradictions).toEqual([]);
});

const CREDENTIALS = [
  '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"t","expirationTimestamp":"2026-01-31T12:00:00Z"}}',
  '{\n  "apiVersion": "client.authentication.k8s.io/v1",\n  "kind": "ExecCredential",\n  "spec": {"interactive": false},\n  "status": {\n    "token": "x\\/y"\n  }\n}\n',
  'apiVersion: client.authentication.k8s.io/v1\nkind: ExecCredential\nstatus:\n  token: "t"\n',
];

const noMask = { token: () => {}, key: () => {} };

test('what a plugin prints is read, or refused, as kubectl does', { timeout: 300_000 }, async () => {
  // What a plugin prints is text by the time it is read.
  const texts = fc.sample(damaged(CREDENTIALS, KUBECONFIG_BITS).filter(isUtf8), { numRuns: RUNS / 4, seed: SEED });
  const readings = await readWithKubectl('credential', texts);
  const contradictions = texts.flatMap((text, index) => {
    const own = readExecCredential(text.toString('utf8'), 'client.authentication.k8s.io/v1', noMask);
    const value = Object(readings[index]?.value);
    const status = Object(value.status);
    const isPair = (status.ClientCertificateData ?? '') !== '' && (status.ClientKeyData ?? '') !== '';
    const token = value.apiVersion === 'client.authentication.k8s.io/v1' ? (status.Token ?? '') : '';
    const theirs = readings[index]?.error !== undefined || (token === '' && !isPair) ? 'refused' : `Bearer ${token}`;
    const ours = own.kind === 'bad' ? 'refused' : (own.credential.authorization ?? '');
    return ours === theirs ? [] : [{ text: JSON.stringify(text.toString('latin1')), own, kubectl: readings[index] }];
  });
  console.log(`${texts.length} exec credentials read as kubectl reads them`);
  expect(contradictions).toEqual([]);
});

function applyDamage(text: string, { kind, place, bit }: { kind: string; place: number; bit: string }): string {
  const at = Math.floor(place * (text.length + 1));
  if (kind === 'insert') return text.slice(0, at) + bit + text.slice(at);
  if (kind === 'drop') return text.slice(0, at) + text.slice(at + 1);
  const lines = text.split('\n');
  const index = Math.floor(place * lines.length);
  const line = lines[index] ?? '';
  const replacements: Readonly<Record<string, readonly string[]>> = {
    'drop-line': [],
    'double-line': [line, line],
    indent: [` ${line}`],
    unindent: [line.slice(1)],
  };
  lines.splice(index, 1, ...(replacements[kind] ?? [line]));
  return lines.join('\n');
}
