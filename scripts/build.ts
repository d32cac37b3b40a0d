/**
 * Bundles src/ into dist/: one small eager part and lazy chunks, as an ES module for Node 24.
 *
 * `node scripts/build.ts` writes dist/; `--check` builds beside it instead and fails when dist/ is not what src/ builds; `--sizes` lists what is loaded
 * at every start.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile, type Plugin } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/**
 * Node's own modules by `process.getBuiltinModule`: an ES `import 'node:http'` builds a namespace object with every export and costs 19 ms at start,
 * this 2 ms. It also spares the bundle a `createRequire` for the `require('net')` of CommonJS dependencies.
 */
const builtinsWithoutImport: Plugin = {
  name: 'builtins-without-import',
  setup(context) {
    const names = new Set(builtinModules);
    context.onResolve({ filter: /^(node:)?[a-z_]+(\/[a-z_]+)?$/ }, ({ path }) => {
      const bare = path.replace(/^node:/, '');
      return path.startsWith('node:') || names.has(bare) ? { path: `node:${bare}`, namespace: 'builtin' } : undefined;
    });
    context.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
      loader: 'js',
    }));
  },
};

/**
 * `undici` (405 KB) is in @actions/http-client for `getAgentDispatcher` alone, which nothing here calls.
 */
const withoutUndici: Plugin = {
  name: 'without-undici',
  setup(context) {
    context.onResolve({ filter: /^undici$/ }, () => ({ path: 'undici', namespace: 'left-out' }));
    context.onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({
      contents: `export class ProxyAgent { constructor() { throw new Error('undici is not part of this bundle'); } }`,
      loader: 'js',
    }));
  },
};

/**
 * @actions/core loads an HTTP client for OIDC tokens and an exec library for platform details at every start: 20 ms for `node:tls` alone. The first is
 * loaded when a token is asked for, the second never: nothing here asks for platform details.
 */
const toolkitOnDemand: Plugin = {
  name: 'toolkit-on-demand',
  setup(context) {
    const core = join(root, 'node_modules', '@actions', 'core', 'lib');
    context.onResolve({ filter: /^\.\/(oidc-utils|platform)\.js$/ }, ({ path, resolveDir }) =>
      resolveDir === core ? { path: join(core, path), namespace: 'on-demand' } : undefined,
    );
    context.onLoad({ filter: /.*/, namespace: 'on-demand' }, ({ path }) => ({
      contents: path.endsWith('platform.js')
        ? 'export {}'
        : `export class OidcClient {
             static async getIDToken(audience) {
               const { OidcClient } = await import(${JSON.stringify(path)});
               return OidcClient.getIDToken(audience);
             }
           }`,
      resolveDir: core,
    }));
  },
};

/**
 * CommonJS packages that are imported lazily, by the names that Node finds in them. esbuild alone gives the bundle of one nothing but a `default`, so that
 * every name taken from it is undefined in dist/ and there in the tests of src/.
 */
const namesOfCommonJs: Plugin = {
  name: 'names-of-commonjs',
  setup(context) {
    context.onResolve({ filter: /^(?:picomatch|socks|yaml)$/ }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path, namespace: 'named' } : undefined,
    );
    context.onLoad({ filter: /.*/, namespace: 'named' }, async ({ path }) => {
      const found: Readonly<Record<string, unknown>> = await import(path);
      const names = Object.keys(found).filter((name) => name !== 'module.exports');
      return { contents: `export { ${names.join(', ')} } from ${JSON.stringify(path)};`, resolveDir: root };
    });
  },
};

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

/**
 * Evaluated when they are first called, as few runs call them: semver compiles some fifty regular expressions when it is loaded, and of @azure/storage-blob
 * (the bulk of the cache client) only saving, and loading from Azure's own hosts, needs anything.
 */
const CALLED_SELDOM: Readonly<Record<string, string>> = {
  'semver/functions/satisfies.js': 'export default (...given) => load()(...given);',
  '@azure/storage-blob': ['BlobClient', 'BlockBlobClient']
    .map((name) => `export class ${name} { constructor(...given) { return new (load().${name})(...given); } }`)
    .join('\n'),
};

const evaluatedWhenCalled: Plugin = {
  name: 'evaluated-when-called',
  setup(context) {
    context.onResolve({ filter: /^(?:semver|@azure)\// }, ({ path, kind }) =>
      kind === 'import-statement' && path in CALLED_SELDOM ? { path, namespace: 'called-seldom' } : undefined,
    );
    context.onLoad({ filter: /.*/, namespace: 'called-seldom' }, ({ path }) => ({
      contents: `const load = () => require(${JSON.stringify(path)});\n${CALLED_SELDOM[path]}`,
      resolveDir: root,
    }));
  },
};

/**
 * Has every lazy part of ours import the flow, which is in memory by then.
 *
 * esbuild makes a chunk of each set of modules that the same entries reach. Parts that share only some of the eager modules would cut them into a dozen
 * files, and each costs the loader a millisecond at start; parts that share them all leave them in one.
 */
const eagerPartInOneChunk: Plugin = {
  name: 'eager-part-in-one-chunk',
  setup(context) {
    context.onResolve({ filter: /^\..*\.ts$/ }, ({ kind, path, resolveDir }) =>
      kind === 'dynamic-import' && !path.endsWith('-process.ts')
        ? { path: join(resolveDir, path), namespace: 'lazy' }
        : undefined,
    );
    context.onLoad({ filter: /.*/, namespace: 'lazy' }, ({ path }) => ({
      contents: `import ${JSON.stringify(join(root, 'src', 'gate.ts'))}; export * from ${JSON.stringify(path)};`,
      resolveDir: dirname(path),
    }));
  },
};

async function bundle(outdir: string): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['src/index.ts', 'src/cli.ts'],
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    chunkNames: 'chunks/[name]-[hash]',
    plugins: [
      eagerPartInOneChunk,
      evaluatedWhenCalled,
      namesOfCommonJs,
      toolkitOnDemand,
      builtinsWithoutImport,
      withoutUndici,
    ],
    metafile: true,
    logLevel: 'warning',
  });
  refuseNamelessImports(metafile);
  return metafile;
}

/** The licences of all that is in the bundle, as most of them ask for. */
function licences(metafile: Metafile): string {
  const packages = new Set<string>();
  for (const input of Object.keys(metafile.inputs)) {
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
  const metafile = await bundle(outdir);
  writeFileSync(join(outdir, 'licenses.txt'), licences(metafile));
  printSizes(metafile);
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
