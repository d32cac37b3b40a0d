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

const withNames = (names: Json): Change => ({ spec: { names: { kind: 'Widget', plural: 'widgets', ...names } } });
const withVersion = (more: Json): Change => ({ spec: { versions: [{ ...version, ...more }] } });
const withScale = (scale: Json): Change =>
  withVersion({
    subresources: { scale: { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas', ...scale } },
  });
const withColumn = (column: Json): Change =>
  withVersion({ additionalPrinterColumns: [{ name: 'Size', type: 'integer', jsonPath: '.spec.size', ...column }] });
const withWebhook = (clientConfig: Json | undefined, more: Json = {}): Change => ({
  spec: {
    conversion: { strategy: 'Webhook', webhook: { conversionReviewVersions: ['v1'], clientConfig, ...more } },
  },
});
const service = { name: 'a', namespace: 'b' };

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
  'a good one with all names': withNames({
    singular: 'widget',
    listKind: 'WidgetList',
    shortNames: ['w', 'wd'],
    categories: ['all', 'things'],
  }),
  'a list kind of its own': withNames({ listKind: 'Widgets' }),
  'a list kind that is the kind': withNames({ listKind: 'Widget' }),
  'a list kind with a blank': withNames({ listKind: 'Widget List' }),
  'a list kind in lower case': withNames({ listKind: 'widgetlist' }),
  'a list kind that is a number': withNames({ listKind: 1 }),
  'a singular in upper case': withNames({ singular: 'Widget' }),
  'a singular with an underscore': withNames({ singular: 'wid_get' }),
  'a singular that is its plural': withNames({ singular: 'widgets' }),
  'an empty singular': withNames({ singular: '' }),
  'a short name in upper case': withNames({ shortNames: ['W'] }),
  'a short name with a dot': withNames({ shortNames: ['w', 'w.d'] }),
  'an empty short name': withNames({ shortNames: [''] }),
  'a short name that is its plural': withNames({ shortNames: ['widgets'] }),
  'a short name twice': withNames({ shortNames: ['w', 'w'] }),
  'short names in a text': withNames({ shortNames: 'w' }),
  'a short name that is a number': withNames({ shortNames: [1] }),
  'no short names': withNames({ shortNames: [] }),
  'a category in upper case': withNames({ categories: ['All'] }),
  'a category with a slash': withNames({ categories: ['a/b'] }),
  'an empty category': withNames({ categories: [''] }),
  'a kind that leaves no room for its list': named('example.com', 'widgets', 'W'.repeat(61)),
  'a kind that leaves just room for its list': named('example.com', 'widgets', 'W'.repeat(59)),
  'a deprecated version': withVersion({ deprecated: true }),
  'a deprecated version with a warning': withVersion({ deprecated: true, deprecationWarning: 'Use v2 – soon.' }),
  'a warning of a version that is not deprecated': withVersion({ deprecationWarning: 'Use v2.' }),
  'a warning of a version that is expressly not deprecated': withVersion({
    deprecated: false,
    deprecationWarning: 'x',
  }),
  'an empty warning': withVersion({ deprecated: true, deprecationWarning: '' }),
  'a warning of 256 characters': withVersion({ deprecated: true, deprecationWarning: 'x'.repeat(256) }),
  'a warning of 257 characters': withVersion({ deprecated: true, deprecationWarning: 'x'.repeat(257) }),
  'a warning of 256 characters in more bytes': withVersion({ deprecated: true, deprecationWarning: 'é'.repeat(256) }),
  'a warning of two lines': withVersion({ deprecated: true, deprecationWarning: 'Use\nv2.' }),
  'a warning with a tab': withVersion({ deprecated: true, deprecationWarning: 'Use\tv2.' }),
  'a warning with a blank that does not break': withVersion({ deprecated: true, deprecationWarning: 'Use\u00a0v2.' }),
  'served in quotes': withVersion({ served: 'true' }),
  'storage in quotes': withVersion({ storage: 'true' }),
  'deprecated as a number': withVersion({ deprecated: 1 }),
  'a status': withVersion({ subresources: { status: {} } }),
  'a scale': withScale({}),
  'a scale with a selector in the spec': withScale({ labelSelectorPath: '.spec.selector' }),
  'a scale with a selector elsewhere': withScale({ labelSelectorPath: '.metadata.labels' }),
  'a scale with an empty selector': withScale({ labelSelectorPath: '' }),
  'a scale without the path of what is wanted': withScale({ specReplicasPath: undefined }),
  'a scale without the path of what is there': withScale({ statusReplicasPath: undefined }),
  'a scale with a path outside of the spec': withScale({ specReplicasPath: '.status.replicas' }),
  'a scale with a path without a dot': withScale({ specReplicasPath: 'spec.replicas' }),
  'a scale with a path outside of the status': withScale({ statusReplicasPath: '.spec.replicas' }),
  'a scale with the status alone as its path': withScale({ statusReplicasPath: '.status' }),
  'a printer column': withColumn({}),
  'a printer column with a format': withColumn({ format: 'int64', priority: 1 }),
  'a printer column without a name': withColumn({ name: undefined }),
  'a printer column without a type': withColumn({ type: undefined }),
  'a printer column of another type': withColumn({ type: 'text' }),
  'a printer column of another format': withColumn({ format: 'ipv4' }),
  'a printer column without a path': withColumn({ jsonPath: undefined }),
  'a printer column with a path without a dot': withColumn({ jsonPath: 'spec.size' }),
  'no conversion': { spec: { conversion: { strategy: 'None' } } },
  'no conversion with the versions of a webhook': {
    spec: { conversion: { strategy: 'None', webhook: { conversionReviewVersions: ['v1'] } } },
  },
  'no conversion with a webhook': {
    spec: {
      conversion: { strategy: 'None', webhook: { conversionReviewVersions: ['v1'], clientConfig: { service } } },
    },
  },
  'a conversion without a strategy': { spec: { conversion: {} } },
  'a conversion with another strategy': { spec: { conversion: { strategy: 'webhook' } } },
  'a webhook behind a service': withWebhook({ service }),
  'a webhook behind a service with all there is': withWebhook({
    service: { ...service, path: '/convert', port: 8443 },
  }),
  'a webhook at a URL': withWebhook({ url: 'https://example.com/convert' }),
  'a webhook without a client': withWebhook(undefined),
  'a webhook with an empty client': withWebhook({}),
  'a webhook at two places': withWebhook({ service, url: 'https://example.com' }),
  'a webhook without TLS': withWebhook({ url: 'http://example.com' }),
  'a webhook with a user': withWebhook({ url: 'https://me@example.com' }),
  'a webhook with a query': withWebhook({ url: 'https://example.com/?a=b' }),
  'a webhook with a fragment': withWebhook({ url: 'https://example.com/#a' }),
  'a webhook behind a service without a name': withWebhook({ service: { namespace: 'b' } }),
  'a webhook behind a service without a namespace': withWebhook({ service: { name: 'a' } }),
  'a webhook behind a port that is none': withWebhook({ service: { ...service, port: 0 } }),
  'a webhook behind a port that is too high': withWebhook({ service: { ...service, port: 65_536 } }),
  'a webhook without versions': withWebhook({ service }, { conversionReviewVersions: [] }),
  'a webhook with other versions': withWebhook({ service }, { conversionReviewVersions: ['v2'] }),
  'a webhook with an older version beside': withWebhook({ service }, { conversionReviewVersions: ['v1', 'v1beta1'] }),
  'a webhook with a version twice': withWebhook({ service }, { conversionReviewVersions: ['v1', 'v1'] }),
  'a webhook with a version that is none': withWebhook({ service }, { conversionReviewVersions: ['v1', 'V2'] }),
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

/** A good APIService, and the ways in which one can be wrong. */
const goodService = {
  apiVersion: 'apiregistration.k8s.io/v1',
  kind: 'APIService',
  metadata: { name: 'v1.things.example.com' },
  spec: {
    group: 'things.example.com',
    version: 'v1',
    groupPriorityMinimum: 1_000,
    versionPriority: 15,
    service: { name: 'things', namespace: 'default' },
  },
};

const SERVICE_CHANGES: Readonly<Record<string, { readonly name?: string; readonly spec?: Json }>> = {
  'a good one': {},
  'another name': { name: 'v1.things' },
  'a group without a dot': { name: 'v1.things', spec: { group: 'things' } },
  'a group in upper case': { name: 'v1.Things.example.com', spec: { group: 'Things.example.com' } },
  'a version that is no label': { name: 'v1.0.things.example.com', spec: { version: 'v1.0' } },
  'no group': { name: 'v2.', spec: { group: '', version: 'v2' } },
  'no groupPriorityMinimum': { spec: { groupPriorityMinimum: undefined } },
  'a groupPriorityMinimum of nothing': { spec: { groupPriorityMinimum: 0 } },
  'a groupPriorityMinimum below nothing': { spec: { groupPriorityMinimum: -1 } },
  'the highest groupPriorityMinimum': { spec: { groupPriorityMinimum: 20_000 } },
  'a groupPriorityMinimum that is too high': { spec: { groupPriorityMinimum: 20_001 } },
  'a groupPriorityMinimum in quotes': { spec: { groupPriorityMinimum: '1000' } },
  'no versionPriority': { spec: { versionPriority: undefined } },
  'a versionPriority of nothing': { spec: { versionPriority: 0 } },
  'the highest versionPriority': { spec: { versionPriority: 1_000 } },
  'a versionPriority that is too high': { spec: { versionPriority: 1_001 } },
  'a service without a name': { spec: { service: { namespace: 'default' } } },
  'a service without a namespace': { spec: { service: { name: 'things' } } },
  'a service with a port': { spec: { service: { name: 'things', namespace: 'default', port: 8443 } } },
  'a port that is too high': { spec: { service: { name: 'things', namespace: 'default', port: 65_536 } } },
  'a port below nothing': { spec: { service: { name: 'things', namespace: 'default', port: -1 } } },
  'no TLS to verify': { spec: { insecureSkipTLSVerify: true } },
  'a bundle of certificates': { spec: { caBundle: 'aGVsbG8=' } },
  'a bundle of certificates that nobody verifies': { spec: { caBundle: 'aGVsbG8=', insecureSkipTLSVerify: true } },
  'a bundle of certificates that is expressly verified': {
    spec: { caBundle: 'aGVsbG8=', insecureSkipTLSVerify: false },
  },
  'an empty bundle that nobody verifies': { spec: { caBundle: '', insecureSkipTLSVerify: true } },
};

export const apiServiceVariants: readonly CrdVariant[] = Object.entries(SERVICE_CHANGES).map(
  ([rule, { name = goodService.metadata.name, spec }]) => ({
    rule,
    definition: { ...goodService, metadata: { name }, spec: { ...goodService.spec, ...spec } },
  }),
);

export const crdVariants: readonly CrdVariant[] = Object.entries(CHANGES).map(([rule, change]) => ({
  rule,
  definition: definitionOf(change),
}));
