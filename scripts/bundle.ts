/**
 * Bundles src/ as ES modules for Node 24: the action and the command line, one small eager part and lazy chunks; and, apart from them, the process that calls
 * the cache toolkit, which shares next to nothing with them.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { AZURE_STORAGE, actionPlugins, azurePlugins, TOOLKIT_PROCESS, toolkitPlugins } from './bundle-plugins.ts';

const root = join(import.meta.dirname, '..');

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
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [...entryPoints],
    outdir,
    bundle: true,
    splitting: entryPoints.length > 1,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    // A reviewer reads it: a changed line of src/ is a changed line here.
    minify: false,
    // Beside the entries: a module finds the process that it starts by its own place.
    chunkNames: '[name]-[hash]',
    legalComments: 'none',
    plugins: [...plugins],
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
  refuseNamelessImports(metafile);
  const names = stableNames(metafile);
  mkdirSync(outdir, { recursive: true });
  for (const { path, text } of outputFiles) {
    const name = names.get(basename(path));
    if (name === undefined) continue;
    writeFileSync(join(outdir, name), withStableImports(text, names), { mode: text.startsWith('#!') ? 0o755 : 0o644 });
  }
  return metafile;
}

/**
 * The name of each file without the hash that esbuild gives it, so that a change of one module is a change of one file. A part that is loaded late has the
 * name of its module, a part that several share that of its largest; a part that holds no code has none, and goes.
 */
function stableNames({ outputs }: Metafile): ReadonlyMap<string, string | undefined> {
  const names = new Map<string, string | undefined>();
  for (const [path, { entryPoint, inputs, bytes }] of Object.entries(outputs)) {
    const isChunk = /-[A-Z0-9]{8}\.js$/.test(path);
    const [largest] = Object.entries(inputs).sort(([, left], [, right]) => right.bytesInOutput - left.bytesInOutput);
    // What has no module of its own is esbuild's runtime for CommonJS.
    const named = entryPoint ?? largest?.[0] ?? 'runtime';
    const chunk = bytes === 0 ? undefined : `${entryPoint === undefined ? 'shared-' : ''}${moduleName(named)}.js`;
    const name = isChunk ? chunk : basename(path);
    if (name !== undefined && [...names.values()].includes(name))
      throw new Error(`two files of dist/ would be ${name}`);
    names.set(basename(path), name);
  }
  return names;
}

/** `judge` of `src/verdict/judge.ts`, `actions-http-client` of a package. */
function moduleName(path: string): string {
  const [, name] = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(path) ?? [];
  return name === undefined
    ? basename(path).replace(/^[a-z]+:|\.[a-z]+$/g, '')
    : name.replace('@', '').replace('/', '-');
}

function withStableImports(text: string, names: ReadonlyMap<string, string | undefined>): string {
  const empty = [...names].filter(([, name]) => name === undefined).map(([path]) => `import "./${path}";\n`);
  const without = empty.reduce((rest, line) => rest.replaceAll(line, ''), text);
  return without.replace(/"\.\/([\w.-]+-[A-Z0-9]{8}\.js)"/g, (_, path: string) => {
    const name = names.get(path);
    if (name === undefined) throw new Error(`dist/ would import ${path}, which holds nothing`);
    return `"./${name}"`;
  });
}

/** The licences of all that is in the bundle, nested packages included, as most of them ask for. */
function licences(metafiles: readonly Metafile[]): string {
  const packages = new Set<string>();
  for (const input of metafiles.flatMap(({ inputs }) => Object.keys(inputs))) {
    const match = /^(?:[a-z-]+:)?(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (match?.[1] !== undefined) packages.add(match[1]);
  }
  const texts = [...packages].map((folder) => {
    const manifest: PackageManifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    return { title: `${manifest.name} ${manifest.version}`, text: licenceText(folder, manifest) };
  });
  return texts
    .sort((left, right) => (left.title < right.title ? -1 : 1))
    .map(({ title, text }) => `${title}\n\n${text}\n`)
    .join(`\n${'-'.repeat(80)}\n\n`);
}

interface PackageManifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly author?: string;
}

/** @throws Error for a package whose licence text is not known: dist/ must not be published without it. */
function licenceText(folder: string, { name, license, author }: PackageManifest): string {
  const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e/i.test(entry));
  if (file !== undefined)
    return readFileSync(join(root, folder, file), 'utf8')
      .trim()
      .replaceAll('\r\n', '\n');
  if (license !== 'MIT' || author === undefined) throw new Error(`${name} comes without the text of its licence`);
  const [, ...terms] = readFileSync(join(root, 'node_modules/balanced-match/LICENSE.md'), 'utf8').split(
    /(?=^Permission)/m,
  );
  return [`The MIT License (MIT)`, `Copyright (c) ${author.replace(/ \(.*/, '')}`, terms.join('').trim()].join('\n\n');
}

/** What is read before anything lazy is asked for: the entry, and what it imports statically. */
export function eagerOutputs(metafile: Metafile, entry: string): readonly Metafile['outputs'][string][] {
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

/** Empties `outdir` and writes the bundle into it; tells how much is loaded at every start. */
export async function bundleInto(outdir: string): Promise<Metafile> {
  rmSync(outdir, { recursive: true, force: true });
  const action = await bundle(outdir, ['src/index.ts', 'src/cli.ts'], actionPlugins);
  const toolkit = await bundle(outdir, [TOOLKIT_PROCESS], toolkitPlugins);
  const azure = await bundle(outdir, [AZURE_STORAGE], azurePlugins);
  writeFileSync(join(outdir, 'licenses.txt'), licences([action, toolkit, azure]));
  return action;
}
