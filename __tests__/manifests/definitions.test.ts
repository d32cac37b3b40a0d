import { describe, expect, test } from 'vitest';
import {
  type DefinitionNode,
  type DefinitionReading,
  readApiService,
  readDefinition,
} from '../../src/manifests/definitions.ts';
import { OBJECT } from '../../src/manifests/objects.ts';
import { parseGroupVersion } from '../../src/model/group-version.ts';
import { readYaml } from '../../src/yaml/reader.ts';
import { apiServiceVariants, crdVariants } from '../helpers/crd-variants.ts';
import { apisOf, readingOf } from '../helpers/readings.ts';

interface Outcome {
  readonly provided: readonly string[];
  readonly warned: readonly string[];
}

function outcomeOf(
  yaml: string,
  read: (definition: DefinitionNode, reading: DefinitionReading) => void,
  apiVersion: string,
  kind: string,
): Outcome {
  const provided: string[] = [];
  const warned: string[] = [];
  const { root } = readYaml(Buffer.from(yaml), OBJECT);
  const groupVersion = parseGroupVersion(apiVersion);
  if (root === undefined || groupVersion === undefined) throw new Error('the document holds nothing');
  const reading = readingOf({
    define: (definition) => provided.push(...apisOf(definition)),
    warn: (at, message) => warned.push(`${at}: ${message}`),
  });
  read({ node: root, at: 7, groupVersion, kind }, reading);
  return { provided, warned };
}

const definition = (yaml: string, isOld = false) =>
  outcomeOf(yaml, readDefinition, `apiextensions.k8s.io/${isOld ? 'v1beta1' : 'v1'}`, 'CustomResourceDefinition');
const apiService = (yaml: string) => outcomeOf(yaml, readApiService, 'apiregistration.k8s.io/v1', 'APIService');

const URL_FAULT = 'the url of its conversion webhook must be https://host/path, without user, query and fragment';

