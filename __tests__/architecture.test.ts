import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const source = join(root, 'src');

/** Which folders each folder may import from, itself aside. ARCHITECTURE.md says why. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  model: [],
  files: ['model'],
  system: ['model'],
  inputs: ['model'],
  requirements: ['model'],
  yaml: ['model'],
  manifests: ['model', 'files', 'yaml'],
  lifecycle: ['model'],
  acceptances: ['model', 'files', 'yaml'],
  cache: ['model', 'files'],
  cluster: ['model', 'yaml'],
  verdict: ['model', 'lifecycle'],
  discovery: ['model', 'cluster'],
  schemas: ['model', 'yaml', 'cluster', 'discovery'],
  report: ['model', 'files', 'verdict'],
  snapshots: ['model', 'files'],
  merge: ['model', 'files'],
  gate: [
    'model',
    'inputs',
    'requirements',
    'manifests',
    'acceptances',
    'cluster',
    'discovery',
    'schemas',
    'cache',
    'snapshots',
    'merge',
    'verdict',
  ],
  terminal: ['model', 'system', 'inputs', 'snapshots', 'report', 'gate'],
};

/**
 * Inside some folders: which of the others each room, and each file that is in no room, may import.
 *
 * A connection knows nothing of kubeconfigs, and of credentials only their type; `cluster.ts` puts them together. In the gate, `gate.ts` calls whoever plans and
 * whoever judges one cluster, and nobody calls back.
 */
const ROOMS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  cluster: {
    'access.ts': [],
    'named-file.ts': [],
    'proxy-url.ts': [],
    connection: ['access.ts', 'proxy-url.ts'],
    credentials: ['access.ts', 'named-file.ts'],
    kubeconfig: ['access.ts', 'named-file.ts', 'proxy-url.ts', 'credentials'],
    'cluster.ts': ['access.ts', 'proxy-url.ts', 'connection', 'credentials', 'kubeconfig'],
  },
  gate: {
    'world.ts': [],
    'only-cached.ts': [],
    'asking.ts': ['world.ts'],
    'expected-clusters.ts': [],
    'deadline.ts': [],
    'walk-objects.ts': [],
    'field-work.ts': ['walk-objects.ts'],
    'judge-fields.ts': ['world.ts', 'plan.ts', 'field-work.ts', 'walk-objects.ts'],
    'snapshot-files.ts': ['world.ts'],
    'plan.ts': ['world.ts', 'deadline.ts', 'field-work.ts', 'snapshot-files.ts'],
    'drift-since.ts': ['plan.ts'],
    'keeping.ts': ['world.ts', 'plan.ts'],
    'caches.ts': ['world.ts', 'plan.ts', 'keeping.ts'],
    'needs.ts': [],
    'judge-cluster.ts': [
      'world.ts',
      'plan.ts',
      'asking.ts',
      'drift-since.ts',
      'only-cached.ts',
      'caches.ts',
      'keeping.ts',
      'needs.ts',
      'judge-fields.ts',
    ],
    'judge-file.ts': ['world.ts', 'plan.ts', 'snapshot-files.ts', 'judge-cluster.ts', 'judge-fields.ts'],
    'keep-snapshots.ts': ['world.ts', 'plan.ts', 'keeping.ts', 'judge-cluster.ts'],
    'merge-verdicts.ts': ['world.ts', 'expected-clusters.ts'],
    'gate.ts': [
      'world.ts',
      'plan.ts',
      'expected-clusters.ts',
      'judge-cluster.ts',
      'judge-file.ts',
      'keep-snapshots.ts',
      'merge-verdicts.ts',
    ],
  },
};

/** What other folders may import from a folder; `model` is open, as all of it is plain data. */
const FACES: Readonly<Record<string, readonly string[]>> = {
  files: ['atomic-file.ts', 'glob.ts', 'text-file.ts', 'walk.ts'],
  system: ['system.ts', 'redaction.ts'],
  inputs: ['settings.ts'],
  requirements: ['requirements.ts', 'version-range.ts'],
  yaml: ['documents.ts', 'configuration.ts', 'node.ts', 'to-plain.ts', 'file-text.ts', 'line-counter.ts'],
  manifests: ['manifests.ts', 'visit-objects.ts', 'patch-files.ts', 'find-files.ts'],
  lifecycle: ['lifecycle.ts', 'field-lifecycle.ts'],
  acceptances: ['acceptances.ts'],
  cache: ['snapshot-cache.ts', 'snapshot-store.ts', 'schema-cache.ts', 'actions-store.ts', 'kubectl/kubectl-cache.ts'],
  cluster: ['cluster.ts'],
  verdict: ['judge.ts', 'field-findings.ts', 'target-remarks.ts'],
  discovery: ['discover.ts', 'reply.ts'],
  schemas: ['ask-schemas.ts', 'openapi-document.ts', 'definition-schema.ts', 'walk.ts', 'patterns.ts'],
  snapshots: ['read-snapshots.ts', 'save-snapshot.ts', 'drift.ts'],
  merge: ['merge-reports.ts'],
  report: ['publish.ts', 'drift.ts'],
  gate: ['gate.ts', 'world.ts'],
  terminal: ['terminal.ts'],
};

/** The only modules that may speak to the Actions toolkit, by package. */
const MAY_USE_ACTIONS: Readonly<Record<string, readonly string[]>> = {
  'action.ts': ['@actions/core'],
  'cache/actions-store-process.ts': ['@actions/cache'],
  'report/publish.ts': ['@actions/core'],
  'report/comment.ts': ['@actions/http-client'],
  'cluster/*': ['@actions/http-client'],
};

