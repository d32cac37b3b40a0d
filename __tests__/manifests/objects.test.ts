import { describe, expect, test } from 'vitest';
import { OBJECT, type Reading, readObject } from '../../src/manifests/objects.ts';
import { formatGroupVersion } from '../../src/model/group-version.ts';
import { EVERYTHING } from '../../src/yaml/node.ts';
import { readYaml } from '../../src/yaml/reader.ts';
import { goodDefinition } from '../helpers/crd-variants.ts';
import { apisOf, readingOf } from '../helpers/readings.ts';

interface Outcome {
  needs: string[];
  provided: string[];
  refused: string[];
  /** What is most likely no object. */
  configuration: string[];
  leftOut: string[];
  unrendered: string[];
  warned: string[];
}

function read(yaml: string, unnamed?: string, over: Partial<Reading> = {}): Outcome {
  const outcome: Outcome = {
    needs: [],
    provided: [],
    refused: [],
    configuration: [],
    leftOut: [],
    unrendered: [],
    warned: [],
  };
  const { root } = readYaml(Buffer.from(yaml), yaml.includes('$patch') ? EVERYTHING : OBJECT);
  if (root === undefined) throw new Error('the document holds nothing');
  readObject(
    root,
    readingOf({
      need: ({ groupVersion, kinds, object, configuration }) => {
        const where = object.namespace === undefined ? object.name : `${object.namespace}/${object.name}`;
        const name = [formatGroupVersion(groupVersion), kinds.join('|')].filter((part) => part !== '').join('/');
        if (configuration === undefined) outcome.needs.push(`${name} ${where}`.trim());
        else outcome.configuration.push(name);
      },
      define: (definition) => outcome.provided.push(...apisOf(definition)),
      refuse: (at, message) => outcome.refused.push(`${at}: ${message}`),
      leaveOut: (name) => outcome.leftOut.push(name),
      unnamed: () => unnamed,
      unrendered: (at, field, text) => outcome.unrendered.push(`${at}: ${field} ${text}`),
      warn: (at, message) => outcome.warned.push(`${at}: ${message}`),
      ...over,
    }),
  );
  return outcome;
}

describe('needs', () => {
  test.each([
    {
      rule: 'an object',
      yaml: 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a, namespace: b}',
      needs: ['apps/v1/Deployment b/a'],
    },
    { rule: 'a generated name', yaml: 'apiVersion: v1\nkind: Pod\nmetadata: {generateName: a-}', needs: ['v1/Pod a-'] },
    { rule: 'no metadata at all', yaml: 'apiVersion: v1\nkind: Pod', needs: ['v1/Pod'] },
    {
      rule: 'a List is unpacked',
      yaml: 'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod}\n- {apiVersion: apps/v1, kind: Deployment}',
      needs: ['v1/Pod', 'apps/v1/Deployment'],
    },
    { rule: 'an empty List needs nothing', yaml: 'apiVersion: v1\nkind: List\nitems: []', needs: [] },
    {
      rule: 'a List of another version needs that version',
      yaml: 'apiVersion: apps/v1\nkind: List\nitems: []',
      needs: ['apps/v1'],
    },
    {
      rule: 'a List of another version needs its items as well',
      yaml: 'apiVersion: batch/v1\nkind: List\nitems: [{apiVersion: v1, kind: Pod}]',
      needs: ['v1/Pod', 'batch/v1'],
    },
    {
      rule: 'a List of a group that nobody serves needs that group',
      yaml: 'apiVersion: example.com/v1\nkind: List\nitems: [{apiVersion: v1, kind: Pod}]',
      needs: ['v1/Pod', 'example.com/v1'],
    },
    { rule: 'a List without items is an object', yaml: 'apiVersion: apps/v1\nkind: List', needs: ['apps/v1/List'] },
    { rule: 'a typed list without items is one too', yaml: 'apiVersion: v1\nkind: PodList', needs: ['v1/PodList'] },
    {
      rule: 'an item that has items that are no list is an object',
      yaml: 'apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: Pod, items: x}, {apiVersion: v1, kind: Service, items: null}]',
      needs: ['v1/Pod', 'v1/Service'],
    },
    {
      rule: 'the objects of a Template of OpenShift, but not those that a parameter names',
      yaml: `apiVersion: template.openshift.io/v1\nkind: Template\nobjects:\n- {apiVersion: v1, kind: Service, metadata: {name: "\${NAME}"}}\n- {apiVersion: route.openshift.io/v1, kind: Route}\n- {apiVersion: "\${API}", kind: Route}\n- {apiVersion: v1, kind: "\${KIND}"}`,
      needs: ['template.openshift.io/v1/Template', `v1/Service \${NAME}`, 'route.openshift.io/v1/Route'],
    },
    {
      rule: 'the objects of a Template of older servers',
      yaml: 'apiVersion: v1\nkind: Template\nobjects: [{apiVersion: v1, kind: Service}]',
      needs: ['v1/Template', 'v1/Service'],
    },
    {
      rule: 'no objects of another Template',
      yaml: 'apiVersion: example.com/v1\nkind: Template\nobjects: [{apiVersion: v1, kind: Service}]',
      needs: ['example.com/v1/Template'],
    },
    {
      rule: 'items of a typed list take its names',
      yaml: 'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleList\nitems: [{metadata: {name: a}}, {metadata: {name: b}}]',
      needs: ['rbac.authorization.k8s.io/v1/Role a', 'rbac.authorization.k8s.io/v1/Role b'],
    },
    {
      rule: 'an empty typed list needs its kind, in either form',
      yaml: 'apiVersion: policy/v1beta1\nkind: PodDisruptionBudgetList\nitems: null',
      needs: ['policy/v1beta1/PodDisruptionBudget|PodDisruptionBudgetList'],
    },
    {
      rule: 'an object that has items is a list as well',
      yaml: 'apiVersion: example.com/v1\nkind: Menu\nitems: [{apiVersion: v1, kind: Pod}]',
      needs: ['v1/Pod', 'example.com/v1/Menu'],
    },
  ])('$rule', ({ yaml, needs }) => {
    expect(read(yaml)).toMatchObject({ needs, refused: [] });
  });
});

