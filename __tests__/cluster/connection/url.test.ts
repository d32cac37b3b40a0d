import { expect, test } from 'vitest';
import { portOf, urlBelow, withoutBrackets } from '../../../src/cluster/connection/url.ts';

test.each([
  { server: 'https://h', path: '/api', url: 'https://h/api' },
  { server: 'https://h:6443/', path: '/api', url: 'https://h:6443/api' },
  { server: 'https://h/k8s/clusters/c-1', path: '/apis/apps/v1', url: 'https://h/k8s/clusters/c-1/apis/apps/v1' },
  { server: 'https://h/base//', path: '/api?timeout=32s', url: 'https://h/base/api?timeout=32s' },
  { server: 'https://user:pass@h/base?a=b#c', path: '/api', url: 'https://h/base/api' },
  { server: 'http://[::1]:8080', path: '/api', url: 'http://[::1]:8080/api' },
  { server: 'https://h', path: '/apis/a?x=1?y=2', url: 'https://h/apis/a?x=1?y=2' },
  { server: 'https://h', path: '//evil.example/api', url: 'https://h//evil.example/api' },
])('$path below $server is $url', ({ server, path, url }) => {
  expect(urlBelow(new URL(server), path).href).toBe(url);
});

test.each([
  { url: 'https://h', port: 443 },
  { url: 'http://h', port: 80 },
  { url: 'https://h:6443', port: 6443 },
])('the port of $url is $port', ({ url, port }) => {
  expect(portOf(new URL(url))).toBe(port);
});

test.each([
  { hostname: '[::1]', host: '::1' },
  { hostname: 'h', host: 'h' },
  { hostname: '127.0.0.1', host: '127.0.0.1' },
])('$hostname is $host to a socket', ({ hostname, host }) => {
  expect(withoutBrackets(hostname)).toBe(host);
});
