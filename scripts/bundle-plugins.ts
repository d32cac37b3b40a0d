/**
 * What esbuild is taught for this bundle: mostly, to leave at the door what a run does not need.
 *
 * Nothing here may hold an absolute path: paths of virtual modules go into the names of chunks, and `dist/` has to be the same wherever it is built.
 */
import { builtinModules } from 'node:module';
import { join, relative, resolve } from 'node:path';
import type { Plugin } from 'esbuild';

const root = resolve(import.meta.dirname, '..');

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
    context.onResolve({ filter: /^\.\/(oidc-utils|platform)\.js$/ }, ({ path, resolveDir, kind }) =>
      resolveDir === core && kind === 'import-statement' ? { path, namespace: 'on-demand' } : undefined,
    );
    context.onLoad({ filter: /.*/, namespace: 'on-demand' }, ({ path }) => ({
      contents: path.endsWith('platform.js')
        ? 'export {}'
        : `export class OidcClient {
             static async getIDToken(audience) {
               const { OidcClient } = await import('${path}');
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
        ? { path: relative(root, join(resolveDir, path)).replaceAll('\\', '/'), namespace: 'lazy' }
        : undefined,
    );
    context.onLoad({ filter: /.*/, namespace: 'lazy' }, ({ path }) => ({
      contents: `import './src/gate.ts'; export * from './${path}';`,
      resolveDir: root,
    }));
  },
};

/** In the order in which esbuild asks them. */
export const bundlePlugins: readonly Plugin[] = [
  eagerPartInOneChunk,
  evaluatedWhenCalled,
  namesOfCommonJs,
  toolkitOnDemand,
  builtinsWithoutImport,
  withoutUndici,
];
