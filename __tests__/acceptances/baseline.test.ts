import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type BaselineEntry,
  entriesOf,
  failureOf,
  formatBaseline,
  isCovered,
  parseBaseline,
} from '../../src/acceptances/baseline.ts';
import type { Finding } from '../../src/model/verdict.ts';
import { finding, inFile, requirement } from '../helpers/sample-verdict.ts';
import { faultsBySchema } from '../helpers/schemas.ts';

const DEPRECATED = { kind: 'deprecated', message: 'Old.' } as const;
const REMOVED = { kind: 'removed-by-target', message: 'Gone soon.' } as const;

function missing(text: string, file: string, line: number, name = 'web'): Finding {
  return finding({ met: 'no', fails: true, requirement: requirement(text, inFile(file, line, name)) });
}

describe('failureOf', () => {
  test.each([
    ['not-met', { met: 'no' }],
    ['not-met', { met: 'unknown' }],
    ['deprecated', { lifecycle: [DEPRECATED] }],
    ['removed-by-target', { lifecycle: [DEPRECATED, REMOVED] }],
  ] satisfies [string, Partial<Finding>][])('%s of %j', (expected, over) => {
    expect(failureOf(finding(over))).toBe(expected);
  });
});

describe('an entry covers its own failure and milder ones', () => {
  test.each([
    ['deprecated', 'deprecated', true],
    ['deprecated', 'not-met', true],
    ['removed-by-target', 'deprecated', false],
    ['not-met', 'deprecated', false],
    ['not-met', 'removed-by-target', false],
  ] as const)('%s by an entry for %s: %s', (failure, recorded, expected) => {
    const entry = { failure: recorded } as BaselineEntry;
    expect(isCovered(failure, entry)).toBe(expected);
  });
});

describe('formatBaseline', () => {
  test('one entry a line, sorted, without lines of files or dates', () => {
    const findings = [missing('v1/Pod', 'b.yaml', 9), missing('v1/Pod', 'a.yaml', 3), finding({ met: 'no' })];
    expect(formatBaseline(entriesOf(findings))).toBe(
      [
        '{',
        '  "version": 1,',
        '  "findings": [',
        '    {"cluster":"prod","file":"a.yaml","requirement":"v1/Pod","object":"shop/web","failure":"not-met"},',
        '    {"cluster":"prod","file":"b.yaml","requirement":"v1/Pod","object":"shop/web","failure":"not-met"},',
        '    {"cluster":"prod","input":"require","requirement":"apps/v1/Deployment","failure":"not-met"}',
        '  ]',
        '}',
        '',
      ].join('\n'),
    );
  });

  test('the order of findings and their lines change no byte', () => {
    const [one, two] = [missing('v1/Pod', 'a.yaml', 3), missing('v1/Node', 'a.yaml', 4)];
    const moved = [missing('v1/Node', 'a.yaml', 400), missing('v1/Pod', 'a.yaml', 300)];
    expect(formatBaseline(entriesOf([one, two]))).toBe(formatBaseline(entriesOf(moved)));
  });

  test('the same at two places is counted, with the gravest failure', () => {
    const deprecated = { ...missing('v1/Pod', 'a.yaml', 9), met: 'yes', lifecycle: [DEPRECATED] } as const;
    expect(entriesOf([deprecated, missing('v1/Pod', 'a.yaml', 3)])).toMatchObject([{ count: 2, failure: 'not-met' }]);
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
        const text = formatBaseline(entriesOf(findings));
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
    const entries = entriesOf([nameless]);
    const { entries: read, problems } = parseBaseline(formatBaseline(entries), 'b.json');
    expect(problems).toEqual([]);
    expect(read.map(({ object, requirement: text }) => [text, object])).toEqual([['v1/Pod', undefined]]);
  });

  test('takes YAML as well', async () => {
    const text =
      'version: 1\nfindings:\n  - cluster: prod\n    file: a.yaml\n    requirement: v1/Pod\n    failure: not-met\n';
    expect(parseBaseline(text, 'b.yaml')).toEqual({
      entries: [
        {
          cluster: 'prod',
          requirement: 'v1/Pod',
          failure: 'not-met',
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
      '`failure` must be one of deprecated, removed-by-target, not-met.',
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
