/**
 * What esbuild is taught for this bundle: mostly, to leave at the door what a run does not need.
 *
 * Nothing here may hold an absolute path: paths of virtual modules go into the names of chunks, and `dist/` has to be the same wherever it is built.
 */
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, relative, resolve } from 'node:path';
import type { Plugin } from 'esbuild';

const root = resolve(import.meta.dirname, '..');

/**
 * What of @actions/core few runs need or none, and at every start costs more than all else that is loaded: an HTTP client for OIDC tokens (20 ms for `node:tls` alone) and `node:crypto`
 * for the delimiters of outputs (6 ms), which are loaded when they are called; an exec library for platform details, and its way to write a summary.
 */
const TOOLKIT_CORE = join(root, 'node_modules', '@actions', 'core', 'lib');
const TOOLKIT_ON_DEMAND: Readonly<Record<string, string>> = {
  './platform.js': 'export {}',
  './summary.js': 'export const summary = undefined, markdownSummary = undefined;',
  './oidc-utils.js': `export class OidcClient {
    static async getIDToken(audience) {
      const { OidcClient } = await import('./oidc-utils.js');
      return OidcClient.getIDToken(audience);
    }
  }`,
  crypto: `export const randomUUID = () => process.getBuiltinModule('node:crypto').randomUUID();`,
};