/** Modules that neither entry reaches: code that no user can run needs a reason to be here. */
const UNREACHED: readonly string[] = [];

const modules = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts'))
  .sort();

function importsOf(module: string): readonly string[] {
  const text = readFileSync(join(source, module), 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, specifier]) => specifier ?? '');
}

const folderOf = (module: string): string => (module.includes('/') ? (module.split('/')[0] ?? '') : '');

/** The modules of ours that one imports. */
function importedBy(module: string): readonly string[] {
  return importsOf(module)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => relative(source, resolve(source, dirname(module), specifier)).replaceAll('\\', '/'));
}

const crossings = modules.flatMap((module) =>
  importedBy(module)
    .map((imported) => ({ module, imported }))
    .filter(({ module: importer, imported }) => folderOf(importer) !== folderOf(imported)),
);

describe('import directions', () => {
  test('there are crossings to check', () => {
    expect(crossings.length).toBeGreaterThan(20);
  });

  test('a folder imports only from the folders that it may', () => {
    const wrong = crossings.filter(
      ({ module, imported }) =>
        folderOf(module) !== '' && !(MAY_IMPORT[folderOf(module)] ?? []).includes(folderOf(imported)),
    );
    expect(wrong).toEqual([]);
  });

  test.each(Object.entries(ROOMS))('inside %s/, a room imports only from the rooms that it may', (folder, rooms) => {
    const room = (module: string): string => module.split('/')[1] ?? '';
    const inside = modules.filter((module) => folderOf(module) === folder);
    expect([...new Set(inside.map(room))].sort()).toEqual(Object.keys(rooms).sort());
    const wrong = inside.flatMap((module) =>
      importedBy(module)
        .filter((imported) => folderOf(imported) === folder && room(imported) !== room(module))
        .filter((imported) => !(rooms[room(module)] ?? []).includes(room(imported)))
        .map((imported) => `${module} imports ${imported}`),
    );
    expect(wrong).toEqual([]);
  });

  test('no module imports itself by way of others', () => {
    const imported = new Map(modules.map((module) => [module, importedBy(module)]));
    const reached = (from: string, seen = new Set<string>()): ReadonlySet<string> => {
      for (const next of imported.get(from) ?? []) {
        if (seen.has(next)) continue;
        seen.add(next);
        reached(next, seen);
      }
      return seen;
    };
    expect(modules.filter((module) => reached(module).has(module))).toEqual([]);
  });

  test('every folder has a rule', () => {
    const folders = new Set(modules.map(folderOf).filter((folder) => folder !== ''));
    expect([...folders].sort()).toEqual(Object.keys(MAY_IMPORT).sort());
  });

  test('a folder is entered through its face', () => {
    const wrong = crossings.filter(({ imported }) => {
      const folder = folderOf(imported);
      return folder !== '' && folder !== 'model' && !(FACES[folder] ?? []).includes(imported.slice(folder.length + 1));
    });
    expect(wrong).toEqual([]);
  });

  test('the Actions toolkit is used only where the world enters', () => {
    const wrong = modules.flatMap((module) =>
      importsOf(module)
        .filter((specifier) => specifier.startsWith('@actions/'))
        .filter((specifier) => {
          const allowed = MAY_USE_ACTIONS[module] ?? MAY_USE_ACTIONS[`${folderOf(module)}/*`] ?? [];
          return !allowed.some((name) => specifier === name || specifier.startsWith(`${name}/`));
        })
        .map((specifier) => `${module} imports ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });

  test('an entry reaches every module', () => {
    const imported = (module: string) =>
      importsOf(module)
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => relative(source, resolve(source, dirname(module), specifier)).replaceAll('\\', '/'));
    const reached = new Set<string>();
    const reach = (module: string): void => {
      if (reached.has(module)) return;
      reached.add(module);
      imported(module).forEach(reach);
    };
    ['index.ts', 'cli.ts'].forEach(reach);
    expect(modules.filter((module) => !reached.has(module))).toEqual(UNREACHED);
  });

  test('only the entries act when imported', () => {
    const entries = modules.filter((module) =>
      /^(?:await |process\.exitCode|void )/m.test(readFileSync(join(source, module), 'utf8')),
    );
    expect(entries).toEqual(['cli.ts', 'index.ts']);
  });
});

describe('tests mirror the source', () => {
  test.each(modules.filter((module) => !holdsOnlyTypes(module) && !module.endsWith('.generated.ts')))(
    '%s has its test',
    (module) => {
      expect(existsSync(join(root, '__tests__', module.replace(/\.ts$/, '.test.ts')))).toBe(true);
    },
  );

  test('no test is left behind by a source file that is gone', () => {
    const orphans = readdirSync(join(root, '__tests__'), { recursive: true, encoding: 'utf8' })
      .map((path) => path.replaceAll('\\', '/'))
      .filter((path) => path.endsWith('.test.ts') && path.includes('/'))
      .filter((path) => Object.keys(MAY_IMPORT).includes(folderOf(path)))
      .filter((path) => !modules.includes(path.replace(/\.test\.ts$/, '.ts')));
    expect(orphans).toEqual([]);
  });
});

function holdsOnlyTypes(module: string): boolean {
  const text = readFileSync(join(source, module), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  return !/^(?:export )?(?:async )?(?:function|const|class|let)\b/m.test(text);
}
