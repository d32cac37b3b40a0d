/** Bundles src/ once for all unit tests that run the action as a process: they test what is in src/ now, and start faster than from there. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleInto } from '../../scripts/bundle.ts';
import { BUNDLE_VARIABLE } from './bundle.ts';

export async function setup(): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'kube-api-gate-bundle-'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  await bundleInto(join(folder, 'dist'));
  process.env[BUNDLE_VARIABLE] = join(folder, 'dist');
  return () => rmSync(folder, { recursive: true, force: true });
}