const BUILTIN_IMPORT =
  /^import (?:(?:\* as )?(\w+))?(?:, )?(\{[^}]*\})? from (['"])(?:node:)?([a-z_]+(?:\/[a-z_]+)?)\3;?$/gm;
const BUILTIN_REQUIRE = /\brequire\((['"])(?:node:)?([a-z_]+(?:\/[a-z_]+)?)\1\)/g;

/**
 * Node's own modules by `process.getBuiltinModule`, written into the importing module itself: an ES `import 'node:http'` builds a namespace object with every export and
 * costs 19 ms at start, this 2 ms. It also spares the bundle a `createRequire` for the `require('net')` of CommonJS dependencies, and a file for what several chunks import.
 */
const builtinsWithoutImport: Plugin = {
  name: 'builtins-without-import',
  setup(context) {
    const names = new Set(builtinModules);
    // Some modules call what they import `process`.
    const call = (name: string) => `globalThis.process.getBuiltinModule("node:${name}")`;
    context.onLoad({ filter: /\.(?:[cm]?js|ts)$/, namespace: 'file' }, ({ path }) => {
      const onDemand = path.startsWith(TOOLKIT_CORE) ? TOOLKIT_ON_DEMAND : {};
      const known = (name: string) => names.has(name) && !(name in onDemand);
      const contents = readFileSync(path, 'utf8')
        .replace(
          BUILTIN_IMPORT,
          (whole, module: string | undefined, some: string | undefined, _quote, name: string) => {
            const taken = [module, some?.replaceAll(' as ', ': ')].filter((part) => part !== undefined);
            return known(name) ? `const ${taken.map((part) => `${part} = ${call(name)}`).join(', ')};` : whole;
          },
        )
        .replace(BUILTIN_REQUIRE, (whole, _quote, name: string) => (known(name) ? call(name) : whole));
      return { contents, loader: path.endsWith('.ts') ? 'ts' : 'js' };
    });
    context.onResolve({ filter: /^(?:node:)?[a-z_]+(?:\/[a-z_]+)?$/ }, ({ path, importer }) =>
      names.has(path.replace(/^node:/, ''))
        ? { errors: [{ text: `${relative(root, importer)} imports ${path} in a form that is not known here` }] }
        : undefined,
    );
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

const toolkitOnDemand: Plugin = {
  name: 'toolkit-on-demand',
  setup(context) {
    context.onResolve(
      { filter: /^(?:\.\/(?:oidc-utils|platform|summary)\.js|crypto)$/ },
      ({ path, resolveDir, kind }) =>
        resolveDir === TOOLKIT_CORE && kind === 'import-statement' ? { path, namespace: 'on-demand' } : undefined,
    );
    context.onLoad({ filter: /.*/, namespace: 'on-demand' }, ({ path }) => ({
      contents: TOOLKIT_ON_DEMAND[path] ?? '',
      resolveDir: TOOLKIT_CORE,
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
    context.onResolve({ filter: /^(?:socks|yaml)$/ }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path, namespace: 'named' } : undefined,
    );
    context.onLoad({ filter: /.*/, namespace: 'named' }, async ({ path }) => {
      const found: Readonly<Record<string, unknown>> = await import(path);
      const names = Object.keys(found).filter((name) => name !== 'module.exports');
      return { contents: `export { ${names.join(', ')} } from ${JSON.stringify(path)};`, resolveDir: root };
    });
  },
};

/** Evaluated when it is first called, as few runs call it: semver compiles some fifty regular expressions when it is loaded, 1.5 of 100 ms of a whole run. */
const semverWhenCalled: Plugin = {
  name: 'semver-when-called',
  setup(context) {
    context.onResolve({ filter: /^semver\/functions\/satisfies\.js$/ }, ({ path, kind }) =>
      kind === 'import-statement' ? { path, namespace: 'called-seldom' } : undefined,
    );
    context.onLoad({ filter: /.*/, namespace: 'called-seldom' }, ({ path }) => ({
      contents: `const load = () => require(${JSON.stringify(path)});\nexport default (...given) => load()(...given);`,
      resolveDir: root,
    }));
  },
};

/** Where in src/ the process is that calls the cache toolkit; in dist/ it has a bundle of its own. */
export const TOOLKIT_PROCESS = 'src/cache/actions-store-process.ts';

/** To the action that process is a file to start, whose place is all it imports from there. */
const toolkitProcessApart: Plugin = {
  name: 'toolkit-process-apart',
  setup(context) {
    context.onLoad({ filter: /actions-store-process\.ts$/ }, () => ({
      contents: `export const location = new URL('./actions-store-process.js', import.meta.url).href;`,
    }));
  },
};

/**
 * The bulk of the cache client (558 of 775 KB) is @azure/storage-blob, which only saving, and loading from Azure's own hosts, needs: a file of its own, read
 * when one of its two classes is first made. That happens in the midst of synchronous code, which is why it is required and not imported.
 */
const azureStorageWhenCalled: Plugin = {
  name: 'azure-storage-when-called',
  setup(context) {
    context.onResolve({ filter: /^@azure\/storage-blob$/ }, ({ path }) => ({ path, namespace: 'called-seldom' }));
    context.onLoad({ filter: /.*/, namespace: 'called-seldom' }, () => ({
      contents: `const { createRequire } = process.getBuiltinModule('node:module');
        const load = () => createRequire(import.meta.url)('./azure-storage.js');
        ${AZURE_CLASSES.map((name) => `export class ${name} { constructor(...given) { return new (load().${name})(...given); } }`).join('\n')}`,
    }));
  },
};

const AZURE_CLASSES = ['BlobClient', 'BlockBlobClient'] as const;

/** The entry of the file that `azureStorageWhenCalled` has required. */
export const AZURE_STORAGE = 'azure-storage';

const azureStorage: Plugin = {
  name: AZURE_STORAGE,
  setup(context) {
    context.onResolve({ filter: /^azure-storage$/ }, ({ path }) => ({ path, namespace: 'azure' }));
    context.onLoad({ filter: /.*/, namespace: 'azure' }, () => ({
      contents: `export { ${AZURE_CLASSES.join(', ')} } from '@azure/storage-blob';`,
      resolveDir: root,
    }));
  },
};

/** What the entry of the action loads before the flow, and the flow after it. */
const BASE = [
  '@actions/core',
  './src/inputs/settings.ts',
  './src/model/legible.ts',
  './src/system/redaction.ts',
  './src/system/system.ts',
] as const;
const FLOW = [...BASE, './src/gate/gate.ts'] as const;

/**
 * Has every lazy part import what is in memory by then.
 *
 * esbuild makes a chunk of each set of modules that the same entries reach. Parts that share only some of the eager modules would cut them into a dozen
 * files, and each costs the loader a millisecond at start; parts that share them all leave them in one. That makes 34 files of 47, and takes 4 of 100 ms
 * off a whole run.
 */
const eagerPartsInOneChunkEach: Plugin = {
  name: 'eager-parts-in-one-chunk-each',
  setup(context) {
    context.onResolve({ filter: /^(?:\..*\.ts|\.\/oidc-utils\.js)$/ }, ({ kind, path, resolveDir }) =>
      kind === 'dynamic-import'
        ? { path: relative(root, join(resolveDir, path)).replaceAll('\\', '/'), namespace: 'lazy' }
        : undefined,
    );
    context.onLoad({ filter: /.*/, namespace: 'lazy' }, ({ path }) => ({
      contents: [...inMemoryBefore(path).map((each) => `import '${each}';`), `export * from './${path}';`].join('\n'),
      resolveDir: root,
    }));
  },
};

function inMemoryBefore(path: string): readonly string[] {
  if (path === 'src/gate/gate.ts') return BASE;
  if (path.startsWith('src/report/report')) return [...FLOW, './src/report/publish.ts'];
  return path.startsWith('node_modules') ? [...FLOW, '@actions/http-client'] : FLOW;
}

const shared: readonly Plugin[] = [namesOfCommonJs, toolkitOnDemand, builtinsWithoutImport, withoutUndici];

/** In the order in which esbuild asks them. */
export const actionPlugins: readonly Plugin[] = [
  toolkitProcessApart,
  eagerPartsInOneChunkEach,
  semverWhenCalled,
  ...shared,
];
export const toolkitPlugins: readonly Plugin[] = [azureStorageWhenCalled, ...shared];
export const azurePlugins: readonly Plugin[] = [azureStorage, ...shared];
