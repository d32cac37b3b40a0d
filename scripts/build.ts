/**
 * `node scripts/build.ts` writes dist/; `--check` builds beside it instead and fails when dist/ is not what src/ builds; `--sizes` lists what is loaded
 * at every start.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { Metafile } from 'esbuild';
import { bundleInto, eagerOutputs } from './bundle.ts';

function filesBelow(folder: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(relative(folder, path), readFileSync(path, 'utf8'));
  }
  return files;
}

function printSizes(metafile: Metafile): void {
  const eager = eagerOutputs(metafile, 'lazy:src/action.ts');
  const total = eager.reduce((sum, { bytes }) => sum + bytes, 0);
  console.log(`dist/action.js: ${Math.ceil(total / 1024)} KB before anything lazy`);
  if (!process.argv.includes('--sizes')) return;
  const parts = eager.flatMap(({ inputs }) => Object.entries(inputs));
  for (const [path, { bytesInOutput }] of parts.sort(([, a], [, b]) => b.bytesInOutput - a.bytesInOutput)) {
    console.log(`${String(bytesInOutput).padStart(7)} ${path}`);
  }
}

const dist = join(import.meta.dirname, '..', 'dist');
if (process.argv.includes('--check')) {
  const folder = mkdtempSync(join(tmpdir(), 'kube-api-gate-dist-'));
  try {
    printSizes(await bundleInto(folder));
    const [built, committed] = [filesBelow(folder), filesBelow(dist)];
    const paths = [...new Set([...built.keys(), ...committed.keys()])].sort();
    const differing = paths.filter((path) => built.get(path) !== committed.get(path));
    if (differing.length > 0) {
      console.error(
        `dist/ is not what src/ builds. Run \`npm run build\` and commit it. Differing:\n  ${differing.join('\n  ')}`,
      );
      process.exitCode = 1;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
} else {
  printSizes(await bundleInto(dist));
}
