/** `npm run check`: everything short of tests. Runs all of it, and fails when any part does. */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const node = process.execPath;

const checks: readonly (readonly [name: string, command: string, ...args: string[]])[] = [
  ['types', 'tsc', '--noEmit'],
  ['lint', 'biome', 'ci', '--colors=off', '.'],
  ['generated documents are current', node, 'scripts/docs.ts', '--check'],
  ['dist is what src builds', node, 'scripts/build.ts', '--check'],
];

let failed = 0;
for (const [name, command, ...args] of checks) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  const passed = status === 0;
  console.log(`${passed ? 'ok  ' : 'FAIL'} ${name}`);
  if (!passed) {
    failed += 1;
    console.log([stdout, stderr, error?.message].filter(Boolean).join('\n').trimEnd());
  }
}
process.exitCode = failed === 0 ? 0 : 1;
console.log(`check: ${checks.length - failed} passed, ${failed} failed`);