/** What is said of each that the API server refuses; the end-to-end test holds the list of those against real ones. */
const FAULTS: Readonly<Record<string, string>> = {
  'another name': 'its name must be widgets.example.com, and it is named widget.example.com',
  'no name': 'its name must be widgets.example.com, and it has no name',
  'no group': 'it has no spec.group',
  'a group without a dot': 'example is not a domain name with a dot, as a group must be',
  'a group in upper case': 'Example.com is not a domain name with a dot, as a group must be',
  'a group that ends in a dot': 'example.com. is not a domain name with a dot, as a group must be',
  'a group with an underscore': 'my_group.example.com is not a domain name with a dot, as a group must be',
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
  'a list kind that is the kind': 'its spec.names.listKind is its kind',
  'a list kind with a blank': 'widget list cannot be the name of a kind or resource',
  'a list kind that is a number': 'its spec.names.listKind must be text',
  'a singular in upper case': 'Widget cannot be the name of a kind or resource',
  'a singular with an underscore': 'wid_get cannot be the name of a kind or resource',
  'a short name in upper case': 'W cannot be a short name',
  'a short name with a dot': 'w.d cannot be a short name',
  'an empty short name': 'an empty text cannot be a short name',
  'short names in a text': 'its spec.names.shortNames must be a list',
  'a short name that is a number': 'an empty text cannot be a short name',
  'a category in upper case': 'All cannot be a category',
  'a category with a slash': 'a/b cannot be a category',
  'an empty category': 'an empty text cannot be a category',
  'a kind that leaves no room for its list': `${'w'.repeat(61)}list cannot be the name of a kind or resource`,
  'a warning of a version that is not deprecated':
    'the deprecationWarning of its version v1 needs deprecated: true beside it',
  'a warning of a version that is expressly not deprecated':
    'the deprecationWarning of its version v1 needs deprecated: true beside it',
  'an empty warning': 'the deprecationWarning of its version v1 is empty',
  'a warning of 257 characters': 'the deprecationWarning of its version v1 is longer than 256 bytes',
  'a warning of 256 characters in more bytes': 'the deprecationWarning of its version v1 is longer than 256 bytes',
  'a warning of two lines': 'the deprecationWarning of its version v1 holds a character that cannot be printed',
  'a warning with a tab': 'the deprecationWarning of its version v1 holds a character that cannot be printed',
  'a warning with a blank that does not break':
    'the deprecationWarning of its version v1 holds a character that cannot be printed',
  'served in quotes': 'served of its version v1 must be true or false',
  'storage in quotes': 'storage of its version v1 must be true or false',
  'deprecated as a number': 'deprecated of its version v1 must be true or false',
  'a scale with a selector elsewhere':
    'labelSelectorPath of the scale of its version v1 must begin with .spec. or .status.',
  'a scale without the path of what is wanted':
    'specReplicasPath of the scale of its version v1 must begin with .spec.',
  'a scale without the path of what is there':
    'statusReplicasPath of the scale of its version v1 must begin with .status.',
  'a scale with a path outside of the spec': 'specReplicasPath of the scale of its version v1 must begin with .spec.',
  'a scale with a path without a dot': 'specReplicasPath of the scale of its version v1 must begin with .spec.',
  'a scale with a path outside of the status':
    'statusReplicasPath of the scale of its version v1 must begin with .status.',
  'a scale with the status alone as its path':
    'statusReplicasPath of the scale of its version v1 must begin with .status.',
  'a printer column without a name': 'a printer column of its version v1 has no name',
  'a printer column without a type':
    'a printer column of its version v1 needs a type: integer, number, string, boolean, date',
  'a printer column of another type':
    'a printer column of its version v1 needs a type: integer, number, string, boolean, date',
  'a printer column of another format': 'a printer column of its version v1 has the format ipv4',
  'a printer column without a path': 'a printer column of its version v1 needs a jsonPath that begins with a dot',
  'a printer column with a path without a dot':
    'a printer column of its version v1 needs a jsonPath that begins with a dot',
  'no conversion with the versions of a webhook':
    'its spec.conversion has a webhook, which the strategy None does not use',
  'no conversion with a webhook': 'its spec.conversion has a webhook, which the strategy None does not use',
  'a conversion without a strategy': 'its spec.conversion.strategy must be None or Webhook',
  'a conversion with another strategy': 'its spec.conversion.strategy must be None or Webhook',
  'a webhook without a client': 'it has no spec.conversion.webhook.clientConfig',
  'a webhook with an empty client': 'its spec.conversion.webhook.clientConfig needs either a url or a service',
  'a webhook at two places': 'its spec.conversion.webhook.clientConfig needs either a url or a service',
  'a webhook without TLS': URL_FAULT,
  'a webhook with a user': URL_FAULT,
  'a webhook with a query': URL_FAULT,
  'a webhook with a fragment': URL_FAULT,
  'a webhook behind a service without a name': 'the service of its conversion webhook has no name',
  'a webhook behind a service without a namespace': 'the service of its conversion webhook has no namespace',
  'a webhook behind a port that is none': 'the port of its conversion webhook must be from 1 to 65535',
  'a webhook behind a port that is too high': 'the port of its conversion webhook must be from 1 to 65535',
  'a webhook without versions': 'its conversionReviewVersions must include v1 or v1beta1',
  'a webhook with other versions': 'its conversionReviewVersions must include v1 or v1beta1',
  'a webhook with a version twice': 'its conversionReviewVersions must be different names of versions',
  'a webhook with a version that is none': 'its conversionReviewVersions must be different names of versions',
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

  test('brings every version, served or not', () => {
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
      'example.com/v1 Widget widgets served',
      'example.com/v1beta1 Widget widgets not served',
      'example.com/v1alpha1 Widget widgets not served',
    ]);
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
    expect(outcome.provided.map((each) => each.split(' ')[0])).toEqual(provided);
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

const SERVICE_FAULTS: Readonly<Record<string, string>> = {
  'another name': 'its name must be v1.things.example.com, and it is named v1.things',
  'a group in upper case': 'Things.example.com is not a valid name of a group',
  'a version that is no label': 'v1.0 is not a valid name of a version',
  'no group': 'it has no spec.group',
  'no groupPriorityMinimum': 'it has no spec.groupPriorityMinimum',
  'a groupPriorityMinimum of nothing': 'its spec.groupPriorityMinimum must be from 1 to 20000, and is 0',
  'a groupPriorityMinimum below nothing': 'its spec.groupPriorityMinimum must be from 1 to 20000, and is -1',
  'a groupPriorityMinimum that is too high': 'its spec.groupPriorityMinimum must be from 1 to 20000, and is 20001',
  'a groupPriorityMinimum in quotes': 'it has no spec.groupPriorityMinimum',
  'no versionPriority': 'it has no spec.versionPriority',
  'a versionPriority of nothing': 'its spec.versionPriority must be from 1 to 1000, and is 0',
  'a versionPriority that is too high': 'its spec.versionPriority must be from 1 to 1000, and is 1001',
  'a service without a name': 'it has no spec.service.name',
  'a service without a namespace': 'it has no spec.service.namespace',
  'a port that is too high': 'its spec.service.port must be from 1 to 65535',
  'a port below nothing': 'its spec.service.port must be from 1 to 65535',
  'a bundle of certificates that nobody verifies': 'it has spec.insecureSkipTLSVerify: true beside a spec.caBundle',
};

const GOOD =
  'metadata: {name: v1beta1.metrics.k8s.io}\nspec: {group: metrics.k8s.io, version: v1beta1, groupPriorityMinimum: 100, versionPriority: 100, service: {name: a, namespace: b}}';

describe('an APIService', () => {
  test('brings the group-version that a service serves', () => {
    expect(apiService(GOOD)).toEqual({ provided: ['metrics.k8s.io/v1beta1 * * served'], warned: [] });
  });

  test.each(apiServiceVariants)('$rule', ({ rule, definition }) => {
    const { provided, warned } = apiService(JSON.stringify(definition));
    const fault = SERVICE_FAULTS[rule];
    expect(provided).toHaveLength(fault === undefined ? 1 : 0);
    expect(warned.map((each) => each.replace(/^\d+: /, ''))).toEqual(
      fault === undefined ? [] : [`The API server refuses this APIService, so it provides nothing: ${fault}.`],
    );
  });

  test('brings nothing where the API server serves it itself', () => {
    expect(apiService('spec: {group: apps, version: v1}').provided).toEqual([]);
  });
});
