import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { entriesOf, formatBaseline, parseBaseline } from '../../src/acceptances/baseline.ts';
import type { FailOn, Finding } from '../../src/model/verdict.ts';
import { finding, inFile, requirement } from '../helpers/sample-verdict.ts';
import { faultsBySchema } from '../helpers/schemas.ts';

const DEPRECATED = { kind: 'deprecated', message: 'Old.' } as const;
const FAIL_ON: readonly FailOn[] = ['missing', 'unknown', 'deprecated'];

function missing(text: string, file: string, line: number, name = 'web'): Finding {
  return finding({ met: 'no', fails: true, requirement: requirement(text, inFile(file, line, name)) });
}

describe('formatBaseline', () => {
  test('one entry a line, sorted, without lines of files or dates', () => {
    const findings = [missing('v1/Pod', 'b.yaml', 9), missing('v1/Pod', 'a.yaml', 3), finding({ met: 'no' })];
    expect(formatBaseline(entriesOf(findings, FAIL_ON))).toBe(
      [
        '{',
        '  "version": 1,',
        '  "findings": [',
        '    {"cluster":"prod","file":"a.yaml","requirement":"v1/Pod","object":"shop/web","failure":"missing"},',
        '    {"cluster":"prod","file":"b.yaml","requirement":"v1/Pod","object":"shop/web","failure":"missing"},',
        '    {"cluster":"prod","input":"require","requirement":"apps/v1/Deployment","failure":"missing"}',
        '  ]',
        '}',
        '',
      ].join('\n'),
    );
  });

  test('the order of findings and their lines change no byte', () => {
    const [one, two] = [missing('v1/Pod', 'a.yaml', 3), missing('v1/Node', 'a.yaml', 4)];
    const moved = [missing('v1/Node', 'a.yaml', 400), missing('v1/Pod', 'a.yaml', 300)];
    expect(formatBaseline(entriesOf([one, two], FAIL_ON))).toBe(formatBaseline(entriesOf(moved, FAIL_ON)));
  });

  test('the same at two places is counted, with the gravest failure', () => {
    const deprecated = { ...missing('v1/Pod', 'a.yaml', 9), met: 'yes', lifecycle: [DEPRECATED] } as const;
    expect(entriesOf([deprecated, missing('v1/Pod', 'a.yaml', 3)], FAIL_ON)).toMatchObject([
      { count: 2, failure: 'missing' },
    ]);
  });

  test('nothing to record is an empty list', () => {
    expect(formatBaseline([])).toBe('{\n  "version": 1,\n  "findings": []\n}\n');
  });

  test('what is written is valid by the schema, and reads back as it was', async () => {
    const anyFinding = fc.record({
      text: fc.constantFrom('v1', 'v1/Pod', '!v1'),
      file: fc.string({ minLength: 1 }).filter((text) => text.trim() === text && text !== ''),
      line: fc.nat(5),
      cluster: fc.constantFrom('a', 'b'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(anyFinding, { maxLength: 8 }), async (drawn) => {
        const findings = drawn.map(({ text, file, line, cluster }) => ({ ...missing(text, file, line + 1), cluster }));
        const text = formatBaseline(entriesOf(findings, FAIL_ON));
        expect(faultsBySchema('baseline', JSON.parse(text))).toEqual([]);
        const { entries, problems } = parseBaseline(text, 'b.json');
        expect(problems).toEqual([]);
        expect(formatBaseline(entries)).toBe(text);
      }),
      { numRuns: 50 },
    );
  });
});

describe('parseBaseline', () => {
  test('an object without a name is written so that it reads back', async () => {
    const nameless = finding({
      met: 'no',
      requirement: requirement('v1/Pod', { ...inFile('a.yaml', 1, ''), object: { name: '' } }),
    });
    const entries = entriesOf([nameless], FAIL_ON);
    const { entries: read, problems } = parseBaseline(formatBaseline(entries), 'b.json');
    expect(problems).toEqual([]);
    expect(read.map(({ object, requirement: text }) => [text, object])).toEqual([['v1/Pod', undefined]]);
  });

  test('takes YAML as well', async () => {
    const text =
      'version: 1\nfindings:\n  - cluster: prod\n    file: a.yaml\n    requirement: v1/Pod\n    failure: missing\n';
    expect(parseBaseline(text, 'b.yaml')).toEqual({
      entries: [
        {
          cluster: 'prod',
          requirement: 'v1/Pod',
          failure: 'missing',
          from: { kind: 'file', name: 'a.yaml' },
          count: 1,
          place: { kind: 'file', file: 'b.yaml', line: 3, column: 5 },
        },
      ],
      problems: [],
    });
  });

  test.each([
    ['an empty file', '', 1, 'A baseline file must be a mapping'],
    ['no version', '{"findings": []}', 1, '`"version": 1`'],
    ['a version of the future', '{"version": 2, "findings": []}', 1, '`"version": 1`'],
    ['no findings', '{"version": 1}', 1, '`findings` of a baseline file must be a list'],
    [
      'a failure that is none',
      '{"version": 1, "findings": [\n{"cluster": "a", "file": "b", "requirement": "v1", "failure": "unknown"}]}',
      2,
      '`failure` must be one of deprecated, removed-by-target, missing.',
    ],
    [
      'neither file nor input',
      '{"version": 1, "findings": [\n{"cluster": "a", "requirement": "v1", "failure": "not-met"}]}',
      2,
      'either a `file` or an `input`',
    ],
    [
      'both file and input',
      '{"version": 1, "findings": [\n{"cluster": "a", "file": "b", "input": "c", "requirement": "v1", "failure": "not-met"}]}',
      2,
      'either a `file` or an `input`',
    ],
    [
      'no cluster',
      '{"version": 1, "findings": [\n{"file": "b", "requirement": "v1", "failure": "not-met"}]}',
      2,
      'lacks `cluster`',
    ],
    ['no JSON', '{"version": 1', 1, 'This is not YAML'],
  ])('%s is a problem at its line', async (_, text, line, message) => {
    const { problems } = parseBaseline(text, 'b.json');
    expect(problems).toEqual([
      expect.objectContaining({ message: expect.stringContaining(message), place: expect.objectContaining({ line }) }),
    ]);
  });
});
