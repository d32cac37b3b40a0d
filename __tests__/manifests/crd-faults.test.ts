import { expect, test } from 'vitest';
import { faultOfDefinition, faultOfNames } from '../../src/manifests/crd-faults.ts';
import { EVERYTHING } from '../../src/yaml/node.ts';
import { readYaml } from '../../src/yaml/reader.ts';

/** The whole list of rules is held against real servers; see definitions.test.ts. Here: where a fault is said to be. */
const GOOD = `metadata:
  name: widgets.example.com
spec:
  group: example.com
  scope: Cluster
  names: {kind: Widget, plural: widgets, shortNames: [w]}
  versions:
  - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}
`;

test.each([
  ['name: widgets.example.com', 'name: widget.example.com'],
  ['scope: Cluster', 'scope: cluster'],
  ['[w]', '[W]', 'W]'],
  ['name: v1,', 'name: V1,'],
  ['served: true', 'served: yes please', 'yes please'],
  ['shortNames: [w]', 'shortNames: w', 'w}'],
])('%s, become %s, is pointed at', (right, wrong, at = wrong) => {
  const text = GOOD.replace(right, wrong);
  const { root } = readYaml(Buffer.from(text), EVERYTHING);
  if (root === undefined) throw new Error('the document holds nothing');
  const fault = faultOfNames(root, 0) ?? faultOfDefinition(root, 0);
  expect(fault?.at).toBe(text.indexOf(at));
});

test('a good one has no fault', () => {
  const { root } = readYaml(Buffer.from(GOOD), EVERYTHING);
  if (root === undefined) throw new Error('the document holds nothing');
  expect(faultOfNames(root, 0) ?? faultOfDefinition(root, 0)).toBeUndefined();
});