describe('refused', () => {
  test.each([
    { rule: 'text', yaml: 'text', refused: /object with apiVersion and kind; this is text/ },
    { rule: 'a list', yaml: '- a', refused: /this is a list/ },
    { rule: 'no apiVersion', yaml: 'kind: Pod', refused: /^0: .*no apiVersion,/ },
    { rule: 'no kind', yaml: 'a: b\napiVersion: v1', refused: /^5: .*no kind,/ },
    { rule: 'neither', yaml: 'a: b', refused: /no apiVersion and no kind/ },
    { rule: 'an empty apiVersion', yaml: 'apiVersion: ""\nkind: Pod', refused: /no apiVersion,/ },
    {
      rule: 'a kind that is no text',
      yaml: 'apiVersion: v1\nkind: 1',
      refused: /^21: kind must be text; this is a number/,
    },
    {
      rule: 'an apiVersion that is a boolean',
      yaml: 'apiVersion: y\nkind: Pod',
      refused: /apiVersion must be text; this is a boolean/,
    },
    { rule: 'two slashes', yaml: 'apiVersion: a/b/c\nkind: Pod', refused: /a group and a version.*a\/b\/c/ },
    { rule: 'a group without a version', yaml: 'apiVersion: apps/\nkind: Pod', refused: /a group and a version/ },
    {
      rule: 'items that are no list',
      yaml: 'apiVersion: v1\nkind: List\nitems: {}',
      refused: /items .*this is a mapping/,
    },
    {
      rule: 'an item that is text',
      yaml: 'apiVersion: v1\nkind: List\nitems: [text]',
      refused: /^34: An item .*this is text/,
    },
    {
      rule: 'an item without apiVersion',
      yaml: 'apiVersion: v1\nkind: List\nitems: [{kind: Pod}]',
      refused: /no apiVersion/,
    },
    {
      rule: 'an item of a List without names',
      yaml: 'apiVersion: v1\nkind: List\nitems: [{a: b}]',
      refused: /no apiVersion and no kind/,
    },
    {
      rule: 'metadata that is text',
      yaml: 'apiVersion: v1\nkind: Pod\nmetadata: text',
      refused: /metadata must be a mapping/,
    },
    {
      rule: 'a name that is a number',
      yaml: 'apiVersion: v1\nkind: Pod\nmetadata: {name: 1}',
      refused: /metadata.name must be text; this is a number/,
    },
    {
      rule: 'a label that is a boolean',
      yaml: 'apiVersion: v1\nkind: Pod\nmetadata: {labels: {a: yes}}',
      refused: /metadata.labels.a must be text; this is a boolean/,
    },
    {
      rule: 'annotations in a list',
      yaml: 'apiVersion: v1\nkind: Pod\nmetadata: {annotations: []}',
      refused: /metadata.annotations must be a mapping/,
    },
    {
      rule: 'a finalizer that is a mapping',
      yaml: 'apiVersion: v1\nkind: Pod\nmetadata: {finalizers: [{}]}',
      refused: /finalizers must be text/,
    },
    {
      rule: 'a time that is none',
      yaml: 'apiVersion: v1\nkind: Pod\nmetadata: {creationTimestamp: today}',
      refused: /creationTimestamp must be a time/,
    },
    {
      rule: 'a list within a list',
      yaml: 'apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: Pod}]}]',
      refused: /^63: kubectl cannot read a list within a list/,
    },
    {
      rule: 'an empty list within a list',
      yaml: 'apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: PodList, items: []}]',
      refused: /a list within a list/,
    },
    {
      rule: 'an object with items within a list',
      yaml: 'apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: Pod, items: []}]',
      refused: /a list within a list/,
    },
    ...[
      ['labels: {a: yes}', 'metadata.labels.a must be text; this is a boolean'],
      ['name: 1', 'metadata.name must be text; this is a number'],
      ['uid: 1', 'metadata.uid must be text'],
      ['finalizers: x', 'metadata.finalizers must be a list'],
      ['generation: x', 'metadata.generation must be a number'],
      ['creationTimestamp: x', 'metadata.creationTimestamp must be a time'],
    ].flatMap(([metadata, message]) => [
      {
        rule: `an item with ${metadata}`,
        yaml: `apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: Pod, metadata: {${metadata}}}]`,
        refused: new RegExp(message ?? ''),
      },
      {
        rule: `an item of a typed list with ${metadata}`,
        yaml: `apiVersion: v1\nkind: PodList\nitems: [{metadata: {${metadata}}}]`,
        refused: new RegExp(message ?? ''),
      },
    ]),
    {
      rule: 'an item with a list for metadata',
      yaml: 'apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: Pod, metadata: []}]',
      refused: /metadata must be a mapping; this is a list/,
    },
    ...['apiVersion', 'kind'].map((field) => ({
      rule: `${field} encrypted with SOPS`,
      yaml: `apiVersion: v1\nkind: Pod\n${field}: ENC[AES256_GCM,data:QUJD,iv:eA==,tag:eQ==,type:str]`,
      refused: new RegExp(`^\\d+: This document is encrypted with SOPS, its ${field} included`),
    })),
    {
      rule: 'a kind with a line break',
      yaml: 'apiVersion: v1\nkind: |\n  Pod\n',
      refused: /^21: kind is "Pod\\n", with a line break at its end/,
    },
    {
      rule: 'a kind with several line breaks',
      yaml: 'apiVersion: v1\nkind: |+\n  Pod\n\n',
      refused: /kind is "Pod\\n\\n", with a line break at its end/,
    },
    {
      rule: 'an apiVersion with a line break',
      yaml: 'apiVersion: >\n  apps/v1\nkind: Pod',
      refused: /apiVersion is "apps\/v1\\n", with a line break at its end/,
    },
    {
      rule: 'a kind with a blank after it',
      yaml: 'apiVersion: v1\nkind: "Pod "',
      refused: /kind is "Pod ", with white space around it/,
    },
    {
      rule: 'an apiVersion with a blank before it',
      yaml: 'apiVersion: " v1"\nkind: Pod',
      refused: /apiVersion is " v1", with white space around it/,
    },
    {
      rule: 'a generation that is text',
      yaml: 'apiVersion: v1\nkind: Pod\nmetadata: {generation: "1"}',
      refused: /generation must be a number/,
    },
  ])('$rule', ({ yaml, refused }) => {
    const outcome = read(yaml);
    expect(outcome.refused).toEqual([expect.stringMatching(refused)]);
    expect(outcome.needs.filter((need) => !/List$/.test(need))).toEqual([]);
  });

  test.each([
    {
      rule: 'null in metadata',
      yaml: 'apiVersion: v1\nkind: Pod\nmetadata: {labels: null, annotations: {a: null}, creationTimestamp: null}',
    },
    { rule: 'a date in a label', yaml: 'apiVersion: v1\nkind: Pod\nmetadata: {labels: {since: 2026-01-31}}' },
    {
      rule: 'the namespace of an item, which kubectl sets',
      yaml: 'apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: Pod, metadata: {namespace: 1}}]',
    },
    {
      rule: 'the annotations of an item, which apply sets',
      yaml: 'apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: Pod, metadata: {annotations: [a]}}]',
    },
    {
      rule: 'no metadata in an item',
      yaml: 'apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: Pod, metadata: null}]',
    },
  ])('but not $rule', ({ yaml }) => {
    expect(read(yaml)).toMatchObject({ refused: [], needs: ['v1/Pod'] });
  });
});

