import { describe, expect, test } from 'vitest';
import { readApiService, readDefinition } from '../../src/manifests/definitions.ts';
import { OBJECT } from '../../src/manifests/objects.ts';
import { formatGroupVersion } from '../../src/model/group-version.ts';
import { readYaml } from '../../src/yaml/reader.ts';
import { crdVariants } from '../helpers/crd-variants.ts';

type Read = (node: Parameters<typeof readApiService>[0], reading: Parameters<typeof readApiService>[2]) => void;

function outcomeOf(
  yaml: string,
  read: Read,
): { readonly provided: readonly string[]; readonly warned: readonly string[] } {
  const provided: string[] = [];
  const warned: string[] = [];
  const { root } = readYaml(Buffer.from(yaml), OBJECT);
  if (root === undefined) throw new Error('the document holds nothing');
  read(root, {
    provide: ({ at, groupVersion, kind, resource, served }) =>
      provided.push(`${at}: ${formatGroupVersion(groupVersion)} ${kind ?? '*'} ${resource ?? '*'} ${served}`),
    warn: (at, message) => warned.push(`${at}: ${message}`),
  });
  return { provided, warned };
}

const definition = (yaml: string, isOld = false) =>
  outcomeOf(yaml, (node, reading) => readDefinition(node, { at: 0, isOld }, reading));
const apiService = (yaml: string) => outcomeOf(yaml, (node, reading) => readApiService(node, 7, reading));

/** What is said of each that the API server refuses; the end-to-end test holds the list of those against real ones. */
const FAULTS: Readonly<Record<string, string>> = {
  'another name': 'its name must be widgets.example.com, and it is named widget.example.com',
  'no name': 'its name must be widgets.example.com, and it has no name',
  'no group': 'it has no spec.group',
  'a group without a dot': 'example is no domain name with a dot in it, as a group must be',
  'a group in upper case': 'Example.com is no domain name with a dot in it, as a group must be',
  'a group that ends in a dot': 'example.com. is no domain name with a dot in it, as a group must be',
  'a group with an underscore': 'my_group.example.com is no domain name with a dot in it, as a group must be',
  'no names': 'it has no spec.names.kind',
  'no plural': 'it has no spec.names.plural',
  'no kind': 'it has no spec.names.kind',
  'a plural in upper case': 'Widgets cannot be the name of a kind or resource',
  'a plural with a slash': 'wid/gets cannot be the name of a kind or resource',
  'a plural that begins with a digit': '1widgets cannot be the name of a kind or resource',
  'a kind with a blank': 'wid get cannot be the name of a kind or resource',
  'a kind that begins with a digit': '1widget cannot be the name of a kind or resource',
  'no scope': 'its spec.scope must be Namespaced or Cluster',
  'another scope': 'its spec.scope must be Namespaced or Cluster, and is Namespace',
  'a scope in lower case': 'its spec.scope must be Namespaced or Cluster, and is cluster',
  'no versions': 'it has no spec.versions',
  'an empty list of versions': 'it has no spec.versions',
  'the one version of v1beta1': 'it has no spec.versions',
  'a version without a name': 'one of its versions has no name',
  'a version that is no label': 'v1.0 cannot be the name of a version',
  'a version in upper case': 'V1 cannot be the name of a version',
  'a version that begins with a digit': '2024-01-01 cannot be the name of a version',
  'a version twice': 'it has two versions v1',
  'no storage version': 'one of its versions must have storage: true, and none has',
  'a version that does not say whether it is stored': 'one of its versions must have storage: true, and none has',
  'two storage versions': 'one of its versions must have storage: true, and 2 have',
  'a version without a schema': 'its version v1 has no schema.openAPIV3Schema',
  'a version with an empty schema': 'its version v1 has no schema.openAPIV3Schema',
  'a schema without a type': 'the schema of its version v1 must be of type: object',
  'a schema without a type that keeps no unknown fields': 'the schema of its version v1 must be of type: object',
  'a schema of another type': 'the schema of its version v1 must be of type: object',
  'a schema of another type that keeps unknown fields': 'the schema of its version v1 must be of type: object',
  'a version that is not served, without a schema': 'its version v2 has no schema.openAPIV3Schema',
  'the schema of v1beta1': 'its version v1 has no schema.openAPIV3Schema',
  'unknown fields kept as in v1beta1': 'v1 has no spec.preserveUnknownFields: true',
  'a group of the Kubernetes project':
    'a group of the Kubernetes project needs the annotation api-approved.kubernetes.io',
  'a group of the Kubernetes project by its older name':
    'a group of the Kubernetes project needs the annotation api-approved.kubernetes.io',
  'a group of the Kubernetes project, approved by nobody':
    'a group of the Kubernetes project needs the annotation api-approved.kubernetes.io',
};

