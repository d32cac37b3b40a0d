import { describe, expect, test } from 'vitest';
import { type FieldReader, readFields } from '../../src/acceptances/fields.ts';
import { parseLocated } from '../../src/acceptances/located.ts';
import type { Problem } from '../../src/model/place.ts';

function read(text: string, use: (fields: FieldReader) => unknown): { value: unknown; problems: readonly Problem[] } {
  const parsed = parseLocated(text, 'e.yaml');
  if (parsed.kind !== 'document') throw new Error('no document');
  const problems: Problem[] = [];
  const { document } = parsed;
  const fields = readFields(document.root, document, 'An exemption', ['reason', 'files', 'count', 'expires'], problems);
  return { value: fields === undefined ? undefined : use(fields), problems };
}

describe('readFields', () => {
  test.each([
    ['a text, trimmed', 'reason: " old "', (fields: FieldReader) => fields.requiredText('reason'), 'old'],
    ['a text that is not there', 'reason: x', (fields: FieldReader) => fields.text('expires'), undefined],
    ['one text as a list', 'files: a.yaml', (fields: FieldReader) => fields.texts('files'), ['a.yaml']],
    [
      'a list of texts',
      'files: [a.yaml, b.yaml]',
      (fields: FieldReader) => fields.texts('files'),
      ['a.yaml', 'b.yaml'],
    ],
    ['a whole number', 'count: 3', (fields: FieldReader) => fields.wholeNumber('count'), 3],
  ])('%s', (_, text, use, expected) => {
    expect(read(text, use)).toEqual({ value: expected, problems: [] });
  });

  test.each([
    [
      'a key that is not known, with the nearest',
      'expire: 2026-12-31',
      (fields: FieldReader) => fields,
      'An exemption has no key `expire`.',
      'Write `expires`.',
    ],
    [
      'a key that nothing is near',
      'zebra: 1',
      (fields: FieldReader) => fields,
      'An exemption has no key `zebra`.',
      'Known keys: reason, files, count, expires.',
    ],
    [
      'a text that is lacking',
      'count: 1',
      (fields: FieldReader) => fields.requiredText('reason'),
      'An exemption lacks `reason`.',
      undefined,
    ],
    [
      'a text that is empty',
      'reason: ""',
      (fields: FieldReader) => fields.requiredText('reason'),
      '`reason` must be a text that is not empty.',
      undefined,
    ],
    [
      'a number for a text',
      'reason: 5',
      (fields: FieldReader) => fields.requiredText('reason'),
      '`reason` must be a text that is not empty.',
      'Put the text in quotes.',
    ],
    [
      'a boolean of YAML 1.1 for a text',
      'reason: yes',
      (fields: FieldReader) => fields.requiredText('reason'),
      '`reason` must be a text that is not empty.',
      'Put the text in quotes.',
    ],
    [
      'an exclamation mark that YAML takes for a tag',
      'reason: !v1',
      (fields: FieldReader) => fields.requiredText('reason'),
      '`reason` begins with `!`, which is a tag in YAML.',
      'Put the text in quotes.',
    ],
    [
      'an empty list',
      'files: []',
      (fields: FieldReader) => fields.texts('files'),
      '`files` is an empty list.',
      'Leave it out to mean all.',
    ],
    [
      'a number below one',
      'count: 0',
      (fields: FieldReader) => fields.wholeNumber('count'),
      '`count` must be a whole number above 0.',
      undefined,
    ],
    [
      'no mapping at all',
      '- a',
      (fields: FieldReader) => fields,
      'An exemption must be a mapping with the keys reason, files, count, expires.',
      undefined,
    ],
  ])('%s', (_, text, use, message, hint) => {
    const { problems } = read(text, use);
    expect(problems.map((problem) => [problem.message, problem.hint])).toEqual([[message, hint]]);
    expect(problems[0]?.place).toMatchObject({ kind: 'file', file: 'e.yaml', line: 1 });
  });
});
