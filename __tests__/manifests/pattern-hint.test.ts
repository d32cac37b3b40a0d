import { expect, test } from 'vitest';
import { hintForPattern } from '../../src/manifests/pattern-hint.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

test.each([
  ['an item of a YAML list', '- deploy/web.yaml', /^Write deploy\/web\.yaml without the dash: .*not a YAML list/],
  ['an item of a list with a glob', '- deploy/**/*.yaml', /^Write deploy\/\*\*\/\*\.yaml without the dash/],
  ['double quotes', '"deploy/*.yaml"', /^Write deploy\/\*\.yaml without quotes/],
  ['single quotes', "'deploy/*.yaml'", /^Write deploy\/\*\.yaml without quotes/],
  ['backticks', '`deploy`', /^Write deploy without quotes/],
  ['an item of a list in quotes', '- "deploy/*.yaml"', /^Write deploy\/\*\.yaml without the dash/],
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
