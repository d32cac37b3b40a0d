/**
 * CustomResourceDefinitions like those that people write, each with an object that it takes: every keyword that structural schemas have, in changing company.
 */
import type { SentObject } from './field-oracle.ts';

export interface VariedCrd {
  readonly crd: SentObject;
  /** An object that an API server with this definition takes. */
  readonly object: SentObject;
}

type JsonSchema = Readonly<Record<string, unknown>>;

/** A field as a definition has it, and a value that it takes. */
interface Feature {
  readonly schema: JsonSchema;
  readonly value: unknown;
  readonly required?: boolean;
}

const text = (keywords: JsonSchema = {}): JsonSchema => ({ type: 'string', ...keywords });
const whole = (keywords: JsonSchema = {}): JsonSchema => ({ type: 'integer', ...keywords });
const object = (properties: Readonly<Record<string, unknown>>, keywords: JsonSchema = {}): JsonSchema => ({
  type: 'object',
  properties,
  ...keywords,
});
const list = (items: JsonSchema, keywords: JsonSchema = {}): JsonSchema => ({ type: 'array', items, ...keywords });
const map = (additionalProperties: unknown, keywords: JsonSchema = {}): JsonSchema => ({
  type: 'object',
  additionalProperties,
  ...keywords,
});

const SELECTOR = object({
  matchLabels: map(text()),
  matchExpressions: list(
    object(
      { key: text(), operator: text(), values: list(text(), { 'x-kubernetes-list-type': 'atomic' }) },
      { required: ['key', 'operator'] },
    ),
  ),
});

const CONDITION = object(
  {
    type: text({
      maxLength: 316,
      pattern:
        '^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$',
    }),
    status: text({ enum: ['True', 'False', 'Unknown'] }),
    lastTransitionTime: text({ format: 'date-time' }),
    observedGeneration: whole({ format: 'int64', minimum: 0 }),
    reason: text({ minLength: 1, maxLength: 1024 }),
    message: text({ maxLength: 32768 }),
  },
  { required: ['type', 'status'] },
);

