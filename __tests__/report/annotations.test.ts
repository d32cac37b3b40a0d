import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Finding, Verdict } from '../../src/model/verdict.ts';
import { annotationsOf, LONGEST_MESSAGE, MOST_OF_A_LEVEL } from '../../src/report/annotations.ts';
import {
  clusterVerdict,
  finding,
  haltedVerdict,
  inFile,
  requirement,
  variedVerdict,
  verdict,
} from '../helpers/sample-verdict.ts';

function missing(over: Partial<Finding> = {}): Finding {
  return finding({ met: 'no', standing: 'missing', fails: true, explanation: 'Gone.', ...over });
}

function failing(findings: readonly Finding[]): Verdict {
  return verdict({ outcome: 'incompatible', clusters: [clusterVerdict({ outcome: 'incompatible', findings })] });
}

function many(number: number, text: (index: number) => string): Verdict {
  return failing(
    Array.from({ length: number }, (_, index) =>
      missing({ requirement: requirement(text(index), inFile(`deploy/${index}.yaml`, index + 1, `web-${index}`)) }),
    ),
  );
}

const QUIET = { message: 'Dead.', isQuiet: true } as const;

describe('annotationsOf', () => {
  test('a manifest is marked at its line and column, and the message says which object', () => {
    expect(
      annotationsOf(
        failing([missing({ requirement: requirement('v1/Pod', inFile('a.yaml', 7, 'web')), advice: 'Go.' })]),
      ),
    ).toEqual([
      {
        level: 'error',
        title: 'Missing on prod: v1/Pod',
        message: 'v1/Pod: Gone.\nGo.\nObject: web in shop.',
        file: 'a.yaml',
        line: 7,
        column: 1,
      },
    ]);
  });

  test('a line of an input has no file to mark, and is named', () => {
    expect(annotationsOf(failing([missing()]))).toEqual([
      {
        level: 'error',
        title: 'Missing on prod: apps/v1/Deployment',
        message: 'apps/v1/Deployment: Gone.\nFrom line 1 of require.',
      },
    ]);
  });

  test('what Helm rendered is marked in the template, and the rendered line is named', () => {
    const place = { kind: 'file', file: 'out/web.yaml', line: 30, template: 'charts/web/templates/web.yaml' } as const;
    const [annotation] = annotationsOf(failing([missing({ requirement: requirement('v1/Pod', { place }) })]));
    expect(annotation).toMatchObject({
      file: 'charts/web/templates/web.yaml',
      line: 1,
      message: 'v1/Pod: Gone.\nFrom out/web.yaml:30.',
    });
  });

  test('an explanation that names the requirement is not prefixed with it', () => {
    const [annotation] = annotationsOf(failing([missing({ explanation: 'apps/v1/Deployment is not served.' })]));
    expect(annotation?.message).toMatch(/^apps\/v1\/Deployment is not served\.\n/);
  });

  test('a line that fails on one cluster is not also warned of for another', () => {
    const lifecycle = [{ kind: 'deprecated', message: 'Old.' }] as const;
    const clusters = [missing(), finding({ cluster: 'staging', lifecycle })].map((one) =>
      clusterVerdict({ findings: [one] }),
    );
    expect(annotationsOf(verdict({ outcome: 'incompatible', clusters })).map(({ level }) => level)).toEqual(['error']);
    expect(annotationsOf(verdict({ clusters: clusters.slice(1) })).map(({ level }) => level)).toEqual(['warning']);
  });

  test('what fail-on lets pass is a warning', () => {
    expect(annotationsOf(failing([missing({ fails: false })])).map(({ level }) => level)).toEqual(['warning']);
  });

  test.each([
    ['all that is served', [finding()]],
    [
      'what a person accepted',
      [
        missing({
          fails: false,
          acceptance: { kind: 'baseline', reason: 'old', place: { kind: 'file', file: 'b', line: 1 } },
        }),
      ],
    ],
  ])('%s is not annotated', (_, findings) => {
    expect(annotationsOf(failing(findings))).toEqual([]);
  });

  test('each mistake of the input is an error of its own', () => {
    expect(annotationsOf(haltedVerdict()).map(({ level, title }) => `${level}: ${title}`)).toEqual([
      'error: Cannot be used: line 3 of require',
      'error: Cannot be used: input timeout',
    ]);
  });

  test.each([
    ['a quiet warning of a cluster', verdict({ clusters: [clusterVerdict({ warnings: [QUIET] })] }), []],
    ['one of the run', verdict({ warnings: [QUIET] }), []],
    ['one at a line', verdict({ warnings: [{ ...QUIET, place: { kind: 'file', file: 'a.yaml', line: 1 } }] }), []],
    ['and no other', verdict({ warnings: [QUIET, { message: 'Loud.' }] }), ['Loud.']],
  ])('%s is not annotated', (_, given, expected) => {
    expect(annotationsOf(given).map(({ message }) => message)).toEqual(expected);
  });

  test('errors and warnings have limits of their own', () => {
    const levels = annotationsOf(variedVerdict()).map(({ level }) => level);
    expect(levels).toEqual(['error', 'error', 'error', 'error', 'warning', 'warning']);
  });
});

