import { expect, test } from 'vitest';
import { hintForPattern } from '../../src/manifests/pattern-hint.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

test.each([
  ['an item of a YAML list', '- deploy/web.yaml', /not a YAML list\. Write deploy\/web\.yaml$/],
  ['an item of a list with a glob', '- deploy/**/*.yaml', /not a YAML list\. Write deploy\/\*\*\/\*\.yaml$/],
  ['double quotes', '"deploy/*.yaml"', /^Remove the quotes: deploy\/\*\.yaml$/],
  ['single quotes', "'deploy/*.yaml'", /^Remove the quotes: deploy\/\*\.yaml$/],
  ['backticks', '`deploy`', /^Remove the quotes: deploy$/],
  ['an item of a list in quotes', '- "deploy/*.yaml"', /not a YAML list\. Write deploy\/\*\.yaml$/],
  ['an excluded pattern in quotes', '!"deploy/*.yaml"', /^Remove the quotes: !deploy\/\*\.yaml$/],
  ['a home folder', '~/deploy', /not expanded by a shell/],
  ['a variable', '$HOME/deploy', /not expanded by a shell/],
  ['two patterns', 'a.yaml b.yaml', /on a line of its own/],
  ['folders as on Windows', 'deploy\\web.yaml', /^Write \/ between folders/],
  ['anything else', 'deploy/web.yaml', /^Patterns are relative to/],
])('%s', (_rule, pattern, hint) => {
  expect(hintForPattern(pattern, temporaryFolder({ 'other.txt': '' }))).toMatch(hint);
});

test('an empty folder: nothing was checked out', () => {
  expect(hintForPattern('deploy/**', temporaryFolder())).toMatch(/ is empty\. .*actions\/checkout/);
});

test('a folder that is not there says nothing', () => {
  expect(hintForPattern('deploy/**', '/nonexistent')).toMatch(/^Patterns are relative to/);
});
