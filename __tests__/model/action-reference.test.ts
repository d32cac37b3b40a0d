import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { expectedReference } from '../../scripts/release-facts.ts';
import { ACTION_REFERENCE } from '../../src/model/action-reference.ts';

test('messages name the action by what exists: the moving tag once the changelog has a release', () => {
  expect(ACTION_REFERENCE).toBe(expectedReference(resolve(import.meta.dirname, '../..')));
});
