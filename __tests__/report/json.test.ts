import { describe, expect, test } from 'vitest';
import { jsonReport } from '../../src/report/json.ts';
import { greenVerdict, haltedVerdict, variedVerdict } from '../helpers/sample-verdict.ts';
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
});
