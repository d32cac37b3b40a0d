import { describe, expect, test } from 'vitest';
import { kubectlServerDirectory, requestUrl, resourcesFile } from '../../../src/cache/kubectl/paths.ts';

describe('kubectlServerDirectory', () => {
  test.each([
    ['https://127.0.0.1:6443', '127.0.0.1_6443'],
    ['https://127.0.0.1:6443/', '127.0.0.1_6443'],
    ['http://localhost:8080', 'localhost_8080'],
    ['https://[::1]:6443', '___1__6443'],
    ['https://h/k8s/clusters/c-a~b(x)', 'h/k8s/clusters/c_a_b(x)'],
    ['https://h/k8s/clusters/c-1/', 'h/k8s/clusters/c_1'],
    ['https://h/path?query=1', 'h/path'],
    ['https://h?query=1', 'h_query_1'],
    ['HTTPS://h/path', 'h/path'],
    ['HTTPS://h', 'HTTPS_/h'],
    ['https://h/a b', 'h/a_20b'],
    ['h:6443', 'h_6443'],
    ['https://größe', 'gr__e'],
    ['https://http://h', 'h'],
  ])('%s -> %s', (server, expected) => {
    expect(kubectlServerDirectory('/cache', server)).toBe(`/cache/discovery/${expected}`);
  });

  test.each(['https://h/../../../etc', 'https://..', 'https://.', '', 'https://'])(
    '%j leads nowhere else',
    (server) => {
      expect(kubectlServerDirectory('/cache', server)).toBeUndefined();
    },
  );
});

describe('resourcesFile', () => {
  test.each([
    ['v1', 'v1/serverresources.json'],
    ['apps/v1', 'apps/v1/serverresources.json'],
    ['gateway.networking.k8s.io/v1beta1', 'gateway.networking.k8s.io/v1beta1/serverresources.json'],
  ])('%s -> %s', (groupVersion, expected) => {
    expect(resourcesFile(groupVersion)).toBe(expected);
  });

  test.each([
    '',
    '/',
    '..',
    '../v1',
    'apps/..',
    'apps/v1/x',
    '/v1',
    'apps/',
    'a\\b/v1',
    '.hidden/v1',
    'a\0/v1',
    'a b/v1',
  ])('%j is no path', (groupVersion) => {
    expect(resourcesFile(groupVersion)).toBeUndefined();
  });
});

test.each([
  ['https://127.0.0.1:6443', '/apis', 'https://127.0.0.1:6443/apis?timeout=32s'],
  ['https://127.0.0.1:6443/', '/api', 'https://127.0.0.1:6443/api?timeout=32s'],
  ['https://h/k8s/clusters/c-1', '/version', 'https://h/k8s/clusters/c-1/version?timeout=32s'],
  ['https://h/k8s/clusters/c-1//', '/version', 'https://h/k8s/clusters/c-1/version?timeout=32s'],
])('requestUrl: %s %s', (server, path, url) => {
  expect(requestUrl(server, path)).toBe(url);
});
