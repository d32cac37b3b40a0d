import { describe, expect, test } from 'vitest';
import { OBJECT } from '../../src/manifests/objects.ts';
import { readOperatorDefinition } from '../../src/manifests/operator-definitions.ts';
import type { Definition } from '../../src/model/definition.ts';
import { parseGroupVersion } from '../../src/model/group-version.ts';
import { readYaml } from '../../src/yaml/reader.ts';
import { apisOf, readingOf } from '../helpers/readings.ts';

function definitionsOf(apiVersion: string, kind: string, yaml: string): readonly Definition[] {
  const definitions: Definition[] = [];
  const { root } = readYaml(Buffer.from(yaml), OBJECT);
  const groupVersion = parseGroupVersion(apiVersion);
  if (root === undefined || groupVersion === undefined) throw new Error('the document holds nothing');
  const reading = readingOf({ define: (own) => definitions.push(own) });
  readOperatorDefinition({ node: root, at: 0, groupVersion, kind }, reading);
  return definitions;
}

const XRD = `spec:
  group: example.org
  names: {kind: XDatabase, plural: xdatabases}
  claimNames: {kind: Database, plural: databases}
  versions:
  - {name: v1, served: true, referenceable: true}
  - {name: v1beta1, served: false}
`;

describe('operators turn objects into definitions', () => {
  test.each([
    [
      'Gatekeeper',
      'templates.gatekeeper.sh/v1',
      'ConstraintTemplate',
      'spec: {crd: {spec: {names: {kind: K8sRequiredLabels}}}}',
      [
        'constraints.gatekeeper.sh/v1beta1 K8sRequiredLabels k8srequiredlabels served',
        'constraints.gatekeeper.sh/v1alpha1 K8sRequiredLabels k8srequiredlabels served',
      ],
    ],
    [
      'Crossplane, with its claim',
      'apiextensions.crossplane.io/v1',
      'CompositeResourceDefinition',
      XRD,
      [
        'example.org/v1 XDatabase xdatabases served',
        'example.org/v1beta1 XDatabase xdatabases not served',
        'example.org/v1 Database databases served',
        'example.org/v1beta1 Database databases not served',
      ],
    ],
    [
      'Crossplane, without a claim',
      'apiextensions.crossplane.io/v2',
      'CompositeResourceDefinition',
      'spec: {scope: Namespaced, group: example.org, names: {kind: App, plural: apps}, versions: [{name: v1, served: true}]}',
      ['example.org/v1 App apps served'],
    ],
    [
      'kro, in its own group',
      'kro.run/v1alpha1',
      'ResourceGraphDefinition',
      'spec: {schema: {apiVersion: v1alpha1, kind: WebApp}}',
      ['kro.run/v1alpha1 WebApp  served'],
    ],
    [
      'kro, in another group',
      'kro.run/v1alpha1',
      'ResourceGraphDefinition',
      'spec: {schema: {apiVersion: v1, kind: WebApp, group: example.org}}',
      ['example.org/v1 WebApp  served'],
    ],
    [
      'Kratix',
      'platform.kratix.io/v1alpha1',
      'Promise',
      'spec: {api: {metadata: {name: bashes.test.kratix.io}, spec: {group: test.kratix.io, scope: Namespaced, names: {kind: Bash, plural: bashes}, versions: [{name: v1, served: true, storage: true}]}}}',
      ['test.kratix.io/v1 Bash bashes served'],
    ],
    ['a Promise without an API', 'platform.kratix.io/v1alpha1', 'Promise', 'spec: {dependencies: []}', []],
    ['a template without a kind', 'templates.gatekeeper.sh/v1', 'ConstraintTemplate', 'spec: {crd: {}}', []],
    ['another group', 'example.com/v1', 'ConstraintTemplate', 'spec: {crd: {spec: {names: {kind: A}}}}', []],
  ])('%s', (_rule, apiVersion, kind, yaml, expected) => {
    const definitions = definitionsOf(apiVersion, kind, yaml);
    expect(definitions.flatMap(apisOf)).toEqual(expected);
    for (const definition of definitions) {
      expect(definition).toMatchObject({ source: kind, groupVersion: parseGroupVersion(apiVersion), isWhole: false });
    }
  });
});
