import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readManifests } from '../../src/manifests/manifests.ts';
import { formatPlace } from '../../src/model/place.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/manifests.md'), 'utf8');
const examples = [...page.matchAll(/`([\w-]+\.yaml)`\n\n```yaml\n([\s\S]*?)```\n\n> (.*)/g)].map(
  ([, name = '', text = '', message = '']) => ({ name, text, message }),
);

test('the page has examples', () => {
  expect(examples.length).toBeGreaterThan(4);
});

test.each(examples)('$name of docs/manifests.md is told as the page says', async ({ name, text, message }) => {
  const folder = temporaryFolder({ [name]: text });
  const { problems, warnings } = await readManifests({
    patterns: [name],
    allowUnparsable: [],
    workingDirectory: folder,
    repositoryRoot: folder,
  });
  const said = [...problems, ...warnings].map((each) => `${each.place && formatPlace(each.place)}: ${each.message}`);
  expect(said).toEqual([message]);
});
