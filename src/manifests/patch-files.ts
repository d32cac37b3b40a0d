import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { documentsOf } from '../yaml/documents.ts';
import { decodeFile } from '../yaml/file-text.ts';
import { type DocumentNode, EVERYTHING, textUnder, valueUnder } from '../yaml/node.ts';
import type { ManifestFile } from './find-files.ts';

/** @see kustomize api/konfig/general.go RecognizedKustomizationFileNames */
const KUSTOMIZATIONS = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/**
 * The files that a kustomization names as patches: they look like objects, and are parts of some. Kustomizations are looked for beside each file and above it, up to the
 * repository's root, since a patch mostly stands below the one that names it.
 *
 * @returns absolute paths
 */
export function patchFiles(files: readonly ManifestFile[], repositoryRoot: string): ReadonlySet<string> {
  const patches = new Set<string>();
  const seen = new Set<string>();
  for (const { path } of files) {
    for (let folder = dirname(path); !seen.has(folder); folder = dirname(folder)) {
      seen.add(folder);
      for (const name of KUSTOMIZATIONS) {
        if (existsSync(join(folder, name))) collectPatches(join(folder, name), patches);
      }
      if (folder === repositoryRoot) break;
    }
  }
  return patches;
}

function collectPatches(kustomization: string, patches: Set<string>): void {
  const folder = dirname(kustomization);
  for (const root of rootsOf(kustomization)) {
    for (const patch of itemsUnder(root, 'patches').concat(itemsUnder(root, 'patchesJson6902'))) {
      const path = textUnder(patch, 'path');
      if (path !== undefined) patches.add(resolve(folder, path));
    }
    for (const patch of itemsUnder(root, 'patchesStrategicMerge')) {
      // A patch may also be written out here.
      if (patch.kind === 'string' && !patch.text.includes('\n')) patches.add(resolve(folder, patch.text));
    }
  }
}

function rootsOf(path: string): readonly DocumentNode[] {
  try {
    const { bytes } = decodeFile(readFileSync(path));
    return [...documentsOf(bytes, EVERYTHING)].flatMap((document) => (document.kind === 'object' ? document.root : []));
  } catch {
    // What is wrong with a kustomization is for kustomize to say.
    return [];
  }
}

function itemsUnder(node: DocumentNode, name: string): readonly DocumentNode[] {
  const value = valueUnder(node, name);
  return value?.kind === 'sequence' ? value.items : [];
}
