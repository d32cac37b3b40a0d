import { expect, test } from 'vitest';
import type { ApiResponse } from '../../src/cluster/cluster.ts';
import { quote, type Refusal, readReply } from '../../src/discovery/reply.ts';
import { expectKind } from '../../src/model/json-document.ts';

type Answer = { status?: number; contentType?: string; body: unknown; refused?: ApiResponse['refused'] };

function read(answer: Answer, path = '/apis') {
  const { status = 200, contentType = 'application/json', body, refused } = answer;
  return readReply(
    path,
    { status, contentType, body: typeof body === 'string' ? body : JSON.stringify(body), refused },
    (document) => {
      expectKind(document, 'APIGroupList');
      return 'read';
    },
  );
}

function refusal(...parameters: Parameters<typeof read>): Refusal {
  const answer = read(...parameters);
  if (answer.kind !== 'refused') throw new Error('accepted');
  return answer.refusal;
}

const status = (code: number, message: string) => ({
  status: code,
  body: { kind: 'Status', status: 'Failure', message, code },
});
const page = '<!DOCTYPE html>\n<html><head><title>Sign\n in</title></head></html>';

test.each([200, 201, 206])('status %i is success, as it is for client-go', (code) => {
  expect(read({ status: code, body: { kind: 'APIGroupList' } })).toEqual({ kind: 'accepted', value: 'read' });
});

test.each([
  [401, 'unauthorized'],
  [403, 'forbidden'],
  [404, 'not-found'],
  [408, 'unavailable'],
  [429, 'unavailable'],
  [500, 'unavailable'],
  [503, 'unavailable'],
  [599, 'unavailable'],
  [204, 'invalid'],
  [302, 'invalid'],
  [304, 'invalid'],
  [400, 'invalid'],
  [405, 'invalid'],
  [406, 'invalid'],
  [100, 'invalid'],
])('status %i is %s', (code, reason) => {
  expect(refusal({ status: code, body: '' }).reason).toBe(reason);
});

test.each([
  [302, true],
  [304, false],
])('%i is a redirect, as its hint says: %s', (code, isRedirect) => {
  expect(refusal({ status: code, body: '' }).hint?.startsWith('Redirects')).toBe(isRedirect);
});

test.each([
  [
    "a Status' message",
    status(503, 'the server is starting'),
    'GET /apis answered 503 Service Unavailable: the server is starting',
  ],
  [
    'text',
    { status: 503, contentType: 'text/plain', body: 'service unavailable\n' },
    'GET /apis answered 503 Service Unavailable: service unavailable',
  ],
  ['text that is called JSON', { status: 500, body: 'oops' }, 'GET /apis answered 500 Internal Server Error: oops'],
  [
    'the error field of a proxy',
    { status: 502, body: { error: 'no upstream' } },
    'GET /apis answered 502 Bad Gateway: no upstream',
  ],
  ['nothing', { status: 502, body: '' }, 'GET /apis answered 502 Bad Gateway'],
  ['a status without a name', { status: 418, body: 'short and stout' }, 'GET /apis answered 418: short and stout'],
  [
    'a page',
    { status: 503, contentType: 'text/html', body: page },
    'GET /apis answered 503 Service Unavailable: an HTML page titled "Sign in"',
  ],
  [
    'a page with success',
    { contentType: 'text/html', body: page },
    'GET /apis answered 200 OK with an HTML page titled "Sign in" (Content-Type text/html)',
  ],
  [
    'a page that is called JSON',
    { body: page },
    'GET /apis answered 200 OK with an HTML page titled "Sign in" (Content-Type application/json)',
  ],
  [
    'a page without a title',
    { contentType: 'text/html', body: '<html></html>' },
    'GET /apis answered 200 OK with an HTML page (Content-Type text/html)',
  ],
  [
    'an empty object',
    { body: {} },
    'GET /apis answered 200 OK with JSON without a kind where APIGroupList was expected (Content-Type application/json)',
  ],
  [
    'no body and no type',
    { contentType: '', body: '' },
    'GET /apis answered 200 OK with an empty body (no Content-Type)',
  ],
  [
    'a Status with success',
    { body: { kind: 'Status', message: 'etcd is away' } },
    'GET /apis answered 200 OK with kind "Status" where APIGroupList was expected: etcd is away (Content-Type application/json)',
  ],
])("the server's own words are kept: %s", (_, answer, message) => {
  expect(refusal(answer).message).toBe(message);
});