test('a message ends before the runner would cut it', () => {
  const [annotation] = annotationsOf(failing([missing({ explanation: 'x'.repeat(9000) })]));
  expect(annotation?.message).toHaveLength(LONGEST_MESSAGE);
  expect(annotation?.message).toMatch(/x…$/);
});

describe('the limit of ten', () => {
  test('ten places are ten annotations', () => {
    expect(annotationsOf(many(10, () => 'v1/Pod')).map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test('eleven places with one fault are one annotation that names the others', () => {
    const annotations = annotationsOf(many(11, () => 'v1/Pod'));
    expect(annotations).toHaveLength(1);
    expect(annotations[0]).toMatchObject({ file: 'deploy/0.yaml', line: 1 });
    expect(annotations[0]?.message).toContain('The same at 10 other places: deploy/1.yaml:2:1 (web-1 in shop), ');
  });

  test('eleven different faults are nine annotations and one that sums up', () => {
    const annotations = annotationsOf(many(11, (index) => `v1/Kind${index}`));
    expect(annotations).toHaveLength(10);
    expect(annotations.at(-1)).toEqual({
      level: 'error',
      title: 'And 2 more failures',
      message:
        '2 more failures of kube-api-gate, beyond what annotations can show; the job summary and the log have all of them: v1/Kind9, v1/Kind10',
    });
  });

  test('the sum counts places, not faults', () => {
    const annotations = annotationsOf(many(40, (index) => `v1/Kind${index % 20}`));
    expect(annotations.at(-1)?.title).toBe('And 22 more failures');
  });

  test('whatever the findings, the limits hold and no failing run is without an error', () => {
    const anyFinding = fc.record({
      met: fc.constantFrom('yes', 'no', 'unknown'),
      fails: fc.boolean(),
      explanation: fc.oneof(
        fc.string({ unit: 'binary', maxLength: 6000 }),
        fc.array(fc.constantFrom('::error::', '##[', '\n', ' '), { maxLength: 9 }).map((all) => all.join('')),
      ),
      advice: fc.string({ unit: 'binary', maxLength: 6000 }),
      text: fc.string({ unit: 'binary', maxLength: 300 }),
      line: fc.integer({ min: 1, max: 3 }),
      lifecycle: fc.constantFrom([], [{ kind: 'deprecated', message: 'Old.' }] as const),
    });
    fc.assert(
      fc.property(fc.array(anyFinding, { maxLength: 40 }), (drawn) => {
        const findings = drawn.map(({ text, line, met, fails, ...rest }) =>
          finding({
            ...rest,
            met,
            fails: fails && (met !== 'yes' || rest.lifecycle.length > 0),
            requirement: requirement(text, inFile('a.yaml', line, 'web')),
          }),
        );
        const annotations = annotationsOf(failing(findings));
        for (const level of ['error', 'warning']) {
          expect(annotations.filter((one) => one.level === level).length).toBeLessThanOrEqual(MOST_OF_A_LEVEL);
        }
        for (const { message, title } of annotations) {
          expect(message.length).toBeLessThanOrEqual(LONGEST_MESSAGE);
          expect(title).not.toContain('\n');
          expect(`${title}\n${message}`).not.toMatch(/##\[|^\s*::/m);
        }
        expect(annotations.some(({ level }) => level === 'error')).toBe(findings.some(({ fails }) => fails));
      }),
      { numRuns: 60 },
    );
  });
});
