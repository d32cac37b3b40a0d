import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GateError } from '../../src/model/errors.ts';
import type { Problem } from '../../src/model/place.ts';
import type { Finding } from '../../src/model/verdict.ts';
import { closingLine, consoleSections, sign } from '../../src/report/console.ts';
import {
  clusterVerdict,
  finding,
  greenVerdict,
  haltedVerdict,
  inFile,
  requirement,
  variedVerdict,
  verdict,
} from '../helpers/sample-verdict.ts';

describe('sign', () => {
  test.each([
    ['✓', {}],
    ['+', { standing: 'provided' }],
    ['✗', { met: 'no' }],
    ['?', { met: 'unknown' }],
    ['!', { lifecycle: [{ kind: 'deprecated', message: 'Old.' }] }],
    ['✗', { fails: true, lifecycle: [{ kind: 'deprecated', message: 'Old.' }] }],
    ['~', { met: 'no', acceptance: { kind: 'baseline', reason: 'old', place: { kind: 'file', file: 'b', line: 1 } } }],
  ] satisfies [string, Partial<Finding>][])('%s for %j', (expected, over) => {
    expect(sign(finding(over))).toBe(expected);
  });
});

/** What the runner does with a line before it shows it. @see actions/runner src/Runner.Common/ActionCommand.cs */
function isCommand(line: string): boolean {
  return line.trimStart().startsWith('::') || line.includes('##[');
}

test('whatever a cluster or a file is called, no line of the log is a command or more than a line', () => {
  const nasty = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc
      .array(fc.constantFrom('::error::x', '##[group]', '\n', '\r', '\u001b[2J', ' ', '##', '[', ':'), { maxLength: 8 })
      .map((all) => all.join('')),
  );
  fc.assert(
    fc.property(nasty, nasty, nasty, fc.constantFrom('yes', 'no', 'unknown'), (name, text, explanation, met) => {
      const given = verdict({
        clusters: [
          clusterVerdict({
            cluster: name,
            findings: [
              finding({
                met,
                explanation,
                advice: text,
                requirement: requirement(text, inFile(name, 1, name, name)),
                cluster: name,
              }),
            ],
            warnings: [{ message: text }],
          }),
        ],
        problems: [{ place: { kind: 'file', file: name, line: 1 }, message: text, hint: explanation }],
        notJudged: { [name]: 1 },
      });
      const lines = consoleSections(given).flatMap(({ title, lines: inner }) => [title, ...inner]);
      for (const line of [...lines, closingLine(given)]) {
        expect(isCommand(line)).toBe(false);
        expect(line).not.toMatch(/[\p{Cc}\p{Cs}]/u);
      }
    }),
  );
});

describe('consoleSections', () => {
  test('what is well is quiet, and what is not stands open after it', () => {
    expect(consoleSections(variedVerdict()).map(({ title, quiet }) => `${quiet ? 'quiet' : 'open'}: ${title}`)).toEqual(
      [
        'quiet: production-eu (v1.35.2, found in the cache, asked again live): 3 met, 1 accepted',
        'open: production-eu (v1.35.2, found in the cache, asked again live): 3 findings',
        'quiet: staging (v1.24.17-eks-5e0fdde, from the cache, 3m20s old): 5 met',
        'open: production-us was not judged: unreachable',
        'quiet: Objects that no API server stores, not judged',
        'quiet: Notes (1)',
        'open: Input that cannot be used (1)',
        'open: Worth knowing (1)',
      ],
    );
  });

  test('a finding: sign and explanation, place and object, advice', () => {
    const [, open] = consoleSections(variedVerdict());
    expect(open?.lines.slice(0, 3)).toEqual([
      '✗ policy/v1beta1/PodDisruptionBudget is not served; of policy, this cluster serves v1. Kubernetes removed it in 1.25.',
      '    at deploy/shop/budget.yaml:1:1 (web in shop)',
      '    → Use policy/v1 PodDisruptionBudget, which this cluster serves.',
    ]);
  });

  test('an example in a hint keeps its lines and their indentation, and none is a command', () => {
    const hint = 'Run this:\n\non:\n  push:\n::error::no';
    const error = new GateError('undetermined', 'nothing-cached', 'Nothing is cached.', { hint });
    const [section] = consoleSections(verdict({ clusters: [clusterVerdict({ findings: [], error })] }));
    expect(section?.lines).toEqual([
      '✗ Nothing is cached.',
      '    → Run this:',
      '      on:',
      '        push:',
      '      \\::error::no',
    ]);
  });

  test('ten thousand objects of one kind are one entry', () => {
    const findings = Array.from({ length: 10_000 }, (_, index) =>
      finding({
        requirement: requirement('v1/Pod', inFile(`${index}.yaml`, 1, `p${index}`)),
        explanation: 'v1/Pod is served.',
      }),
    );
    const [section] = consoleSections(verdict({ clusters: [clusterVerdict({ findings })] }));
    expect(section?.lines).toEqual([
      '✓ v1/Pod is served.',
      '    at 0.yaml:1:1 (p0 in shop), 1.yaml:1:1 (p1 in shop), 2.yaml:1:1 (p2 in shop) and 9997 more places',
    ]);
  });
});

