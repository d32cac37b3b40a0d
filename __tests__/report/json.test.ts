import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/model/verdict.ts';
import { jsonReport } from '../../src/report/json.ts';
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
import { faultsBySchema } from '../helpers/schemas.ts';

describe('report.json', () => {
  test.each([
    ['a verdict with one of everything', variedVerdict()],
    ['a green verdict', greenVerdict()],
    ['a run that was halted by its input', haltedVerdict()],
  ])('%s is valid by the published schema', (_, verdict) => {
    expect(faultsBySchema('report', JSON.parse(jsonReport(verdict)))).toEqual([]);
  });

  test('the schema refuses a field that it does not know', () => {
    const report = { ...(JSON.parse(jsonReport(greenVerdict())) as object), surprise: true };
    expect(faultsBySchema('report', report)).toEqual([' must NOT have additional properties']);
  });

  test('the same verdict gives the same bytes', () => {
    expect(jsonReport(variedVerdict())).toBe(jsonReport(variedVerdict()));
  });

  test('an error keeps its code, hint and problems, and shows no stack', () => {
    const { error } = JSON.parse(jsonReport(haltedVerdict())) as { error: object };
    expect(Object.keys(error)).toEqual(['outcome', 'code', 'message', 'problems']);
  });

  const reported = (findings: readonly Finding[]): readonly { count: number; places: readonly object[] }[] =>
    JSON.parse(jsonReport(verdict({ clusters: [clusterVerdict({ findings })] }))).clusters[0].findings;
  const many = (number: number, over: Partial<Finding> = {}): readonly Finding[] =>
    Array.from({ length: number }, (_, index) =>
      finding({
        requirement: requirement('v1/Pod', inFile(`${index}.yaml`, 1, `web-${index}`)),
        explanation: 'So.',
        ...over,
      }),
    );
  const acceptance = { kind: 'baseline', reason: 'old', place: { kind: 'file', file: 'b', line: 1 } } as const;
  const lifecycle = [{ kind: 'deprecated', message: 'Old.' }] as const;

  test.each([
    ['what is well, of which the first places are enough', many(3_000), 3_000, 100],
    ['few of these', many(3), 3, 3],
    ['what is not met, with all places', many(3_000, { met: 'no', fails: true }), 3_000, 3_000],
    ['what is not met and let pass', many(300, { met: 'no' }), 300, 300],
    ['what is unknown', many(300, { met: 'unknown', fails: true }), 300, 300],
    ['what is deprecated', many(300, { lifecycle }), 300, 300],
    ['what is accepted', many(300, { met: 'no', acceptance }), 300, 300],
  ] satisfies [string, readonly Finding[], number, number][])(
    'what reads the same is one record: %s',
    (_, given, count, places) => {
      const findings = reported(given);
      expect(findings.map((one) => [one.count, one.places.length])).toEqual([[count, places]]);
      expect(findings[0]?.places[0]).toEqual({
        kind: 'file',
        file: '0.yaml',
        line: 1,
        column: 1,
        object: { name: 'web-0', namespace: 'shop' },
      });
    },
  );

  test('what reads otherwise is a record of its own', () => {
    const given = [
      ...many(2),
      ...many(2, { met: 'no', fails: true }),
      ...many(2, { met: 'no', fails: true, advice: 'Do.' }),
    ];
    expect(reported(given).map(({ count }) => count)).toEqual([2, 2, 2]);
  });

  test('problems and warnings as well', () => {
    const said = ['a', 'b', 'c'].map((file) => ({ message: 'No.', place: { kind: 'file', file, line: 1 } as const }));
    const report = JSON.parse(jsonReport(verdict({ problems: said, warnings: said })));
    for (const part of [report.problems, report.warnings]) {
      expect(part).toEqual([{ message: 'No.', count: 3, places: said.map(({ place }) => place) }]);
    }
  });

  test('a hundred thousand objects of which three thousand fail are less than a megabyte', () => {
    const size = jsonReport(
      verdict({
        clusters: [clusterVerdict({ findings: [...many(97_000), ...many(3_000, { met: 'no', fails: true })] })],
      }),
    ).length;
    expect(size).toBeLessThan(1_000_000);
  });

  test('it is indented, but for places', () => {
    const report = jsonReport(verdict({ clusters: [clusterVerdict({ findings: many(2) })] }));
    const places = /\n( +)"places": \[\n((?:.*\n)*?)\1\]/.exec(report)?.[2]?.trimEnd().split('\n') ?? [];
    expect(places).toHaveLength(2);
    expect(report).toMatch(/^\{\n {2}"version": 2,\n {2}"outcome": "compatible",\n {2}"clusters": \[\n {4}\{\n/);
  });
});
