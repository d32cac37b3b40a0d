import { describe, expect, test } from 'vitest';
import { lastRelease } from '../../src/lifecycle/field-lifecycle.ts';
import { remarksOnTarget } from '../../src/verdict/target-remarks.ts';
import { serverVersion } from '../helpers/snapshots.ts';

const clusters = (...versions: readonly string[]) =>
  versions.map((version, index) => ({ cluster: `c${index}`, serverVersion: serverVersion(version) }));
const lastMinor = Number(lastRelease.split('.')[1]);

function said(target: string, ...versions: readonly string[]): readonly string[] {
  return remarksOnTarget(target, clusters(...versions)).map(({ message }) => message.split(/[,:] /)[0] ?? '');
}

describe('remarksOnTarget', () => {
  const beyond = (minor: string): string => `target-version ${minor} is beyond ${lastRelease}`;
  test.each([
    ['nothing of the last version that is known', `${lastRelease}.0`, ['v1.30.0'], []],
    ['nothing of its patches', `${lastRelease}.99`, ['v1.30.0'], []],
    ['that the next one is not known', `1.${lastMinor + 1}.0`, ['v1.30.0'], [beyond(`1.${lastMinor + 1}`)]],
    ['that one far ahead is not known', '1.99.0', ['v1.30.0'], [beyond('1.99')]],
    ['nor the next major version', '2.0.0', ['v1.30.0'], [beyond('2.0')]],
    ['once, on however many clusters', '1.99.0', ['v1.30.0', 'v1.31.0'], [beyond('1.99')]],
    ['that it is not ahead of the server', '1.29.0', ['v1.30.0'], ['target-version 1.29 is older than the server']],
    ['nor of a vendor’s', '1.29.0', ['v1.30.5-gke.100'], ['target-version 1.29 is older than the server']],
    ['once for all of them', '1.29.0', ['v1.30.0', 'v1.31.0'], ['target-version 1.29 is older than the server']],
    ['nothing of the version that the server is of', '1.30.0', ['v1.30.7'], []],
    [
      'both, on a server that is newer than what is known',
      '1.99.0',
      ['v1.100.0'],
      [beyond('1.99'), 'target-version 1.99 is older than the server'],
    ],
    ['nothing of a server whose version cannot be read', '1.30.0', ['unknown'], []],
  ])('says %s', (_, target, versions, expected) => {
    expect(said(target, ...versions)).toEqual(expected);
  });

  test('names the servers that are newer, and no others', () => {
    const given = remarksOnTarget('1.29.0', [...clusters('v1.28.0', 'v1.30.1'), { cluster: 'hidden' }]);
    expect(given).toEqual([
      {
        place: { kind: 'input', input: 'target-version' },
        message:
          'target-version 1.29 is older than the server: c1 is v1.30.1. Nothing is looked ahead to; give a newer version.',
      },
    ]);
  });

  test('names no more than a few', () => {
    const [remark] = remarksOnTarget('1.29.0', clusters('v1.30.0', 'v1.31.0', 'v1.32.0', 'v1.33.0', 'v1.34.0'));
    expect(remark?.message).toContain('c0 is v1.30.0, c1 is v1.31.0, c2 is v1.32.0, and 2 more clusters.');
  });
});