test('definitions are read for what they bring, in lists as well', () => {
  const service =
    '{apiVersion: apiregistration.k8s.io/v1, kind: APIService, metadata: {name: v1beta1.metrics.k8s.io}, spec: {group: metrics.k8s.io, version: v1beta1, groupPriorityMinimum: 1, versionPriority: 1, service: {name: a, namespace: b}}}';
  const definition = JSON.stringify(goodDefinition);
  expect(read(`{apiVersion: v1, kind: List, items: [${service}, ${definition}]}`)).toMatchObject({
    provided: ['metrics.k8s.io/v1beta1 * * served', 'example.com/v1 Widget widgets served'],
    needs: [
      'apiregistration.k8s.io/v1/APIService v1beta1.metrics.k8s.io',
      'apiextensions.k8s.io/v1/CustomResourceDefinition widgets.example.com',
    ],
  });
});

describe('templates that nobody rendered, though they are YAML', () => {
  test.each([
    { rule: 'Helm’s', yaml: 'apiVersion: "{{ .v }}"\nkind: Pod', unrendered: '12: apiVersion {{ .v }}' },
    { rule: 'in part', yaml: `apiVersion: apps/\${V}\nkind: Pod`, unrendered: `12: apiVersion apps/\${V}` },
    {
      rule: 'with a path in it',
      yaml: "apiVersion: '{{ a/b/c }}'\nkind: Pod",
      unrendered: '12: apiVersion {{ a/b/c }}',
    },
    {
      rule: 'a variable of the shell',
      yaml: 'apiVersion: $GROUP/v1\nkind: Pod',
      unrendered: '12: apiVersion $GROUP/v1',
    },
    { rule: 'a kind', yaml: 'apiVersion: v1\nkind: "{{ .k }}"', unrendered: '21: kind {{ .k }}' },
    { rule: 'of other languages', yaml: 'apiVersion: <%= v %>\nkind: Pod', unrendered: '12: apiVersion <%= v %>' },
    {
      rule: 'in a list',
      yaml: 'apiVersion: v1\nkind: List\nitems: [{apiVersion: "{{ .v }}", kind: Pod}]',
      unrendered: '47: apiVersion {{ .v }}',
    },
  ])('$rule', ({ yaml, unrendered }) => {
    expect(read(yaml)).toMatchObject({ unrendered: [unrendered], needs: [], refused: [] });
  });
});

