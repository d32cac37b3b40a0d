/**
 * `npm run bench [-- names]`: runs the measurements, all of them unless some are named, and keeps their tables in bench/RESULTS.md.
 *
 * A measurement that was not run keeps the table it had. `--date=YYYY-MM-DD` dates the new ones otherwise than today; `--print` writes nothing.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { run } from '../__tests__/helpers/processes.ts';
import { enginePath } from '../engines/paths.ts';
import { measureBundle } from './bundle.ts';
import { measureCache } from './cache.ts';
import { measureFields } from './fields.ts';
import { measureFleet } from './fleet.ts';
import { measureLive } from './live.ts';
import { measureManifests } from './manifests.ts';
import { measureManyCrds } from './many-crds.ts';
import type { Measured } from './measure.ts';
import { type Results, readResults, resultsPage } from './results.ts';

const MEASUREMENTS = {
  live: measureLive,
  cache: measureCache,
  'many-crds': measureManyCrds,
  manifests: measureManifests,
  fields: measureFields,
  fleet: measureFleet,
  bundle: measureBundle,
} as const satisfies Readonly<Record<string, () => Promise<readonly Measured[]>>>;
type Name = keyof typeof MEASUREMENTS;

const file = join(import.meta.dirname, 'RESULTS.md');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { date: { type: 'string' }, print: { type: 'boolean', default: false } },
});
const all = Object.keys(MEASUREMENTS) as Name[];
const unknown = positionals.filter((name) => !(name in MEASUREMENTS));
if (unknown.length > 0) throw new Error(`no measurement is called ${unknown.join(', ')}: there are ${all.join(', ')}`);
const chosen = positionals.length === 0 ? all : all.filter((name) => positionals.includes(name));

const on = {
  date: values.date ?? new Date().toISOString().slice(0, 10),
  machine: `${availableParallelism()} cores (${cpus()[0]?.model.trim() || process.arch}), ${process.platform}`,
  versions: `node ${process.version}, kubectl ${await kubectlVersion()}`,
};
let results: Results = values.print ? {} : readResults(readText(file));
for (const name of chosen) {
  console.log(`${name} …`);
  const rows = await MEASUREMENTS[name]();
  for (const { what, ours, against, result, aim } of rows) {
    console.log(`  ${what}: ${ours}${against === '' ? '' : `, against ${against}`}: ${result} (${aim})`);
  }
  results = { ...results, [name]: { ...on, rows } };
  if (!values.print) writeFileSync(file, resultsPage(all, results));
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

async function kubectlVersion(): Promise<string> {
  const { stdout } = await run(enginePath('kubectl'), ['version', '--client', '--output=json']);
  return (JSON.parse(stdout) as { clientVersion: { gitVersion: string } }).clientVersion.gitVersion;
}
