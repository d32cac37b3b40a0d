/** The action's entry under Node versions that cannot read the rest. */
import { readFileSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { oldNodes, pretendVersion } from './helpers/old-node.ts';
import { run } from './helpers/processes.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';

const entry = join(resolve(import.meta.dirname, '..'), 'src', 'index.ts');
const NEEDS =
  /^::error title=kube-api-gate::kube-api-gate needs Node 24 .* starts actions with Node \d+\.\d+\.\d+\. Update the runner/;

test.each(['12.22.12', '16.20.2', '20.20.2', '22.9.0'])('Node %s is told what is needed, red', async (version) => {
  const { code, stdout } = await run(process.execPath, [entry], { env: { NODE_OPTIONS: pretendVersion(version) } });
  expect(stdout).toMatch(NEEDS);
  expect(stdout.trim().split('\n')).toHaveLength(1);
  expect(code).toBe(1);
});

test.each(oldNodes())('and so is the one at %s', async (node) => {
  const folder = temporaryFolder({ 'package.json': '{"type":"module"}' });
  writeFileSync(join(folder, 'index.js'), stripTypeScriptTypes(readFileSync(entry, 'utf8')));
  const { code, stdout, stderr } = await run(node, [join(folder, 'index.js')], { env: {} });
  expect(stderr).toBe('');
  expect(stdout).toMatch(NEEDS);
  expect(code).toBe(1);
});

test('what cannot be loaded is red, in one line', async () => {
  const folder = temporaryFolder({ 'package.json': '{"type":"module"}' });
  writeFileSync(join(folder, 'index.js'), stripTypeScriptTypes(readFileSync(entry, 'utf8')));
  const { code, stdout } = await run(process.execPath, [join(folder, 'index.js')], { env: {} });
  expect(stdout).toMatch(/^::error title=kube-api-gate::kube-api-gate cannot be loaded: .*action\.ts/);
  expect(stdout.trim().split('\n')).toHaveLength(1);
  expect(code).toBe(1);
});
