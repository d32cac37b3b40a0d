import { describe, expect, test } from 'vitest';
import { clustersOf } from '../../src/inputs/cluster-inputs.ts';
import { described, type GivenInputs, inputsOf } from '../helpers/inputs.ts';

const PEM = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----';
const PEM_IN_BASE64 = Buffer.from(`${PEM}\n`).toString('base64');

function wrapped(text: string): string {
  return text.replace(/.{16}/g, '$&\n');
}

describe('clusters', () => {
  test.each<[string, GivenInputs, unknown]>([
    ['nothing given is the default kubeconfig', {}, [{ kind: 'kubeconfig' }]],
    [
      'a kubeconfig is a path or the YAML itself',
      { kubeconfig: 'a.yaml' },
      [{ kind: 'kubeconfig', kubeconfig: 'a.yaml' }],
    ],
    [
      'YAML keeps the indentation of its first line',
      { kubeconfig: '  apiVersion: v1\n  kind: Config\n' },
      [{ kind: 'kubeconfig', kubeconfig: '  apiVersion: v1\n  kind: Config\n' }],
    ],
    [
      'a path does not keep white space around it',
      { kubeconfig: ' a.yaml\n' },
      [{ kind: 'kubeconfig', kubeconfig: 'a.yaml' }],
    ],
    ['a context chooses from it', { context: 'blue' }, [{ kind: 'kubeconfig', context: 'blue' }]],
    [
      'each context is a cluster, named twice or not',
      { context: 'blue # first\r\n\r\ngreen\r\nblue' },
      [
        { kind: 'kubeconfig', context: 'blue' },
        { kind: 'kubeconfig', context: 'green' },
      ],
    ],
    [
      'a server is a cluster',
      { server: 'https://k.example:6443' },
      [{ kind: 'server', server: 'https://k.example:6443' }],
    ],
    [
      'with its CA and token',
      { server: 'https://k.example', 'certificate-authority-data': PEM_IN_BASE64, token: 'abc' },
      [{ kind: 'server', server: 'https://k.example', certificateAuthorityData: PEM_IN_BASE64, token: 'abc' }],
    ],
    [
      'the base64 of a CA may be wrapped',
      { server: 'https://k.example', 'certificate-authority-data': wrapped(PEM_IN_BASE64) },
      [{ kind: 'server', server: 'https://k.example', certificateAuthorityData: PEM_IN_BASE64 }],
    ],
    [
      'a CA may be PEM itself',
      { server: 'https://k.example', 'certificate-authority-data': PEM },
      [{ kind: 'server', server: 'https://k.example', certificateAuthorityData: PEM_IN_BASE64 }],
    ],
    [
      "the job's own identity may sign in",
      { server: 'https://k.example/path', 'oidc-audience': 'https://k.example' },
      [{ kind: 'server', server: 'https://k.example/path', oidcAudience: 'https://k.example' }],
    ],
    [
      'the server that is expected goes with each way',
      { 'expect-server': ' k.example:6443\n', kubeconfig: 'a.yaml', cluster: 'prod' },
      [{ kind: 'kubeconfig', kubeconfig: 'a.yaml', expectServer: 'k.example:6443', clusterName: 'prod' }],
    ],
    [
      'the server that is expected may be an IPv6 address',
      { 'expect-server': '[2001:db8::1]:6443', server: 'https://[2001:db8::1]:6443' },
      [{ kind: 'server', server: 'https://[2001:db8::1]:6443', expectServer: '[2001:db8::1]:6443' }],
    ],
    [
      'the server that is expected may be a URL with a path',
      { 'expect-server': 'https://k.example/k8s/c-1' },
      [{ kind: 'kubeconfig', expectServer: 'https://k.example/k8s/c-1' }],
    ],
    [
      'without TLS nothing is signed',
      { server: 'http://127.0.0.1:8001' },
      [{ kind: 'server', server: 'http://127.0.0.1:8001' }],
    ],
  ])('%s', (_rule, given, expected) => {
    const inputs = inputsOf(given);
    expect(clustersOf(inputs)).toEqual(expected);
    expect(inputs.problems).toEqual([]);
  });
});

