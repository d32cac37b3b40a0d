import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { definedKinds, walkObjects } from '../../src/gate/walk-objects.ts';
import { readManifests } from '../../src/manifests/manifests.ts';
import { formatPlace } from '../../src/model/place.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { documentOf } from '../helpers/walking.ts';

async function reading(yaml: string) {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'a.yaml'), yaml);
  const options = { patterns: ['a.yaml'], allowUnparsable: [], workingDirectory: folder, repositoryRoot: folder };
  return { manifests: await readManifests(options) };
}

const thing = (spec: string) => `apiVersion: a.example/v1\nkind: Thing\nmetadata: {name: t}\nspec: ${spec}\n`;
const crd = (field: string) => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.a.example}
spec:
  group: a.example
  scope: Namespaced
  names: {kind: Thing, plural: things}
  versions:
  - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {${field}: {type: integer}}}}}}}
`;

test('of two definitions of one kind the last counts', async () => {
  const { manifests } = await reading([crd('a'), crd('b'), thing('{a: 1, b: 2}')].join('---\n'));
  const kinds = await definedKinds(manifests);
  const { faults } = await walkObjects(manifests, {
    kinds,
    release: undefined,
    target: undefined,
    repositoryRoot: '/',
  });
  expect(faults.map(({ fault, requirement }) => [fault.path, formatPlace(requirement.place)])).toEqual([
    ['spec.a', 'a.yaml:24:8'],
  ]);
});

test('a definition of which the change has no object is not read', async () => {
  const { manifests } = await reading(crd('a'));
  expect([...(await definedKinds(manifests))]).toEqual([]);
});

test('what is beyond 50 faults of an object is counted at the object', async () => {
  const fields = Array.from({ length: 60 }, (_, index) => `f${index}: 1`).join(', ');
  const { manifests } = await reading(thing(`{${fields}}`));
  const kinds = new Map([
    ['a.example/v1/Thing', { document: documentOf({ type: 'object', properties: {} }), name: 'x' }],
  ]);
  const walked = await walkObjects(manifests, { kinds, release: undefined, target: undefined, repositoryRoot: '/' });
  expect(walked.faults).toHaveLength(50);
  expect(walked.warnings.map(({ message }) => message)).toEqual([
    '10 more fields of this object do not fit; 50 are listed.',
  ]);
});
