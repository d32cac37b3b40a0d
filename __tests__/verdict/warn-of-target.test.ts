import { expect, test } from 'vitest';
import { lastRelease } from '../../src/lifecycle/lifecycle.ts';
import { parseRelease } from '../../src/model/release.ts';
import { warnOfTarget } from '../../src/verdict/warn-of-target.ts';
import { serverVersion } from '../helpers/snapshots.ts';

const { minor = 0 } = parseRelease(lastRelease) ?? {};

test.each([
  ['no target', undefined, 'v1.30.0', undefined],
  ['the next version', '1.31.0', 'v1.30.4', undefined],
  ['the last version that is known', `${lastRelease}.0`, 'v1.30.4', undefined],
  ['a patch of the last version', `${lastRelease}.9`, 'v1.30.4', undefined],
  ['one more', `1.${minor + 1}.0`, 'v1.30.4', `and the last version known here is ${lastRelease}`],
  ['the version of the server', '1.30.0', 'v1.30.4', undefined],
  ['an older one', '1.29.0', 'v1.30.4-gke.1', 'and prod is already at v1.30.4-gke.1'],
  ['a server that nothing is known of', '1.29.0', undefined, undefined],
])('%s', (_rule, target, server, expected) => {
  const release = target === undefined ? undefined : parseRelease(target);
  const warnings = warnOfTarget(release, server === undefined ? undefined : serverVersion(server), 'prod');
  expect(warnings.map(({ message }) => message)).toEqual(
    expected === undefined ? [] : [expect.stringContaining(expected)],
  );
  for (const { message } of warnings) expect(message).toContain(lastRelease);
});
