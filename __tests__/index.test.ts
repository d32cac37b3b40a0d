/** The action's entry under Node versions that cannot read the rest. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bundled } from './helpers/bundle.ts';
import { disguisedAs } from './helpers/disguised-node.ts';
import { oldNodes } from './helpers/old-node.ts';
import { run } from './helpers/processes.ts';

const entry = bundled('index.js');
const NEEDS =
  /^::error title=kube-api-gate::kube-api-gate needs Node 24 .* starts actions with Node \d+\.\d+\.\d+\. Update the runner.*\n$/;

test.each(['16.20.2', '18.20.8', '20.9.0', '22.2.0', '23.11.1'])(
  'Node %s is told what is needed in one line, red',
  async (version) => {
    const { code, stdout, stderr } = await run(process.execPath, [...disguisedAs(version), entry]);
    expect(stdout).toMatch(NEEDS);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  },
);

test.each(oldNodes())('and so is the one at %s', async (node) => {
  const { code, stdout, stderr } = await run(node, [entry], { env: {} });
  expect(stdout).toMatch(NEEDS);
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
});

test('it reads no other file first: an old Node might not know its syntax', () => {
  const text = readFileSync(entry, 'utf8');
  expect(text).not.toMatch(/^import\b(?!\()|^export\b.*\bfrom\b/m);
  expect(text).not.toMatch(/\?\?=|\|\|=|&&=|\?\.[a-z([]|^\s*(?:await|using)\s/m);
});