test('what most likely no API server stores is told apart, in lists as well', () => {
  const kustomization = '{apiVersion: kustomize.config.k8s.io/v1beta1, kind: Kustomization}';
  const configuration = ['kustomize.config.k8s.io/v1beta1/Kustomization'];
  expect(read(kustomization)).toMatchObject({ configuration, needs: [], refused: [] });
  expect(read(`{apiVersion: v1, kind: List, items: [${kustomization}]}`)).toMatchObject({
    configuration,
    needs: [],
    refused: [],
  });
});

test('what a kustomization names as configuration of what it runs may be an object all the same', () => {
  const generator = 'apiVersion: generators.example.com/v1\nkind: Generator';
  expect(read(generator, undefined, { isPlugin: true })).toMatchObject({
    configuration: ['generators.example.com/v1/Generator'],
    needs: [],
  });
  expect(read(generator)).toMatchObject({ configuration: [], needs: ['generators.example.com/v1/Generator'] });
});

describe('patches of kustomize are no objects', () => {
  test.each([
    { rule: 'a JSON patch', yaml: '- op: replace\n  path: /spec/replicas\n  value: 3' },
    { rule: 'a JSON patch as JSON', yaml: '[{"op": "remove", "path": "/spec"}, {"op": "test", "path": "/a"}]' },
    { rule: 'a JSON patch that moves', yaml: '- {op: move, from: /a, path: /b}\n- {op: copy, from: /a, path: /b}' },
    {
      rule: 'what deletes an object',
      yaml: 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\n$patch: delete',
    },
    {
      rule: 'what deletes a custom resource',
      yaml: '$patch: delete\napiVersion: a.b/v1\nkind: C\nmetadata: {name: a}',
    },
    {
      rule: 'what replaces a part',
      yaml: 'apiVersion: apps/v1\nkind: Deployment\nspec: {template: {$patch: replace, spec: {}}}',
    },
    {
      rule: 'what deletes an item of a list',
      yaml: 'apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n      - name: a\n        $patch: delete',
    },
    {
      rule: 'what replaces a part of a kind in a group of Kubernetes',
      yaml: 'apiVersion: networking.k8s.io/v1\nkind: Ingress\nspec: {rules: [{$patch: replace}]}',
    },
  ])('$rule', ({ yaml }) => {
    expect(read(yaml)).toMatchObject({ leftOut: ['kustomize patch'], needs: [], refused: [] });
  });

  test.each([
    { rule: 'a list of something else', yaml: '- op: replace\n- name: a', refused: 1, needs: [] },
    { rule: 'a list with another operation', yaml: '- {op: merge, path: /a}', refused: 1, needs: [] },
    { rule: 'an empty list', yaml: '[]', refused: 1, needs: [] },
    {
      rule: 'a custom resource that holds a patch',
      yaml: 'apiVersion: a.b/v1\nkind: C\nspec: {patch: {$patch: delete}}',
      refused: 0,
      needs: ['a.b/v1/C'],
    },
    {
      rule: 'a text with a patch in it',
      yaml: 'apiVersion: v1\nkind: ConfigMap\ndata:\n  a: |\n    $patch: delete',
      refused: 0,
      needs: ['v1/ConfigMap'],
    },
    {
      rule: 'a field of that name with another value',
      yaml: 'apiVersion: v1\nkind: ConfigMap\ndata: {$patch: yes please}',
      refused: 0,
      needs: ['v1/ConfigMap'],
    },
  ])('but not $rule', ({ yaml, refused, needs }) => {
    const outcome = read(yaml);
    expect(outcome).toMatchObject({ leftOut: [], needs });
    expect(outcome.refused).toHaveLength(refused);
  });
});

