/** A good CustomResourceDefinition, and the ways in which one can be wrong. */

type Json = { readonly [name: string]: unknown };

const schema = { openAPIV3Schema: { type: 'object' } };
const version: Json = { name: 'v1', served: true, storage: true, schema };

const good = {
  metadata: { name: 'widgets.example.com' },
  spec: {
    group: 'example.com',
    scope: 'Namespaced',
    names: { kind: 'Widget', plural: 'widgets' },
    versions: [version],
  },
};

interface Change {
  readonly metadata?: Json;
  /** Fields of the spec; `undefined` takes one away. */
  readonly spec?: Json;
}

const named = (group: string, plural: string, kind = 'Widget'): Change => ({
  metadata: { name: `${plural}.${group}` },
  spec: { group, names: { kind, plural } },
});

/** Each by the rule that it keeps or breaks; whether it is refused is for the API server to say. */
const CHANGES: Readonly<Record<string, Change>> = {
  'a good one': {},
  'a good one for the whole cluster': { spec: { scope: 'Cluster' } },
  'a good one with several versions': {
    spec: {
      versions: [
        version,
        { ...version, name: 'v2', storage: false },
        { ...version, name: 'v1beta1', storage: false, served: false },
      ],
    },
  },
  'a good one that keeps unknown fields by its schema': {
    spec: {
      versions: [
        { ...version, schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } } },
      ],
    },
  },
  'a good one that keeps no unknown fields': { spec: { preserveUnknownFields: false } },
  'a good one in a group of many parts': named('a-1.b.example.com', 'widgets'),
  'another name': { metadata: { name: 'widget.example.com' } },
  'no name': { metadata: {} },
  'no group': { spec: { group: undefined } },
  'a group without a dot': named('example', 'widgets'),
  'a group in upper case': named('Example.com', 'widgets'),
  'a group that ends in a dot': named('example.com.', 'widgets'),
  'a group with an underscore': named('my_group.example.com', 'widgets'),
  'no names': { spec: { names: undefined } },
  'no plural': { spec: { names: { kind: 'Widget' } } },
  'no kind': { spec: { names: { plural: 'widgets' } } },
  'a plural in upper case': named('example.com', 'Widgets'),
  'a plural with a slash': named('example.com', 'wid/gets'),
  'a plural that begins with a digit': named('example.com', '1widgets'),
  'a kind with a blank': named('example.com', 'widgets', 'Wid get'),
  'a kind in lower case': named('example.com', 'widgets', 'widget'),
  'a kind with a dash': named('example.com', 'widgets', 'Wid-get'),
  'a kind that begins with a digit': named('example.com', 'widgets', '1Widget'),
  'no scope': { spec: { scope: undefined } },
  'another scope': { spec: { scope: 'Namespace' } },
  'a scope in lower case': { spec: { scope: 'cluster' } },
  'no versions': { spec: { versions: undefined } },
  'an empty list of versions': { spec: { versions: [] } },
  'the one version of v1beta1': { spec: { versions: undefined, version: 'v1' } },
  'the one version of v1beta1 beside a list': { spec: { version: 'v1' } },
  'a version without a name': { spec: { versions: [{ served: true, storage: true, schema }] } },
  'a version that is no label': { spec: { versions: [{ ...version, name: 'v1.0' }] } },
  'a version in upper case': { spec: { versions: [{ ...version, name: 'V1' }] } },
  'a version that begins with a digit': { spec: { versions: [{ ...version, name: '2024-01-01' }] } },
  'a version twice': { spec: { versions: [version, { ...version, storage: false }] } },
  'no storage version': { spec: { versions: [{ ...version, storage: false }] } },
  'a version that does not say whether it is stored': { spec: { versions: [{ name: 'v1', served: true, schema }] } },
  'a version that does not say whether it is served': { spec: { versions: [{ name: 'v1', storage: true, schema }] } },
  'two storage versions': { spec: { versions: [version, { ...version, name: 'v2' }] } },
  'no version that is served': { spec: { versions: [{ ...version, served: false }] } },
  'a version without a schema': { spec: { versions: [{ name: 'v1', served: true, storage: true }] } },
  'a version with an empty schema': { spec: { versions: [{ ...version, schema: {} }] } },
  'a schema without a type': { spec: { versions: [{ ...version, schema: { openAPIV3Schema: {} } }] } },
  'a schema without a type that keeps unknown fields': {
    spec: { versions: [{ ...version, schema: { openAPIV3Schema: { 'x-kubernetes-preserve-unknown-fields': true } } }] },
  },
  'a schema of another type that keeps unknown fields': {
    spec: {
      versions: [
        { ...version, schema: { openAPIV3Schema: { type: 'string', 'x-kubernetes-preserve-unknown-fields': true } } },
      ],
    },
  },
  'a schema without a type that keeps no unknown fields': {
    spec: {
      versions: [{ ...version, schema: { openAPIV3Schema: { 'x-kubernetes-preserve-unknown-fields': false } } }],
    },
  },
  'a schema of an empty type that keeps unknown fields': {
    spec: {
      versions: [
        { ...version, schema: { openAPIV3Schema: { type: '', 'x-kubernetes-preserve-unknown-fields': true } } },
      ],
    },
  },
  'a schema of another type': { spec: { versions: [{ ...version, schema: { openAPIV3Schema: { type: 'string' } } }] } },
  'a version that is not served, without a schema': {
    spec: { versions: [version, { name: 'v2', served: false, storage: false }] },
  },
  'the schema of v1beta1': {
    spec: { versions: [{ name: 'v1', served: true, storage: true }], validation: schema },
  },
  'unknown fields kept as in v1beta1': { spec: { preserveUnknownFields: true } },
  'a group of the Kubernetes project': named('widgets.k8s.io', 'widgets'),
  'a group of the Kubernetes project by its older name': named('widgets.kubernetes.io', 'widgets'),
  'a group of the Kubernetes project, approved': {
    ...named('widgets.k8s.io', 'widgets'),
    metadata: {
      name: 'widgets.widgets.k8s.io',
      annotations: { 'api-approved.kubernetes.io': 'https://github.com/kubernetes/kubernetes/pull/1' },
    },
  },
  'a group of the Kubernetes project, not approved and open about it': {
    ...named('widgets.k8s.io', 'widgets'),
    metadata: {
      name: 'widgets.widgets.k8s.io',
      annotations: { 'api-approved.kubernetes.io': 'unapproved, experimental' },
    },
  },
  'a group of the Kubernetes project, approved by nobody': {
    ...named('widgets.k8s.io', 'widgets'),
    metadata: { name: 'widgets.widgets.k8s.io', annotations: { 'api-approved.kubernetes.io': 'yes' } },
  },
  'a group that only ends like one of the Kubernetes project': named('notk8s.io', 'widgets'),
};

export interface CrdVariant {
  readonly rule: string;
  readonly definition: Json;
}

function definitionOf(change: Change): Json {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: change.metadata ?? good.metadata,
    spec: { ...good.spec, ...change.spec },
  };
}

export const goodDefinition: Json = definitionOf({});

export const crdVariants: readonly CrdVariant[] = Object.entries(CHANGES).map(([rule, change]) => ({
  rule,
  definition: definitionOf(change),
}));