test('an error that stands for itself is told once, in the last line', () => {
  const error = new GateError('invalid-input', 'code', 'Nothing to judge.', { hint: 'Name something.' });
  const given = verdict({ outcome: 'invalid-input', clusters: [], error });
  expect(consoleSections(given)).toEqual([]);
  expect(closingLine(given)).toBe('✗ Invalid input: Nothing to judge.\n    → Name something.');
});

describe('closingLine', () => {
  test.each([
    ['green', greenVerdict(), '✓ Compatible: all 2 requirements are met on prod'],
    ['red', haltedVerdict(), '✗ Invalid input: The input has 2 mistakes; nothing was asked.'],
  ])('%s', (_, given, expected) => {
    expect(closingLine(given)).toBe(expected);
  });
});

function problem(file: string, message: string, hint?: string): Problem {
  return { place: { kind: 'file', file, line: 1 }, message, ...(hint === undefined ? {} : { hint }) };
}

describe('what says the same is one entry', () => {
  const alike = (number: number, message: string, hint?: string): readonly Problem[] =>
    Array.from({ length: number }, (_, index) => problem(`${index}.yaml`, message, hint));
  test.each([
    ['one is told with its place', alike(1, 'No.', 'Do.'), ['✗ 0.yaml:1: No.', '    → Do.']],
    ['two with both', alike(2, 'No.', 'Do.'), ['✗ No.', '    at 0.yaml:1 and 1.yaml:1', '    → Do.']],
    [
      'many with the first three',
      alike(83, 'No.', 'Do.'),
      ['✗ No.', '    at 0.yaml:1, 1.yaml:1, 2.yaml:1 and 80 more places', '    → Do.'],
    ],
    ['without a hint as well', alike(2, 'No.'), ['✗ No.', '    at 0.yaml:1 and 1.yaml:1']],
    [
      'another hint is another entry',
      [problem('a.yaml', 'No.', 'Do.'), problem('b.yaml', 'No.', 'Do that.')],
      ['✗ a.yaml:1: No.', '    → Do.', '✗ b.yaml:1: No.', '    → Do that.'],
    ],
    [
      'another message as well',
      [problem('a.yaml', 'No.'), problem('b.yaml', 'Never.'), problem('c.yaml', 'No.')],
      ['✗ No.', '    at a.yaml:1 and c.yaml:1', '✗ b.yaml:1: Never.'],
    ],
  ])('%s', (_, problems, expected) => {
    const sections = consoleSections(verdict({ outcome: 'invalid-input', clusters: [], problems }));
    expect(sections).toEqual([
      { title: `Input that cannot be used (${problems.length})`, quiet: false, lines: expected },
    ]);
  });

  test('warnings too', () => {
    const warnings = ['a.yaml', 'b.yaml'].map((file) => problem(file, 'Odd.'));
    expect(consoleSections(verdict({ clusters: [], warnings })).at(-1)?.lines).toEqual([
      '! Odd.',
      '    at a.yaml:1 and b.yaml:1',
    ]);
  });
});

test('what changes nothing is folded away', () => {
  const warnings = [{ message: 'Dead.', isQuiet: true }, { message: 'Loud.' }];
  expect(consoleSections(verdict({ clusters: [], warnings }))).toEqual([
    { title: 'Notes (1)', quiet: true, lines: ['- Dead.'] },
    { title: 'Worth knowing (1)', quiet: false, lines: ['! Loud.'] },
  ]);
});

test.each([
  ['✓', verdict()],
  ['!', verdict({ clusters: [clusterVerdict({ findings: [finding({ met: 'no' })] })] })],
  ['✗', verdict({ outcome: 'incompatible' })],
])('the last line begins with %s', (mark, given) => {
  expect(closingLine(given).startsWith(`${mark} `)).toBe(true);
});