describe('hints', () => {
  const hintOf = (yaml: string): string | undefined => {
    const hints: (string | undefined)[] = [];
    read(yaml, undefined, { refuse: (_at, _message, hint) => hints.push(hint) });
    expect(hints).toHaveLength(1);
    return hints[0];
  };
  test.each([
    ['a capital in a key', 'apiVersion: v1\nKind: Pod', 'Write kind where it says Kind.'],
    ['capitals throughout', 'apiVersion: v1\nKIND: Pod', 'Write kind where it says KIND.'],
    ['a capital in the other key', 'ApiVersion: v1\nkind: Pod', 'Write apiVersion where it says ApiVersion.'],
    ['a capital too few', 'apiversion: v1\nkind: Pod', 'Write apiVersion where it says apiversion.'],
    ['capitals as in Go', 'APIVersion: v1\nkind: Pod', 'Write apiVersion where it says APIVersion.'],
    ['an underscore', 'api_version: v1\nkind: Pod', 'Write apiVersion where it says api_version.'],
    ['a block text', 'apiVersion: v1\nkind: |\n  Pod\n', 'Write kind: Pod on one line.'],
    ['a list of objects', '- apiVersion: v1\n  kind: Pod', expect.stringMatching(/a document of its own.*kind: List/)],
    ['a list of something else', '- name: a', expect.stringMatching(/^Exclude the file/)],
    [
      'an encrypted document',
      'apiVersion: ENC[AES256_GCM,data:x]\nkind: Pod',
      expect.stringMatching(/encrypted_regex/),
    ],
    [
      'a list within a list',
      'apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: List, items: []}]',
      expect.stringMatching(/into the outer list/),
    ],
  ])('%s', (_rule, yaml, hint) => {
    expect(hintOf(yaml)).toEqual(hint);
  });
});

test('what a file’s name tells is left out, but only where the document has no kind', () => {
  expect(read('apiVersion: v2\nname: web', 'Helm Chart.yaml')).toMatchObject({
    leftOut: ['Helm Chart.yaml'],
    refused: [],
  });
  expect(read('apiVersion: v1\nkind: Pod', 'Helm values')).toMatchObject({ leftOut: [], needs: ['v1/Pod'] });
});