describe('a CustomResourceDefinition', () => {
  test.each(crdVariants.filter(({ rule }) => rule in FAULTS))('$rule brings nothing, and says so', (variant) => {
    const { provided, warned } = definition(JSON.stringify(variant.definition));
    expect(provided).toEqual([]);
    expect(warned.map((each) => each.replace(/^\d+: /, ''))).toEqual([
      `The API server refuses this CustomResourceDefinition, so it provides nothing: ${FAULTS[variant.rule]}.`,
    ]);
  });

  test.each(crdVariants.filter(({ rule }) => !(rule in FAULTS)))('$rule brings its versions', (variant) => {
    const { provided, warned } = definition(JSON.stringify(variant.definition));
    expect(warned).toEqual([]);
    expect(provided.length).toBeGreaterThan(0);
  });

  test('brings every version, served or not, each where it is named', () => {
    const schema = 'schema: {openAPIV3Schema: {type: object}}';
    const { provided } = definition(`metadata: {name: widgets.example.com}
spec:
  group: example.com
  scope: Cluster
  names: {kind: Widget, plural: widgets}
  versions:
  - {name: v1, served: true, storage: true, ${schema}}
  - {name: v1beta1, served: false, ${schema}}
  - {name: v1alpha1, ${schema}}
`);
    expect(provided).toEqual([
      expect.stringMatching(/^\d+: example\.com\/v1 Widget widgets true$/),
      expect.stringMatching(/^\d+: example\.com\/v1beta1 Widget widgets false$/),
      expect.stringMatching(/^\d+: example\.com\/v1alpha1 Widget widgets false$/),
    ]);
    expect(new Set(provided.map((each) => each.split(':')[0])).size).toBe(3);
  });

  test.each([
    { rule: 'its one version', versions: 'version: v1', provided: ['example.com/v1'] },
    {
      rule: 'its list, if it has one',
      versions: 'version: v1, versions: [{name: v1, served: true}, {name: v2, served: true}]',
      provided: ['example.com/v1', 'example.com/v2'],
    },
  ])('of v1beta1 brings $rule', ({ versions, provided }) => {
    const outcome = definition(
      `{metadata: {name: widgets.example.com}, spec: {group: example.com, names: {kind: Widget, plural: widgets}, ${versions}}}`,
      true,
    );
    expect(outcome.provided.map((each) => each.split(' ')[1])).toEqual(provided);
  });

  test('of v1beta1 brings nothing under another name', () => {
    const { provided, warned } = definition(
      '{metadata: {name: x}, spec: {group: example.com, names: {kind: Widget, plural: widgets}, version: v1}}',
      true,
    );
    expect({ provided, warned }).toEqual({ provided: [], warned: [expect.stringMatching(/is named x/)] });
  });

  test('says where it is wrong', () => {
    const yaml =
      'metadata: {name: widgets.example.com}\nspec: {group: example.com, names: {kind: Widget, plural: widgets}, scope: None}';
    const { warned } = definition(yaml);
    expect(Number.parseInt(warned[0] ?? '', 10)).toBe(yaml.indexOf('scope'));
  });
});

const GOOD =
  'metadata: {name: v1beta1.metrics.k8s.io}\nspec: {group: metrics.k8s.io, version: v1beta1, groupPriorityMinimum: 100, versionPriority: 100, service: {name: a, namespace: b}}';

describe('an APIService', () => {
  test('brings the group-version that a service serves', () => {
    expect(apiService(GOOD)).toEqual({ provided: ['7: metrics.k8s.io/v1beta1 * * true'], warned: [] });
  });

  test.each([
    [
      'another name',
      'name: v1beta1.metrics',
      'its name must be v1beta1.metrics.k8s.io, and it is named v1beta1.metrics',
    ],
    ['no namespace of its service', 'service: {name: a}', 'it has no spec.service.namespace'],
    ['an empty service', 'service: {}', 'it has no spec.service.name'],
    ['no groupPriorityMinimum', 'versionPriority: 100', 'it has no spec.groupPriorityMinimum'],
    ['no versionPriority', 'groupPriorityMinimum: 100', 'it has no spec.versionPriority'],
  ])('that the API server refuses brings nothing, and says so: %s', (rule, part, fault) => {
    const yaml =
      rule.startsWith('no ') && !part.startsWith('service')
        ? GOOD.replace('groupPriorityMinimum: 100, versionPriority: 100', part)
        : GOOD.replace(
            part.startsWith('name') ? 'name: v1beta1.metrics.k8s.io' : 'service: {name: a, namespace: b}',
            part,
          );
    expect(apiService(yaml)).toEqual({
      provided: [],
      warned: [`7: The API server refuses this APIService, so it provides nothing: ${fault}.`],
    });
  });

  test('brings nothing where the API server serves it itself', () => {
    expect(apiService('spec: {group: apps, version: v1}').provided).toEqual([]);
  });
});
