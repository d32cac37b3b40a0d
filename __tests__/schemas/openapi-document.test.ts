import { expect, test } from 'vitest';
import { documentText, InvalidSchema, readDocumentText, trimDocument } from '../../src/schemas/openapi-document.ts';

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1';
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const post = (kind: string, name: string) => ({
  post: { 'x-kubernetes-group-version-kind': { kind }, requestBody: { content: { '*/*': { schema: ref(name) } } } },
});

const RAW = {
  info: { title: 'Kubernetes' },
  paths: {
    '/apis/apps/v1/namespaces/{namespace}/deployments': post('Deployment', 'io.k8s.api.apps.v1.Deployment'),
    '/api/v1/namespaces/{namespace}/pods/{name}/eviction': post('Eviction', 'Eviction'),
    '/apis/apps/v1/namespaces/{namespace}/deployments/{name}/status': {
      put: { 'x-kubernetes-group-version-kind': { kind: 'Deployment' } },
    },
    '/apis/apps/v1/': { get: {} },
  },
  components: {
    schemas: {
      'io.k8s.api.apps.v1.Deployment': {
        description: 'x',
        type: 'object',
        required: ['spec'],
        properties: {
          metadata: { default: {}, allOf: [ref(`${META}.ObjectMeta`)] },
          cpu: ref('io.k8s.apimachinery.pkg.api.resource.Quantity'),
          empty: ref('io.k8s.api.core.v1.Empty'),
          raw: ref('io.k8s.apimachinery.pkg.runtime.RawExtension'),
          list: { type: 'array', items: { type: 'string', default: '' }, 'x-kubernetes-list-type': 'set' },
          mode: { type: 'string', default: 'A', enum: ['A', 'B'] },
        },
      },
      [`${META}.ObjectMeta`]: { type: 'object', properties: { at: ref(`${META}.Time`) } },
      [`${META}.Time`]: { type: 'string', format: 'date-time' },
      'io.k8s.apimachinery.pkg.api.resource.Quantity': { oneOf: [{ type: 'string' }, { type: 'number' }] },
      'io.k8s.api.core.v1.Empty': { type: 'object' },
      'io.k8s.apimachinery.pkg.runtime.RawExtension': { type: 'object' },
      Eviction: { type: 'object' },
    },
  },
};

test('what creatable kinds reach is kept, without what decoding does not look at', () => {
  expect(trimDocument(RAW)).toEqual({
    origin: 'built-in',
    kinds: { Deployment: { type: 'io.k8s.api.apps.v1.Deployment', hasStatus: true } },
    types: {
      'io.k8s.api.apps.v1.Deployment': {
        type: 'object',
        required: ['spec'],
        properties: {
          cpu: { $ref: 'io.k8s.apimachinery.pkg.api.resource.Quantity' },
          empty: { $ref: 'io.k8s.api.core.v1.Empty' },
          list: { type: 'array', items: { type: 'string' } },
          metadata: { $ref: `${META}.ObjectMeta` },
          mode: { type: 'string', enum: ['A', 'B'] },
          raw: { $ref: 'io.k8s.apimachinery.pkg.runtime.RawExtension' },
        },
      },
      'io.k8s.api.core.v1.Empty': { type: 'object', properties: {} },
      [`${META}.ObjectMeta`]: { type: 'object', properties: { at: { $ref: `${META}.Time` } } },
      [`${META}.Time`]: { format: 'time' },
      'io.k8s.apimachinery.pkg.api.resource.Quantity': { format: 'quantity' },
      'io.k8s.apimachinery.pkg.runtime.RawExtension': {},
    },
  });
});

test.each([
  ['Kubernetes', 'built-in'],
  ['Kubernetes CRD Swagger', 'custom'],
  ['metrics-server', 'aggregated'],
])('a document titled %s is %s', (title, origin) => {
  expect(trimDocument({ ...RAW, info: { title } }).origin).toBe(origin);
});

test('its text reads as what it was, and is the same for the same', () => {
  const document = trimDocument(RAW);
  const text = documentText(document);
  expect([readDocumentText(text), documentText(readDocumentText(text))]).toEqual([document, text]);
});

test.each<[string, string]>([
  ['not JSON', '{'],
  ['not an object', '[]'],
  ['an origin that nobody knows', '{"origin":"x","types":{},"kinds":{}}'],
  ['a kind without its type', '{"origin":"custom","types":{},"kinds":{"A":{"type":"toString"}}}'],
  ['a reference to nothing', '{"origin":"custom","types":{"A":{"$ref":"B"}},"kinds":{}}'],
])('refused from the cache: %s', (_rule, text) => {
  expect(() => readDocumentText(text)).toThrow(InvalidSchema);
});

test('a document that refers to nothing is refused', () => {
  expect(() => trimDocument({ ...RAW, components: { schemas: {} } })).toThrow(/Deployment is missing/);
});
