import { describe, expect, test } from 'vitest';
import { hasDirectiveWithin, isJsonPatch, isKustomization, kustomizeRoles } from '../../src/manifests/kustomize.ts';
import { type DocumentNode, EVERYTHING } from '../../src/yaml/node.ts';
import { readYaml } from '../../src/yaml/reader.ts';

function parsed(yaml: string): DocumentNode {
  const { root } = readYaml(Buffer.from(yaml), EVERYTHING);
  if (root === undefined) throw new Error('the document holds nothing');
  return root;
}

test.each([
  ['/a/kustomization.yaml', true],
  ['/a/kustomization.yml', true],
  ['/a/Kustomization', true],
  ['/a/my-kustomization.yaml', false],
  ['/a/kustomization.json', false],
])('%s is where kustomize starts: %s', (path, expected) => {
  expect(isKustomization(path)).toBe(expected);
});

describe('what a kustomization names', () => {
  test.each([
    ['patches', 'patches: [{path: x.yaml}]', 'patch'],
    ['patches with a target', 'patches: [{target: {kind: Deployment}, path: x.yaml}]', 'patch'],
    ['patches by strategic merge', 'patchesStrategicMerge: [x.yaml]', 'patch'],
    ['JSON patches', 'patchesJson6902: [{target: {}, path: x.yaml}]', 'patch'],
    ['patches in the same folder, written out', 'patches: [{path: ./x.yaml}]', 'patch'],
    ['generators', 'generators: [x.yaml]', 'plugin'],
    ['transformers', 'transformers: [x.yaml]', 'plugin'],
    ['validators', 'validators: [x.yaml]', 'plugin'],
    ['configurations', 'configurations: [x.yaml]', 'data'],
    ['definitions for merging', 'crds: [x.yaml]', 'data'],
    ['files of a ConfigMap', 'configMapGenerator: [{name: a, files: [x.yaml]}]', 'data'],
    ['files of a ConfigMap by another name', 'configMapGenerator: [{name: a, files: [y.yaml=x.yaml]}]', 'data'],
    ['files of a Secret', 'secretGenerator: [{name: a, files: [x.yaml]}]', 'data'],
    ['variables', 'configMapGenerator: [{name: a, envs: [x.yaml]}]', 'data'],
    ['a file of variables', 'configMapGenerator: [{name: a, env: x.yaml}]', 'data'],
    ['values of a chart', 'helmCharts: [{name: a, valuesFile: x.yaml}]', 'data'],
    ['more values of a chart', 'helmCharts: [{name: a, additionalValuesFiles: [x.yaml]}]', 'data'],
    ['values of an older chart', 'helmChartInflationGenerator: [{chartName: a, values: x.yaml}]', 'data'],
    ['replacements', 'replacements: [{path: x.yaml}]', 'data'],
    ['a schema', 'openapi: {path: x.yaml}', 'data'],
    ['resources', 'resources: [x.yaml]', undefined],
    ['bases', 'bases: [x.yaml]', undefined],
    ['resources that are patches as well', 'resources: [x.yaml]\npatches: [{path: x.yaml}]', undefined],
    ['patches elsewhere', 'patches: [{path: y/x.yaml}]', undefined],
    ['patches in the text', 'patches: [{patch: x.yaml}]', undefined],
    ['patches of several lines', 'patchesStrategicMerge: ["x.yaml\\n"]', undefined],
    ['nothing', 'namePrefix: a-', undefined],
  ])('%s', (_rule, yaml, role) => {
    const roles = kustomizeRoles();
    roles.add('/repo/base/kustomization.yaml', parsed(yaml));
    expect(roles.of('/repo/base/x.yaml')).toBe(role);
  });

  test('from another folder', () => {
    const roles = kustomizeRoles();
    roles.add('/repo/overlays/prod/kustomization.yaml', parsed('patches: [{path: ../../base/x.yaml}]'));
    expect(roles.of('/repo/base/x.yaml')).toBe('patch');
  });

  test('as a resource of one and a patch of another is an object', () => {
    const roles = kustomizeRoles();
    roles.add('/repo/a/kustomization.yaml', parsed('patches: [{path: ../x.yaml}]'));
    roles.add('/repo/b/kustomization.yaml', parsed('resources: [../x.yaml]'));
    expect(roles.of('/repo/x.yaml')).toBeUndefined();
  });
});

test.each([
  ['[{op: add, path: /a}]', true],
  ['[{op: add}]', false],
  ['[{path: /a}]', false],
  ['[]', false],
  ['{op: add, path: /a}', false],
])('%s is a JSON patch: %s', (yaml, expected) => {
  expect(isJsonPatch(parsed(yaml))).toBe(expected);
});

test.each([
  ['{a: [{b: {$patch: replace}}]}', true],
  ['{a: &a {b: c}, d: [*a, *a]}', false],
  ['{a: {$patch: other}}', false],
])('%s says how to patch: %s', (yaml, expected) => {
  expect(hasDirectiveWithin(parsed(yaml))).toBe(expected);
});