describe('what cannot be used is refused', () => {
  const url = 'Write it as in a kubeconfig, for example https://203.0.113.7:6443.';
  test.each<[string, GivenInputs, readonly string[]]>([
    [
      'a server and a kubeconfig',
      { server: 'https://k.example', kubeconfig: 'a.yaml', context: 'blue' },
      [
        'kubeconfig: Both server and kubeconfig are given; each names a cluster of its own. → Leave kubeconfig out to judge the server, or leave server, certificate-authority-data and token out.',
        'context: Both server and context are given; each names a cluster of its own. → Leave context out to judge the server, or leave server, certificate-authority-data and token out.',
      ],
    ],
    [
      'a token and a CA without a server',
      { token: 'abc', 'certificate-authority-data': PEM },
      [
        'token: It is given without server, and a kubeconfig brings its own. → Give server as well: the URL of the API server, for example https://203.0.113.7:6443.',
        'certificate-authority-data: It is given without server, and a kubeconfig brings its own. → Give server as well: the URL of the API server, for example https://203.0.113.7:6443.',
      ],
    ],
    [
      'a token beside a kubeconfig',
      { token: 'abc', kubeconfig: 'a.yaml' },
      [
        'token: It is given without server, and a kubeconfig brings its own. → Leave token out, or put it into the kubeconfig.',
      ],
    ],
    [
      'a server without a scheme',
      { server: 'k.example:6443/x' },
      ['server: "k.example:6443/x" has no scheme. → Write https://k.example:6443/x.'],
    ],
    [
      'a server with slashes for a scheme',
      { server: '//k.example' },
      ['server: "//k.example" has no scheme. → Write https://k.example.'],
    ],
    ...[`\${K8S_SERVER}`, 'https://$SERVER', '"https://k.example"', '<server>'].map(
      (server): [string, GivenInputs, readonly string[]] => [
        `a placeholder: ${server}`,
        { server },
        [
          `server: A variable or quotes are left in it: "${server}". → A workflow replaces only \${{ }}, as in \${{ vars.K8S_SERVER }}. Leave quotes out of the value.`,
        ],
      ],
    ),
    ['no server at all', { server: 'not a server' }, [`server: It is no URL. → ${url}`]],
    ['a broken URL', { server: 'https://k.example:port' }, [`server: It is no URL. → ${url}`]],
    [
      'another scheme',
      { server: 'ssh://k.example' },
      [`server: The scheme ssh cannot be used; https and http can. → ${url}`],
    ],
    [
      'a password in the URL, which is not shown',
      { server: 'https://admin:hunter2@k.example' },
      [
        'server: It holds a user name or password. → Leave them out of the URL and sign in with token or oidc-audience.',
      ],
    ],
    [
      'a query',
      { server: 'https://k.example/a/?x=1' },
      ['server: It has a query or a fragment. → Write https://k.example/a.'],
    ],
    [
      'a token that would travel unencrypted',
      { server: 'http://k.example', token: 'abc' },
      ['token: The token would travel unencrypted: server starts with http://. → Let server start with https://.'],
    ],
    [
      'a CA without TLS',
      { server: 'http://k.example', 'certificate-authority-data': PEM },
      ['certificate-authority-data: It has no use: server starts with http://. → Let server start with https://.'],
    ],
    [
      'two ways to sign in',
      { server: 'https://k.example', token: 'abc', 'oidc-audience': 'x' },
      ['token: Both token and oidc-audience are given; each signs in on its own. → Keep one of them.'],
    ],
    [
      'a token with its scheme, which is not shown',
      { server: 'https://k.example', token: 'Bearer hunter2' },
      ['token: It starts with the word Bearer. → Give the token alone.'],
    ],
    [
      'a token of two lines, which are not shown',
      { server: 'https://k.example', token: 'hunter2\nhunter3' },
      [
        'token: It holds white space, line ends or characters that no header can carry. → Give the token alone, on one line. A token read from a Secret of Kubernetes has to be decoded from base64 first.',
      ],
    ],
    [
      'a CA that is none',
      { server: 'https://k.example', 'certificate-authority-data': 'ca.crt' },
      [
        'certificate-authority-data: It is neither a PEM certificate nor the base64 of one. → Copy certificate-authority-data from a kubeconfig, or give the text of the file that starts with -----BEGIN CERTIFICATE-----, not its path.',
      ],
    ],
    ...['not a server', 'https://', 'ftp://k.example', 'user@k.example', 'k.example?x', 'k.example:port', '[::1'].map(
      (text): [string, GivenInputs, readonly string[]] => [
        `${text} as the server that is expected`,
        { 'expect-server': text },
        [
          'expect-server: It is neither the URL nor the host of a server. → Write it as https://k8s.example.com:6443, or k8s.example.com with or without a port.',
        ],
      ],
    ),
    [
      'a path without a scheme as the server that is expected',
      { 'expect-server': 'k.example/k8s' },
      ['expect-server: "k.example/k8s" has a path and no scheme. → Write https://k.example/k8s.'],
    ],
    [
      'one server that is expected of several clusters',
      { 'expect-server': 'k.example', context: 'blue\ngreen' },
      [
        'expect-server: It names one server, and context names 2 clusters. → Leave expect-server out, or judge each cluster in a step of its own.',
      ],
    ],
    [
      'one name for several clusters, which would share one cache entry',
      { cluster: 'prod', context: 'blue\ngreen' },
      [
        'cluster: It names one cluster, and context names 2. → Leave cluster out, or judge each cluster in a step of its own.',
      ],
    ],
  ])('%s', (_rule, given, expected) => {
    const inputs = inputsOf(given);
    clustersOf(inputs);
    expect(described(inputs.problems)).toEqual(expected);
  });
});
