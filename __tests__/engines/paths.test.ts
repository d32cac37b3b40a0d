import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { builtFolder, cacheFolder, enginePath } from '../../engines/paths.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kube-api-gate-paths-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function present(...names: readonly string[]): string {
  const path = join(folder, ...names);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, '');
  return path;
}

test.each([
  {
    rule: 'the named folder wins',
    environment: { KUBE_API_GATE_ENGINES: 'own', XDG_CACHE_HOME: 'xdg', HOME: 'home' },
    expected: 'own',
  },
  {
    rule: 'then the cache folder of the desktop',
    environment: { XDG_CACHE_HOME: 'xdg', HOME: 'home' },
    expected: join('xdg', 'kube-api-gate', 'engines'),
  },
  {
    rule: 'then the one at home',
    environment: { HOME: 'home' },
    expected: join('home', '.cache', 'kube-api-gate', 'engines'),
  },
  {
    rule: 'an empty variable counts as none',
    environment: { KUBE_API_GATE_ENGINES: '', XDG_CACHE_HOME: '', HOME: 'home' },
    expected: join('home', '.cache', 'kube-api-gate', 'engines'),
  },
])('where engines are kept: $rule', ({ environment, expected }) => {
  expect(cacheFolder(environment)).toBe(expected);
});

test('a built engine is found, and one that is not says how to build it', () => {
  const environment = { KUBE_API_GATE_ENGINES: folder };
  expect(() => enginePath('etcd', environment)).toThrow('etcd is not built: run `npm run engines -- etcd`');
  const binary = join(builtFolder('etcd', environment), 'etcd');
  mkdirSync(dirname(binary));
  writeFileSync(binary, '');
  expect(enginePath('etcd', environment)).toBe(binary);
});

test('each engine has a folder of its own', () => {
  const names = ['kube-apiserver-1.37', 'kube-apiserver-1.28', 'kube-apiserver-1.25', 'kubectl', 'etcd'] as const;
  const folders = new Set(names.map((name) => builtFolder(name, { KUBE_API_GATE_ENGINES: folder })));
  expect(folders.size).toBe(names.length);
});

test('a binary that is brought wins over a built one, and the more specific variable wins', () => {
  const assets = dirname(present('assets', 'etcd'));
  const own = present('own-etcd');
  const environment = { KUBE_API_GATE_ENGINES: folder, KUBEBUILDER_ASSETS: assets };
  expect(enginePath('etcd', environment)).toBe(join(assets, 'etcd'));
  expect(enginePath('etcd', { ...environment, TEST_ASSET_ETCD: own })).toBe(own);
});

test('the API server that is brought stands for the newest generation only', () => {
  const own = present('own-apiserver');
  const environment = { KUBE_API_GATE_ENGINES: folder, TEST_ASSET_KUBE_APISERVER: own };
  expect(enginePath('kube-apiserver-1.37', environment)).toBe(own);
  expect(() => enginePath('kube-apiserver-1.28', environment)).toThrow('kube-apiserver-1.28 is not built');
  expect(enginePath('kube-apiserver-1.28', { ...environment, TEST_ASSET_KUBE_APISERVER_1_28: own })).toBe(own);
});

test('a variable that names no file is said to', () => {
  const environment = { TEST_ASSET_KUBECTL: join(folder, 'nowhere') };
  expect(() => enginePath('kubectl', environment)).toThrow(/^TEST_ASSET_KUBECTL names .*nowhere for kubectl/);
});
