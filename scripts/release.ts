/**
 * Everything of a release that needs no GitHub.
 *
 * `node scripts/release.ts --dry-run` checks the checkout as it stands; with `--tag v1.2.3`, whether that tag may release it. `--tag v1.2.3 --into FOLDER` also
 * writes what the release workflow publishes: the npm package, the list of what is bundled in it, and the notes.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  changelogProblems,
  expectedReference,
  manifestProblems,
  type Release,
  readManifest,
  referenceProblems,
  releaseNotes,
  versionProblems,
} from './release-facts.ts';
import {
  billOfMaterials,
  billOfMaterialsProblems,
  fileListProblems,
  installProblems,
  packRelease,
  sizeProblems,
} from './release-package.ts';

type Check = (release: Release) => readonly string[] | Promise<readonly string[]>;

const CHECKS: readonly (readonly [name: string, check: Check])[] = [
  ['the version is the same in package.json, package-lock.json, README and docs', versionProblems],
  ['the changelog fits the version', changelogProblems],
  ['README, docs and messages name the action by what exists', referenceProblems],
  ['package.json has what npm and its users need', manifestProblems],
  ['the package holds exactly what the command needs', fileListProblems],
  ['the package installs into an empty folder and runs', installProblems],
  ['docs/releasing.md states the size', sizeProblems],
  ['the list of what is bundled is complete', billOfMaterialsProblems],
];

const { values } = parseArgs({
  options: { 'dry-run': { type: 'boolean' }, tag: { type: 'string' }, into: { type: 'string' } },
});
const release: Release = { root: resolve(import.meta.dirname, '..'), tag: values.tag };

if (values['dry-run'] === true ? values.into !== undefined : values.into === undefined || release.tag === undefined) {
  console.error('Usage: node scripts/release.ts --dry-run [--tag v1.2.3] | --tag v1.2.3 --into FOLDER');
  process.exit(2);
}

const { name, version } = readManifest(release.root);
console.log(`${name} ${version}; examples name it ${expectedReference(release.root)}`);
let failed = 0;
for (const [title, check] of CHECKS) {
  const problems = await check(release);
  console.log([`${problems.length === 0 ? 'ok  ' : 'FAIL'} ${title}`, ...problems].join('\n       '));
  if (problems.length > 0) failed += 1;
}

if (failed === 0 && values.into !== undefined) {
  const into = resolve(values.into);
  mkdirSync(into, { recursive: true });
  writeFileSync(join(into, 'notes.md'), `${releaseNotes(release.root)}\n`);
  const bill = join(into, `${name}.cdx.json`);
  writeFileSync(bill, `${JSON.stringify(billOfMaterials(release.root), undefined, 2)}\n`);
  console.log(`wrote ${packRelease(release.root, into)}, ${bill} and its notes`);
}
process.exitCode = failed === 0 ? 0 : 1;
console.log(`release: ${CHECKS.length - failed} passed, ${failed} failed`);
