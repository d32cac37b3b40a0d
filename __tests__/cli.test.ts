/** The command's entry: what an old Node is told. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { bundled } from './helpers/bundle.ts';
import { disguisedAs } from './helpers/disguised-node.ts';
import { run } from './helpers/processes.ts';

const entry = bundled('cli.js');

describe('an old Node', () => {
  test.each(['18.20.8', '20.9.0', '22.2.0', '23.11.1'])(
    '%s gets one line, and a failing exit code',
    async (version) => {
      const { code, stdout, stderr } = await run(process.execPath, [...disguisedAs(version), entry, 'apps/v1']);
      expect({ code, stdout, stderr }).toEqual({
        code: 70,
        stdout: '',
        stderr: `kube-api-gate needs Node.js 24 or newer; this is ${version}. In a clone, \`npm run gate -- …\` finds the right one.\n`,
      });
    },
  );

  test('reads no other file first: it might not know its syntax', () => {
    expect(readFileSync(entry, 'utf8')).not.toMatch(/^import\b(?!\()|^export\b.*\bfrom\b/m);
  });
});

test.each(['24.0.0', '25.1.0', '100.0.0'])('Node %s runs the command', async (version) => {
  const { code, stdout } = await run(process.execPath, [...disguisedAs(version, { lacks: [] }), entry, '--help']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Usage: kube-api-gate /);
});
