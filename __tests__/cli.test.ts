/** The command line's entry under Node versions that cannot read the rest. */
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { pretendVersion } from './helpers/old-node.ts';
import { run } from './helpers/processes.ts';

const entry = join(resolve(import.meta.dirname, '..'), 'src', 'cli.ts');

test.each(['16.20.2', '20.20.2', '22.9.0'])('Node %s is told what is needed', async (version) => {
  const { code, stdout, stderr } = await run(process.execPath, [entry, 'apps/v1'], {
    env: { NODE_OPTIONS: pretendVersion(version) },
  });
  expect(stderr).toBe(
    `kube-api-gate needs Node 24 or newer, and this is ${version}. In a clone, npm run gate -- … finds the right one.\n`,
  );
  expect({ code, stdout }).toEqual({ code: 70, stdout: '' });
});