test.each([
  ['a page', { contentType: 'text/html', body: page }, /login page or a proxy/],
  [
    'a forbidden page, which no role would fix',
    { status: 403, contentType: 'text/html', body: page },
    /in front of the API server refused/,
  ],
  ...[502, 503, 504, 521, 530].map((code): [string, Answer, RegExp] => [
    `the page of a gateway's ${code}`,
    { status: code, contentType: 'text/html', body: page },
    /gateway answered that has no API server behind it/,
  ]),
  ['a redirect', { status: 302, body: '' }, /Redirects are not followed/],
  ['not found', { status: 404, body: '' }, /path at its end/],
  ['not accepted', status(401, 'Unauthorized'), /have not expired/],
  ['unavailable', status(503, 'starting'), /run the job again/],
  ['invalid', { body: {} }, /not what a Kubernetes API server answers/],
])('a refusal says what to do: %s', (_, answer, hint) => {
  expect(refusal(answer).hint).toMatch(hint);
});

test.each([
  ['a user', 'User "ci@example.com" cannot get path "/apis"', 'user "ci@example.com"', '--user=ci@example.com'],
  ['a reason after it', 'User "ci" cannot get path "/apis": no RBAC policy matched', 'user "ci"', '--user=ci'],
  [
    'a service account',
    'User "system:serviceaccount:ci:deployer" cannot get path "/apis"',
    'user "system:serviceaccount:ci:deployer"',
    '--serviceaccount=ci:deployer',
  ],
  ['a name that a shell could misread', 'User "a b;rm" cannot get path "/apis"', 'user "a b;rm"', '--user=<name>'],
  ['nobody', 'cannot get path "/apis"', 'the user of these credentials', '--user=<name>'],
])('forbidden names the path, the user and the role: %s', (_, words, whom, flag) => {
  const { message, hint } = refusal(status(403, `forbidden: ${words}`));
  expect(message).toBe(
    `GET /apis answered 403 Forbidden: forbidden: ${words}; the ClusterRole system:discovery would let ${whom} ask`,
  );
  expect(hint).toBe(
    `Bind the ClusterRole system:discovery to ${whom}: \`kubectl create clusterrolebinding kube-api-gate-discovery --clusterrole=system:discovery ${flag}\`.`,
  );
});

test.each([
  ['Rancher', 'clusters.management.cattle.io "c-1" is forbidden: User "u-abc" cannot get resource "clusters"'],
  ['Teleport', 'access to kube_cluster "prod" denied, user "bob" cannot join'],
  ['a proxy that names a stranger', 'User "stranger" cannot access this service'],
  ['another resource', 'User "ci" cannot list resource "pods" in API group ""'],
  ['a word', 'Forbidden'],
  ['nothing', ''],
])('a 403 that is not about discovery names no role: %s', (_rule, words) => {
  const { reason, message, hint } = refusal(status(403, words));
  expect(reason).toBe('forbidden');
  expect(message).toBe(`GET /apis answered 403 Forbidden${words === '' ? '' : `: ${words}`}`);
  expect(hint).toMatch(/^Something in front of the API server refused the request/);
  expect(hint).not.toContain('kubectl');
});

test.each([
  [undefined, '', /have not expired/],
  [
    { invalid: true, message: 'the token expired on 2026-01-01T00:00:00Z' },
    '; the token expired on 2026-01-01T00:00:00Z',
    /^Store a new kubeconfig/,
  ],
  [
    { invalid: false, message: 'the token is for the audience "a"' },
    '; the token is for the audience "a"',
    /have not expired/,
  ],
])('a 401 says what is known of the credential: %j', (refused, told, hint) => {
  const error = refusal({ ...status(401, 'Unauthorized'), refused });
  expect(error.message).toBe(`GET /apis answered 401 Unauthorized: Unauthorized${told}`);
  expect(error.hint).toMatch(hint);
});

test('nobody is told to let everybody in: a forbidden page for system:anonymous asks for credentials', () => {
  const { hint } = refusal(status(403, 'forbidden: User "system:anonymous" cannot get path "/apis"'));
  expect(hint).toMatch(/^No credential arrived: /);
  expect(hint).not.toContain('kubectl create');
});

test.each([
  ['lines become one', 'a\r\n\tb\u2028c', 'a b c'],
  ['control characters go', 'a\u001b[31mb\u0000c', 'a [31mb c'],
  ['it ends somewhere', 'x'.repeat(10_000), `${'x'.repeat(500)}…`],
])('foreign text in a sentence: %s', (_, foreign, line) => {
  expect(quote(foreign)).toBe(line);
});

test('what decoding throws that is not about the document is not swallowed', () => {
  const defect = () => {
    throw new TypeError('a defect');
  };
  expect(() => readReply('/apis', { status: 200, contentType: '', body: '{}' }, defect)).toThrow(TypeError);
});
