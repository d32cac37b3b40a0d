import { describe, expect, test } from 'vitest';
import { limitedRemarks, MOST_FAULTS, MOST_OF_A_FILE } from '../../src/manifests/limited-remarks.ts';

const FILE = { path: '/w/a.yaml', file: 'a.yaml' };
const place = { kind: 'file', file: 'a.yaml', line: 7 } as const;

describe('limitedRemarks', () => {
  test.each([
    ['none', 0, undefined, false],
    ['as many as there may be', MOST_OF_A_FILE, undefined, false],
    ['one more', MOST_OF_A_FILE + 1, 'This file has 1 more fault.', false],
    ['many more', 5_000, 'This file has 4900 more faults.', false],
    [
      'more than anybody counts',
      MOST_OF_A_FILE + MOST_FAULTS,
      'This file has more than 10000 faults, and is not read to its end.',
      true,
    ],
  ])('faults of a file: %s', (_, number, last, isFull) => {
    const remarks = limitedRemarks(FILE);
    for (let index = 0; index < number; index += 1) remarks.refuse({ place, message: 'No.' });
    const told = remarks.problems();
    expect(told.filter(({ message }) => message === 'No.')).toHaveLength(Math.min(number, MOST_OF_A_FILE));
    expect(told.find(({ message }) => message !== 'No.')).toEqual(
      last === undefined ? undefined : { place: { kind: 'file', file: 'a.yaml', line: 1 }, message: last },
    );
    expect(remarks.isFull()).toBe(isFull);
  });

  test('remarks have a limit of their own, and never end a file', () => {
    const remarks = limitedRemarks(FILE);
    for (let index = 0; index < 2 * MOST_FAULTS; index += 1) remarks.warn({ place, message: 'Odd.' });
    expect(remarks.warnings()).toHaveLength(MOST_OF_A_FILE + 1);
    expect(remarks.warnings().at(-1)?.message).toBe('There are 19900 more remarks on this file.');
    expect(remarks.problems()).toEqual([]);
    expect(remarks.isFull()).toBe(false);
  });
});
