import { expect, test } from 'vitest';
import { faultOfApiService } from '../../src/manifests/api-service-faults.ts';
import { EVERYTHING } from '../../src/yaml/node.ts';
import { readYaml } from '../../src/yaml/reader.ts';

/** The whole list of rules is held against real servers; see definitions.test.ts. Here: where a fault is said to be. */
const GOOD = `metadata:
  name: v1.a.b
spec:
  group: a.b
  version: v1
  groupPriorityMinimum: 100
  versionPriority: 15
  service: {name: a, namespace: b, port: 443}
`;

test.each([
  ['v1.a.b', 'v2.a.b', 'v2.a.b'],
  ['groupPriorityMinimum: 100', 'groupPriorityMinimum: 20001', '20001'],
  ['versionPriority: 15', 'versionPriority: 0', '0\n'],
  ['port: 443', 'port: 70000', '70000'],
])('%s, become %s, is pointed at', (right, wrong, at) => {
  const text = GOOD.replace(right, wrong);
  const { root } = readYaml(Buffer.from(text), EVERYTHING);
  if (root === undefined) throw new Error('the document holds nothing');
  expect(faultOfApiService(root, { group: 'a.b', version: 'v1' })?.at).toBe(
    text.indexOf(at, 20) < 0 ? text.indexOf(at) : text.lastIndexOf(at),
  );
});