/** By the name of the field. */
const FEATURES: Readonly<Record<string, Feature>> = {
  replicas: { schema: whole({ format: 'int32', minimum: 0, maximum: 100, default: 1 }), value: 3 },
  image: { schema: text({ minLength: 1, maxLength: 255 }), value: 'registry.example/app:1', required: true },
  mode: { schema: text({ enum: ['Active', 'Standby', ''], default: 'Active' }), value: 'Standby' },
  paused: { schema: { type: 'boolean', default: false }, value: true },
  weight: { schema: { type: 'number', minimum: 0, exclusiveMinimum: true, maximum: 1 }, value: 0.25 },
  step: { schema: whole({ multipleOf: 5, exclusiveMaximum: true, maximum: 100 }), value: 15 },
  ratio: { schema: { type: 'number', format: 'double', multipleOf: 0.5 }, value: 2.5 },
  schedule: {
    schema: text({
      pattern: '^(@(annually|yearly|monthly|weekly|daily|hourly))|((((\\d+,)+\\d+|(\\d+([/-])\\d+)|\\d+|\\*) ?){5,7})$',
    }),
    value: '0 3 * * *',
  },
  storage: {
    schema: {
      anyOf: [{ type: 'integer' }, { type: 'string' }],
      pattern:
        '^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$',
      'x-kubernetes-int-or-string': true,
    },
    value: '10Gi',
  },
  maxUnavailable: { schema: { 'x-kubernetes-int-or-string': true }, value: '25%' },
  port: { schema: { 'x-kubernetes-int-or-string': true, nullable: true }, value: 8080 },
  startsAt: { schema: text({ format: 'date-time' }), value: '2026-01-31T12:00:00Z' },
  day: { schema: text({ format: 'date' }), value: '2026-02-28' },
  timeout: { schema: text({ format: 'duration' }), value: '1h30m' },
  caBundle: { schema: text({ format: 'byte' }), value: 'aGVsbG8=' },
  endpoint: { schema: text({ format: 'uri' }), value: 'https://example.com/path' },
  contact: { schema: text({ format: 'email' }), value: 'ops@example.com' },
  host: { schema: text({ format: 'hostname' }), value: 'db.example.com' },
  address: { schema: text({ format: 'ipv4' }), value: '10.0.0.1' },
  address6: { schema: text({ format: 'ipv6' }), value: '2001:db8::1' },
  network: { schema: text({ format: 'cidr' }), value: '10.0.0.0/8' },
  hardwareAddress: { schema: text({ format: 'mac' }), value: '00:00:5e:00:53:01' },
  identifier: { schema: text({ format: 'uuid' }), value: '123e4567-e89b-12d3-a456-426614174000' },
  color: { schema: text({ format: 'hexcolor' }), value: '#ff8800' },
  password: { schema: text({ format: 'password' }), value: 'anything' },
  custom: { schema: text({ format: 'semver' }), value: '1.2.3' },
  labels: { schema: map(text(), { minProperties: 1, maxProperties: 4 }), value: { app: 'web', tier: 'front' } },
  quotas: { schema: map(whole({ minimum: 1 })), value: { cpu: 4, memory: 8 } },
  matrix: { schema: map(list(text({ maxLength: 10 }))), value: { os: ['linux', 'mac'] } },
  selector: {
    schema: SELECTOR,
    value: { matchLabels: { app: 'web' }, matchExpressions: [{ key: 'tier', operator: 'In', values: ['a'] }] },
  },
  hosts: {
    schema: list(text({ minLength: 3 }), { 'x-kubernetes-list-type': 'set', minItems: 1, maxItems: 5 }),
    value: ['one', 'two'],
  },
  codes: { schema: list(whole(), { 'x-kubernetes-list-type': 'set' }), value: [1, 2, 3] },
  ports: {
    schema: list(
      object(
        {
          name: text(),
          port: whole({ format: 'int32', minimum: 1, maximum: 65535 }),
          protocol: text({ default: 'TCP', enum: ['TCP', 'UDP'] }),
        },
        { required: ['port'] },
      ),
      { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['port', 'protocol'] },
    ),
    value: [{ port: 80 }, { port: 80, protocol: 'UDP' }, { name: 'web', port: 443 }],
  },
  env: {
    schema: list(
      object(
        {
          name: text(),
          value: text(),
          from: object({ key: text(), optional: { type: 'boolean' } }, { required: ['key'] }),
        },
        { required: ['name'] },
      ),
      {
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': ['name'],
      },
    ),
    value: [
      { name: 'A', value: '1' },
      { name: 'B', from: { key: 'b', optional: true } },
    ],
  },
  grid: { schema: list(list(whole())), value: [[1, 2], [3]] },
  template: {
    schema: { type: 'object', 'x-kubernetes-embedded-resource': true, 'x-kubernetes-preserve-unknown-fields': true },
    value: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x', labels: { a: 'b' } }, data: { k: 'v' } },
  },
  patched: {
    schema: object({ spec: object({ size: whole() }) }, { 'x-kubernetes-embedded-resource': true }),
    value: { apiVersion: 'example.com/v1', kind: 'Inner', metadata: { annotations: { a: 'b' } }, spec: { size: 1 } },
  },
  config: {
    schema: object(
      { level: whole({ maximum: 9 }), nested: object({ a: text() }) },
      { 'x-kubernetes-preserve-unknown-fields': true },
    ),
    value: { level: 3, nested: { a: 'x' }, free: { form: [1] } },
  },
  values: {
    schema: { 'x-kubernetes-preserve-unknown-fields': true },
    value: { anything: [1, 'two', { three: null }] },
  },
  free: { schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }, value: { a: 1 } },
  loose: { schema: map(true), value: { a: 'b', c: 1 } },
  comment: { schema: text({ nullable: true }), value: null },
  owner: {
    schema: object(
      { name: text(), team: text({ nullable: true, enum: ['red', 'blue'] }) },
      { nullable: true, required: ['name'] },
    ),
    value: { name: 'me', team: 'red' },
  },
  secretRef: {
    schema: object(
      { name: text({ default: '' }), key: text({ pattern: '^[-._a-zA-Z0-9]+$' }) },
      { required: ['key', 'name'], 'x-kubernetes-map-type': 'atomic' },
    ),
    value: { name: 's', key: 'token' },
  },
  limits: {
    schema: object({ cpu: text(), memory: text() }, { default: { cpu: '1' }, minProperties: 1, maxProperties: 2 }),
    value: { cpu: '2' },
  },
  strategy: {
    schema: object(
      { type: text({ enum: ['Recreate', 'Rolling'] }), rolling: object({ surge: whole() }) },
      { oneOf: [{ required: ['rolling'] }, { properties: { type: { enum: ['Recreate'] } } }] },
    ),
    value: { type: 'Rolling', rolling: { surge: 1 } },
  },
  window: {
    schema: object(
      { from: whole(), to: whole() },
      {
        'x-kubernetes-validations': [{ rule: 'self.from <= self.to', message: 'must not end before it begins' }],
        required: ['from', 'to'],
      },
    ),
    value: { from: 1, to: 2 },
  },
  unicode: { schema: text({ minLength: 2, maxLength: 4 }), value: 'äö😀' },
  lookahead: { schema: text({ pattern: '^(?i)[a-z]+(?-i)$' }), value: 'Abc' },
  named: { schema: text({ pattern: '^(?P<major>\\d+)\\.(?P<minor>\\d+)$' }), value: '1.2' },
  large: { schema: whole({ format: 'int64', minimum: -9007199254740991 }), value: 4_000_000_000 },
  small: { schema: { type: 'number', format: 'float' }, value: 1.5 },
  levels: {
    schema: list(text({ enum: ['a', 'b', 'c'] }), { 'x-kubernetes-list-type': 'atomic' }),
    value: ['a', 'b', 'a'],
  },
  numbers: { schema: list({ type: 'number', minimum: 0 }), value: [0, 0.5, 2] },
};

