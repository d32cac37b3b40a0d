import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { patchFiles } from '../../src/manifests/patch-files.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

test.each<[string, string, string, boolean]>([
  ['patches with a path', 'kustomization.yaml', 'patches: [{path: p.yaml}]', true],
  ['strategic merge patches', 'kustomization.yml', 'patchesStrategicMerge: [p.yaml]', true],
  ['JSON patches', 'Kustomization', 'patchesJson6902: [{path: p.yaml}]', true],
  ['a kustomization above', '../kustomization.yaml', 'patches: [{path: overlay/p.yaml}]', true],
  ['a patch that is written out', 'kustomization.yaml', 'patchesStrategicMerge: ["kind: Pod\\na: b"]', false],
  ['resources', 'kustomization.yaml', 'resources: [p.yaml]', false],
  ['a kustomization that cannot be read', 'kustomization.yaml', 'patches: [', false],
])('%s', (_rule, name, text, expected) => {
  const root = temporaryFolder();
  const path = join(root, 'overlay', 'p.yaml');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(join(root, 'overlay', name), text);
  expect(patchFiles([{ path, file: 'overlay/p.yaml' }], root).has(path)).toBe(expected);
});
