import { describe, expect, test } from 'vitest';
import { OBJECT, readObject } from '../../src/manifests/objects.ts';
import { formatGroupVersion } from '../../src/model/group-version.ts';
import { readYaml } from '../../src/yaml/reader.ts';
import { goodDefinition } from '../helpers/crd-variants.ts';

interface Outcome {
  needs: string[];
  provided: string[];
  refused: string[];
  leftOut: string[];
  unrendered: string[];
  warned: string[];
}

function read(yaml: string, unnamed?: string): Outcome {
  const outcome: Outcome = { needs: [], provided: [], refused: [], leftOut: [], unrendered: [], warned: [] };
  const { root } = readYaml(Buffer.from(yaml), OBJECT);
  if (root === undefined) throw new Error('the document holds nothing');
  readObject(root, {
    need: ({ groupVersion, kinds, object }) => {
      const where = object.namespace === undefined ? object.name : `${object.namespace}/${object.name}`;
      outcome.needs.push(`${formatGroupVersion(groupVersion)}/${kinds.join('|')} ${where}`.trim());
    },
    provide: ({ groupVersion, kind, resource, served }) =>
      outcome.provided.push(
        `${formatGroupVersion(groupVersion)} ${kind ?? '*'} ${resource ?? '*'} ${served ? 'served' : 'not served'}`,
      ),
    refuse: (at, message) => outcome.refused.push(`${at}: ${message}`),
    leaveOut: (name) => outcome.leftOut.push(name),
    unnamed: () => unnamed,
    unrendered: (at, field, text) => outcome.unrendered.push(`${at}: ${field} ${text}`),
    warn: (at, message) => outcome.warned.push(`${at}: ${message}`),
  });
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
      rule: 'a List is unpacked to any depth',
      yaml: 'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: Pod}]}\n- {apiVersion: apps/v1, kind: Deployment}',
      needs: ['v1/Pod', 'apps/v1/Deployment'],
    },
    { rule: 'an empty List needs nothing', yaml: 'apiVersion: v1\nkind: List\nitems: []', needs: [] },
    {
      rule: 'a List of another version needs that version',
      yaml: 'apiVersion: apps/v1\nkind: List\nitems: []',
      needs: ['apps/v1/List'],
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
      rule: 'a generation that is text',
      yaml: 'apiVersion: v1\nkind: Pod\nmetadata: {generation: "1"}',
      refused: /generation must be a number/,
    },
  ])('$rule', ({ yaml, refused }) => {
    const outcome = read(yaml);
    expect(outcome.refused).toEqual([expect.stringMatching(refused)]);
    expect(outcome.needs.filter((need) => !need.startsWith('v1/List'))).toEqual([]);
  });

  test.each([
    {
      rule: 'null in metadata',
      yaml: 'apiVersion: v1\nkind: Pod\nmetadata: {labels: null, annotations: {a: null}, creationTimestamp: null}',
    },
    { rule: 'a date in a label', yaml: 'apiVersion: v1\nkind: Pod\nmetadata: {labels: {since: 2026-01-31}}' },
    {
      rule: 'the metadata of items, which only the server reads',
      yaml: 'apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: Pod, metadata: {labels: {a: 1}}}]',
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

test('what no API server stores is left out, in lists as well', () => {
  const kustomization = '{apiVersion: kustomize.config.k8s.io/v1beta1, kind: Kustomization}';
  const leftOut = ['kustomize.config.k8s.io/v1beta1 Kustomization'];
  expect(read(kustomization)).toMatchObject({ leftOut, needs: [], refused: [] });
  expect(read(`{apiVersion: v1, kind: List, items: [${kustomization}]}`)).toMatchObject({
    leftOut,
    needs: [],
    refused: [],
  });
});

test('what a file’s name tells is left out, but only where the document has no kind', () => {
  expect(read('apiVersion: v2\nname: web', 'Helm Chart.yaml')).toMatchObject({
    leftOut: ['Helm Chart.yaml'],
    refused: [],
  });
  expect(read('apiVersion: v1\nkind: Pod', 'Helm values')).toMatchObject({ leftOut: [], needs: ['v1/Pod'] });
});
