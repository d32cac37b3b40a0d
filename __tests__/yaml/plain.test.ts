import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { OBJECT } from '../../src/manifests/objects.ts';
import { EVERYTHING, type Wanted } from '../../src/yaml/node.ts';
import { readPlainYaml } from '../../src/yaml/plain.ts';
import { readYaml, type YamlDocument } from '../../src/yaml/reader.ts';
import { scraps, values } from './samples.ts';

/** What the full reader makes of a text, or that it refuses it. */
function full(bytes: Buffer, wanted: Wanted): YamlDocument | 'refused' {
  try {
    return readYaml(bytes, wanted);
  } catch {
    return 'refused';
  }
}

const PARTS = [
  { parts: 'what a manifest is judged by', wanted: OBJECT },
  { parts: 'everything', wanted: EVERYTHING },
];

test.each(PARTS)('what it takes, the full reader takes alike: $parts', ({ wanted }) => {
  let taken = 0;
  void fc.assert(
    fc.property(scraps, (yaml) => {
      const bytes = Buffer.from(yaml);
      const document = readPlainYaml(bytes, wanted);
      if (document === undefined) return;
      taken += 1;
      expect(document).toEqual(full(bytes, wanted));
    }),
    { numRuns: 20_000 },
  );
  expect(taken).toBeGreaterThan(500);
});

test.each(PARTS)('it takes alike what a library writes: $parts', ({ wanted }) => {
  const manifests = fc.record({
    apiVersion: fc.constant('v1'),
    kind: fc.constant('Pod'),
    metadata: fc.record({ name: fc.constantFrom('a', '1', 'yes') }),
    spec: values,
  });
  let taken = 0;
  void fc.assert(
    fc.property(manifests, fc.boolean(), (manifest, indentSeq) => {
      const bytes = Buffer.from(stringify(manifest, { version: '1.1', indentSeq, lineWidth: 30 }));
      const document = readPlainYaml(bytes, wanted);
      if (document === undefined) return;
      taken += 1;
      expect(document).toEqual(full(bytes, wanted));
    }),
    { numRuns: 2_000 },
  );
  expect(taken).toBeGreaterThan(200);
});

test.each([
  {
    rule: 'block mappings and lists',
    yaml: 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n    args:\n      - b\n',
  },
  { rule: 'comments and empty lines', yaml: '# a\n\napiVersion: v1 # b\n  # c\nkind: Pod\n' },
  { rule: 'a mark at the beginning', yaml: '---\napiVersion: v1\nkind: Pod\n' },
  { rule: 'blocks of text', yaml: 'a: |\n  b: [\n   {{\n\n  \tc\nd: >-\n  e\n' },
  {
    rule: 'text over several lines, where it is not wanted',
    yaml: 'a: one\n  two\nb: "three\n  four"\nc: \'five\n\n  six\'\n',
  },
  { rule: 'short flow collections', yaml: 'a: {b: c, d: [1, "e", \'f\']}\ng: []\n' },
  { rule: 'quoted text', yaml: 'apiVersion: "v1"\nkind: \'Pod\'\na: "\\n\\""\n' },
  { rule: 'letters beyond ASCII', yaml: 'a: „é“ – 😀\n' },
  { rule: 'the parts of a CustomResourceDefinition', yaml: 'spec:\n  versions:\n  - name: v1\n    served: true\n' },
  { rule: 'flow collections that are wanted', yaml: 'metadata: {name: a, labels: {b: "c"}, generation: 3}\n' },
  { rule: 'nothing', yaml: '# a\n' },
])('plain enough: $rule', ({ yaml }) => {
  const bytes = Buffer.from(yaml);
  expect(readPlainYaml(bytes, OBJECT)).toEqual(readYaml(bytes, OBJECT));
});

test.each([
  { rule: 'flow collections', yaml: 'a: {b: c, d: [1, "e", \'f\', true, ~x], e: []}\ng: [{h: 1.50}, {}] # i\n' },
  { rule: 'literal blocks', yaml: 'a: |\n  b\n\n   c\n\n\nd: |-\n  e\n  f\n\ng: |\nh: 1\n' },
  { rule: 'folded blocks', yaml: 'a: >\n  b\n  c\n\n  d\n   e\n  f\ng: >-\n  h\n' },
  { rule: 'a block at the end, without a line end', yaml: 'a: |\n  b' },
  { rule: 'a block in a list', yaml: '- |\n  a\n  b\n- c: |-\n    d\n' },
  {
    rule: 'text over several lines',
    yaml: "a: one\n  two\n\n  three\nb: \"four\n  five\\n\n  six\"\nc: 'it''s\n  seven'\nd: 1\n  2\n",
  },
  { rule: 'quoted text with quotes and escapes', yaml: "a: 'it''s'\nb: \"c\\\"d\\\\n\\n\\te\"\n" },
  { rule: 'letters beyond ASCII in quotes and blocks', yaml: 'a: {b: "é"}\nc: |\n  „😀\nd: "–"\n' },
])('plain enough as a whole: $rule', ({ yaml }) => {
  const bytes = Buffer.from(yaml);
  expect(readPlainYaml(bytes, EVERYTHING)).toEqual(readYaml(bytes, EVERYTHING));
});

test.each([
  'a: &x b',
  'a: *x',
  'a: !t b',
  '? a',
  '"a": b',
  'a b: c',
  '<<: {}',
  'null: a',
  '~: a',
  'a: .inf',
  'a: b: c',
  'a: "b" c',
  'a\n',
  'a: b\n c: d',
  'a:\n   b: c\n  d: e',
  '- a\nb: c',
  'a: [b',
  'a: {b}',
  'a: {b: c}: d',
  'a: "\\q"',
  'a: |2\n    b',
  'a: |\n    \n  b',
  'a:\tb',
  'a: b\r\n',
  'a: \u0085',
  'a: \u2028',
  '\uFEFFa: b',
  'a: \u0007',
  ' a: b',
  '%YAML 1.1',
  '...',
  'a: "b\n... c"',
  'metadata: {name: a b}',
  'metadata: {name: a, n: b}',
  'metadata: {name: [a}',
  'kind: |+\n  a\n\n',
])('left to the full reader: %j', (yaml) => {
  expect(readPlainYaml(Buffer.from(yaml), OBJECT)).toBeUndefined();
});
