/**
 * Bundles src/ into dist/, as ES modules for Node 24: the action and the command line, one small eager part and lazy chunks; and, apart from them, the process
 * that calls the cache toolkit, which shares next to nothing with them.
 *
 * `node scripts/build.ts` writes dist/; `--check` builds beside it instead and fails when dist/ is not what src/ builds; `--sizes` lists what is loaded
 * at every start.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile, type Plugin } from 'esbuild';
import { AZURE_STORAGE, actionPlugins, azurePlugins, TOOLKIT_PROCESS, toolkitPlugins } from './bundle-plugins.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** @throws Error when a CommonJS module is imported lazily as it is: its names would be undefined. */
function refuseNamelessImports({ inputs }: Metafile): void {
  for (const [importer, { imports }] of Object.entries(inputs)) {
    for (const { kind, path } of imports) {
      if (kind === 'dynamic-import' && inputs[path]?.format === 'cjs') {
        throw new Error(`${importer} imports ${path} lazily, which is CommonJS: name its package in names-of-commonjs`);
      }
    }
  }
}

/** Several entries share chunks; one alone is one file, as each costs the loader a millisecond. */
async function bundle(outdir: string, entryPoints: readonly string[], plugins: readonly Plugin[]): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [...entryPoints],
    outdir,
    bundle: true,
    splitting: entryPoints.length > 1,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    minify: true,
    // Beside the entries: a module finds the process that it starts by its own place.
    chunkNames: '[name]-[hash]',
    legalComments: 'none',
    plugins: [...plugins],
    metafile: true,
    logLevel: 'warning',
  });
  refuseNamelessImports(metafile);
  return metafile;
}

/** The licences of all that is in the bundle, as most of them ask for. */
function licences(metafiles: readonly Metafile[]): string {
  const packages = new Set<string>();
  for (const input of metafiles.flatMap(({ inputs }) => Object.keys(inputs))) {
    const match = /^(node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (match?.[1] !== undefined) packages.add(match[1]);
  }
  return [...packages]
    .sort()
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Record<
        string,
        string
      >;
      const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e/i.test(entry));
      const text = file === undefined ? `Licence: ${license}` : readFileSync(join(root, folder, file), 'utf8').trim();
      return `${name} ${version}\n\n${text.replaceAll('\r\n', '\n')}\n`;
    })
    .join(`\n${'-'.repeat(80)}\n\n`);
}

function filesBelow(folder: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(relative(folder, path), readFileSync(path, 'utf8'));
  }
  return files;
}

/** What is read before anything lazy is asked for: the entry, and what it imports statically. */
function eagerOutputs(metafile: Metafile, entry: string): readonly Metafile['outputs'][string][] {
  const seen = new Map<string, Metafile['outputs'][string]>();
  const visit = (path: string): void => {
    const output = metafile.outputs[path];
    if (output === undefined || seen.has(path)) return;
    seen.set(path, output);
    for (const { kind, path: imported } of output.imports) if (kind === 'import-statement') visit(imported);
  };
  visit(Object.keys(metafile.outputs).find((path) => metafile.outputs[path]?.entryPoint === entry) ?? '');
  return [...seen.values()];
}

function printSizes(metafile: Metafile): void {
  const eager = eagerOutputs(metafile, 'src/index.ts');
  const total = eager.reduce((sum, { bytes }) => sum + bytes, 0);
  console.log(`dist/index.js: ${Math.ceil(total / 1024)} KB before anything lazy`);
  if (!process.argv.includes('--sizes')) return;
  const parts = eager.flatMap(({ inputs }) => Object.entries(inputs));
  for (const [path, { bytesInOutput }] of parts.sort(([, a], [, b]) => b.bytesInOutput - a.bytesInOutput)) {
    console.log(`${String(bytesInOutput).padStart(7)} ${path}`);
  }
}

async function buildInto(outdir: string): Promise<void> {
  rmSync(outdir, { recursive: true, force: true });
  const action = await bundle(outdir, ['src/index.ts', 'src/cli.ts'], actionPlugins);
  const toolkit = await bundle(outdir, [TOOLKIT_PROCESS], toolkitPlugins);
  const azure = await bundle(outdir, [AZURE_STORAGE], azurePlugins);
  writeFileSync(join(outdir, 'licenses.txt'), licences([action, toolkit, azure]));
  printSizes(action);
}

const dist = join(root, 'dist');
if (process.argv.includes('--check')) {
  const folder = mkdtempSync(join(tmpdir(), 'kube-api-gate-dist-'));
  try {
    await buildInto(folder);
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
  await buildInto(dist);
}
