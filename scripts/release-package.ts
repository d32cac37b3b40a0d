/** The npm package: packed, compared file by file, installed into an empty folder and run; and the list of what is bundled in it. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { type Release, readManifest } from './release-facts.ts';

/** What docs/releasing.md promises. */
export const LARGEST_PACKAGE_KB = 400;

type Packed = {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
};

/** Runs npm and returns what it printed. @throws Error with npm's own words when it fails. */
function npm(cwd: string, ...parameters: string[]): string {
  const { status, stdout, stderr, error } = spawnSync('npm', parameters, {
    cwd,
    encoding: 'utf8',
    timeout: 120_000,
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm ${parameters[0]}: ${error?.message ?? (stderr || stdout).trim()}`);
  return stdout;
}

function pack(folder: string, ...parameters: string[]): Packed {
  const printed: unknown = JSON.parse(npm(folder, 'pack', '--json', '--ignore-scripts', ...parameters));
  // A list, or since npm 12 a record by package name.
  const [packed] = Object.values(printed as Readonly<Record<string, Packed>>);
  if (packed === undefined) throw new Error('npm pack: nothing was packed');
  return packed;
}

/** The files of dist/ that the command loads, at once or on demand, and the packages it would look for beside it. */
async function reachedFromCommand(root: string): Promise<{ files: readonly string[]; packages: readonly string[] }> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [readManifest(root).bin['kube-api-gate'] ?? ''],
    bundle: true,
    splitting: true,
    outdir: 'not-written',
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'silent',
  });
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
  const packages = imports
    .filter(({ path, external }) => external && !path.startsWith('node:'))
    .map(({ path }) => path);
  return { files: Object.keys(metafile.inputs), packages };
}

/** The package holds what the command loads, what users read, and nothing else. */
export async function fileListProblems({ root }: Release): Promise<readonly string[]> {
  const { files, packages } = await reachedFromCommand(root);
  const expected = new Set([...files, 'dist/licenses.txt', 'package.json', 'README.md', 'LICENSE', 'CHANGELOG.md']);
  const packed = new Set(pack(root, '--dry-run').files.map(({ path }) => path));
  return [
    ...packages.map((name) => `the command imports ${name}, which is not in the bundle`),
    ...[...expected].filter((path) => !packed.has(path)).map((path) => `${path} is not packed`),
    ...[...packed]
      .filter((path) => !expected.has(path))
      .map((path) => `${path} is packed, but the command never loads it: exclude it in "files" of package.json`),
  ];
}

/**
 * Packs the release as npm gets it. Everything is bundled in dist/, so the published package.json has no dependencies, and no scripts.
 *
 * @returns the path of the archive in `into`
 */
export function packRelease(root: string, into: string): string {
  const staged = mkdtempSync(join(tmpdir(), 'kube-api-gate-package-'));
  try {
    for (const { path } of pack(root, '--dry-run').files) {
      mkdirSync(dirname(join(staged, path)), { recursive: true });
      cpSync(join(root, path), join(staged, path));
    }
    const { dependencies, devDependencies, scripts, allowScripts, ...published } = JSON.parse(
      readFileSync(join(root, 'package.json'), 'utf8'),
    ) as Record<string, unknown>;
    writeFileSync(join(staged, 'package.json'), `${JSON.stringify(published, undefined, 2)}\n`);
    const { filename, size } = pack(staged, '--pack-destination', into);
    if (size > LARGEST_PACKAGE_KB * 1000) {
      throw new Error(`the package has ${Math.ceil(size / 1000)} kB, more than ${LARGEST_PACKAGE_KB} kB`);
    }
    return join(into, filename);
  } finally {
    rmSync(staged, { recursive: true, force: true });
  }
}

/** Installs the archive into an empty folder without a registry, and runs the command as a user would. */
export function installProblems({ root }: Release): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'kube-api-gate-install-'));
  try {
    const archive = packRelease(root, folder);
    const project = join(folder, 'project');
    mkdirSync(project);
    // Else npm installs into the next folder above that has one.
    writeFileSync(join(project, 'package.json'), '{ "private": true }\n');
    npm(project, 'install', '--offline', '--cache', join(folder, 'cache'), '--no-audit', '--no-fund', archive);
    const problems: string[] = [];
    const installed = readdirSync(join(project, 'node_modules')).filter((name) => !name.startsWith('.'));
    if (installed.join() !== 'kube-api-gate') problems.push(`installs more than itself: ${installed.join(', ')}`);
    const help = npm(project, 'exec', '--offline', '--cache', join(folder, 'cache'), '--', 'kube-api-gate', '--help');
    if (!help.startsWith('Usage: kube-api-gate'))
      problems.push(`--help does not print the usage: ${help.slice(0, 80)}`);
    return problems;
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Component = { readonly 'bom-ref': string; readonly name: string; readonly version: string };
type BillOfMaterials = {
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
};

/**
 * What is bundled in dist/, by the lock file, as CycloneDX.
 *
 * `npm sbom --omit=dev` leaves out what a tool needs as well, so the list is taken whole, and what is neither in dist/ nor led to by a dependency is dropped.
 */
export function billOfMaterials(root: string): BillOfMaterials {
  const whole = JSON.parse(
    npm(root, 'sbom', '--package-lock-only', '--sbom-format=cyclonedx', '--sbom-type=application'),
  ) as BillOfMaterials;
  const { name, dependencies = {} } = readManifest(root);
  const { component } = whole.metadata;
  const wanted = Object.entries(dependencies).map(([dependency, version]) => `${dependency}@${version}`);
  const leadsTo = new Map(whole.dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
  const reached = new Set<string>();
  const visit = (ref: string): void => {
    if (reached.has(ref)) return;
    reached.add(ref);
    leadsTo.get(ref)?.forEach(visit);
  };
  [...wanted, ...bundledPackages(root)].forEach(visit);
  return {
    ...whole,
    // npm takes the name of the folder.
    metadata: { ...whole.metadata, component: { ...component, name } },
    components: whole.components.filter((each) => reached.has(each['bom-ref'])),
    dependencies: whole.dependencies.flatMap((each) => {
      if (each.ref === component['bom-ref']) return [{ ...each, dependsOn: wanted }];
      return reached.has(each.ref) ? [each] : [];
    }),
  };
}

/** The packages whose code is in dist/, as `name@version`: the titles of their licences. */
function bundledPackages(root: string): readonly string[] {
  const titles = readFileSync(join(root, 'dist', 'licenses.txt'), 'utf8').matchAll(/(?:^|-{80}\n\n)(\S+) (\S+)\n\n/g);
  return [...titles].map(([, name, version]) => `${name}@${version}`);
}

/** The list names every package whose code is in dist/, as the build knows it, and every dependency at the version that package.json pins. */
export function billOfMaterialsProblems({ root }: Release): readonly string[] {
  try {
    const { components } = billOfMaterials(root);
    const listed = new Set(components.map(({ name, version }) => `${name}@${version}`));
    const dependencies = Object.entries(readManifest(root).dependencies ?? {}).map(
      ([name, version]) => `${name}@${version}`,
    );
    const bundled = bundledPackages(root);
    if (bundled.length === 0) return ['dist/licenses.txt names no package'];
    return [...new Set([...dependencies, ...bundled])]
      .filter((part) => !listed.has(part))
      .map((part) => `the list does not name ${part}`);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/** docs/releasing.md states the size above which packing fails. */
export function sizeProblems({ root }: Release): readonly string[] {
  const page = join(root, 'docs', 'releasing.md');
  if (existsSync(page) && readFileSync(page, 'utf8').includes(`${LARGEST_PACKAGE_KB} kB`)) return [];
  return [`docs/releasing.md does not state the largest size, ${LARGEST_PACKAGE_KB} kB`];
}
