/**
 * What this project reads of a file is what kubectl reads, also of files that are broken, odd, or both: real manifests with random damage, and
 * random texts of what means something to YAML, given to kubectl's own packages as well.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { enginePath } from '../../engines/paths.ts';
import { OBJECT, readObject } from '../../src/manifests/objects.ts';
import { formatGroupVersion } from '../../src/model/group-version.ts';
import { documentsOf } from '../../src/yaml/documents.ts';
import { decodeFile } from '../../src/yaml/file-text.ts';
import { goModuleFolder } from '../helpers/go-modules.ts';
import { readingOf } from '../helpers/readings.ts';
import { scraps } from '../yaml/samples.ts';

interface KubectlReading {
  readonly objects: readonly { readonly apiVersion: string; readonly kind: string }[];
  readonly refused: readonly string[];
  /** Where kubectl stops reading the file. */
  readonly error?: string;
}

interface OwnReading {
  readonly objects: readonly string[];
  readonly refusals: readonly string[];
  /** Refused on purpose, where kubectl asks the server for an API of that name. */
  readonly unrendered: boolean;
}

const RUNS = 20_000;
/** Other texts come with another one: `KUBE_API_GATE_SEED=$RANDOM npm run e2e`. */
const SEED = Number(process.env['KUBE_API_GATE_SEED'] ?? 20_260_131);

/** What kubectl's packages make of each text, in order. */
async function readWithKubectl(texts: readonly Buffer[]): Promise<readonly KubectlReading[]> {
  const child = spawn(enginePath('kubectl-reader'), { stdio: ['pipe', 'pipe', 'inherit'] });
  const readings: KubectlReading[] = [];
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => readings.push(JSON.parse(line)));
  for (const text of texts) {
    child.stdin.write(`${text.length}\n`);
    if (!child.stdin.write(text)) await once(child.stdin, 'drain');
  }
  child.stdin.end();
  await once(lines, 'close');
  return readings;
}

function readOurselves(text: Buffer): OwnReading {
  const objects: string[] = [];
  const refusals: string[] = [];
  let unrendered = false;
  const { bytes, mendedAt, promised } = decodeFile(text);
  if (mendedAt !== undefined && promised) refusals.push('no UTF-8');
  for (const document of documentsOf(bytes, OBJECT)) {
    if (document.kind === 'unreadable') {
      refusals.push(document.message);
      continue;
    }
    // kubectl passes over it without a word, so there is nothing to compare.
    if (document.kind === 'dropped') continue;
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
  return { objects, refusals, unrendered };
}

/** How the two readings contradict each other; `undefined` where they do not. */
function contradiction(own: OwnReading, kubectl: KubectlReading): string | undefined {
  if (own.unrendered) return undefined;
  // An item of a list without a version is refused by kubectl later than its reader does.
  const isWhole = ({ apiVersion, kind }: { apiVersion: string; kind: string }): boolean =>
    kind !== '' && apiVersion !== '' && !apiVersion.endsWith('/');
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

test('this project reads what kubectl reads, and refuses what kubectl refuses', { timeout: 300_000 }, async () => {
  const samples = manifests();
  const place = fc.double({ min: 0, max: 1, noNaN: true });
  const damage = fc.oneof(
    fc.record({ kind: fc.constant('insert'), place, bit: fc.constantFrom(...BITS) }),
    fc.record({
      kind: fc.constantFrom('drop', 'drop-line', 'double-line', 'indent', 'unindent'),
      place,
      bit: fc.constant(''),
    }),
  );
  const damaged = fc
    .tuple(fc.constantFrom(...samples), fc.array(damage, { maxLength: 4 }))
    .map(([text, parts]) => parts.reduce((before, part) => applyDamage(before, part), text))
    .map((text) => Buffer.from(text, 'latin1'));
  const glued = fc
    .tuple(
      fc.constantFrom('', 'apiVersion: v1\nkind: Pod\nspec:\n'),
      fc.array(fc.constantFrom(...BITS), { maxLength: 14 }),
    )
    .map(([start, parts]) => Buffer.from(start + parts.join(''), 'latin1'));
  const texts = fc.sample(
    fc.oneof(
      damaged,
      glued,
      scraps.map((text) => Buffer.from(text)),
    ),
    { numRuns: RUNS, seed: SEED },
  );
  const readings = await readWithKubectl([...samples.map((text) => Buffer.from(text, 'latin1')), ...texts]);
  expect(readings).toHaveLength(samples.length + texts.length);

  const contradictions = [...samples.map((text) => Buffer.from(text, 'latin1')), ...texts].flatMap((text, index) => {
    const kubectl = readings[index];
    const how = kubectl === undefined ? 'no reading' : contradiction(readOurselves(text), kubectl);
    return how === undefined ? [] : [{ how, text: JSON.stringify(text.toString('latin1')), kubectl }];
  });
  console.log(`${samples.length} manifests and ${texts.length} damaged ones read as kubectl reads them`);
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
