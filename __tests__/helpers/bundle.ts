/** Where the action is bundled: what `npm test` built from src/ for itself, else dist/. */
import { join, resolve } from 'node:path';

/** Environment variable that names a folder in place of dist/. */
export const BUNDLE_VARIABLE = 'KUBE_API_GATE_BUNDLE';

/** An entry of the bundle: `index.js`, `cli.js`. */
export function bundled(name: string): string {
  return join(process.env[BUNDLE_VARIABLE] ?? resolve(import.meta.dirname, '../../dist'), name);
}