const KINDS = [
  ...[
    'Gateway',
    'Database',
    'Backup',
    'Tenant',
    'Queue',
    'Bucket',
    'Topic',
    'Pipeline',
    'Stage',
    'Release',
    'Certificate',
  ],
  ...[
    'Issuer',
    'Monitor',
    'Probe',
    'Dashboard',
    'Alert',
    'Policy',
    'Quota',
    'Network',
    'Subnet',
    'Router',
    'Firewall',
    'Machine',
  ],
  ...[
    'Pool',
    'Volume',
    'Mirror',
    'Registry',
    'Scanner',
    'Report',
    'Budget',
    'Workflow',
    'Trigger',
    'Sensor',
    'Broker',
    'Channel',
  ],
  ...[
    'Stream',
    'Cache',
    'Index',
    'Shard',
    'Replica',
    'Proxy',
    'Tunnel',
    'Vault',
    'Token',
    'Role',
    'Claim',
    'Profile',
    'Session',
  ],
  ...['Window', 'Calendar', 'Rollout', 'Canary'],
];

/** 53 definitions in five groups; each keyword is in several, and no two are alike. */
export function variedCrds(): readonly VariedCrd[] {
  const names = Object.keys(FEATURES);
  return KINDS.map((kind, index) => {
    const size = 6 + (index % 7);
    const chosen = Array.from(
      { length: size },
      (_, nth) => names[(index * 5 + nth * (3 + (index % 4))) % names.length] ?? 'image',
    );
    return crdOf(kind, index, [...new Set(chosen)]);
  });
}

function crdOf(kind: string, index: number, names: readonly string[]): VariedCrd {
  const group = `g${index % 5}.varied.example`;
  const plural = `${kind.toLowerCase()}s`;
  const features = names.map((name) => [name, FEATURES[name]] as const);
  const properties = Object.fromEntries(features.map(([name, feature]) => [name, feature?.schema]));
  const required = features.filter(([, feature]) => feature?.required).map(([name]) => name);
  const spec = object(properties, required.length > 0 ? { required } : {});
  const hasStatus = index % 2 === 0;
  const status = object({
    phase: text({ enum: ['Ready', 'Failed'] }),
    conditions: list(CONDITION, { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['type'] }),
  });
  const values = Object.fromEntries(features.map(([name, feature]) => [name, feature?.value]));
  const condition = {
    type: 'Ready',
    status: 'True',
    lastTransitionTime: '2026-01-31T12:00:00Z',
    reason: 'Done',
    message: '',
  };
  return {
    crd: {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: `${plural}.${group}` },
      spec: {
        group,
        scope: index % 3 === 0 ? 'Cluster' : 'Namespaced',
        names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
        versions: [
          {
            name: 'v1',
            served: true,
            storage: true,
            schema: { openAPIV3Schema: { ...object({ spec, status }), required: ['spec'] } },
            ...(hasStatus ? { subresources: { status: {} } } : {}),
          },
          {
            name: 'v1beta1',
            served: index % 4 === 0,
            storage: false,
            schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
          },
        ],
      },
    },
    object: {
      apiVersion: `${group}/v1`,
      kind,
      metadata: { name: `a-${kind.toLowerCase()}`, labels: { app: 'x' }, annotations: { note: 'y' } },
      spec: values,
      status: { phase: 'Ready', conditions: [condition] },
    },
  };
}
