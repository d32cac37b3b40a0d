import { expect, test } from 'vitest';
import { jsonReport } from '../../src/report/json.ts';
import { mapVerdict } from '../../src/report/map-verdict.ts';
import { faultedVerdict, hostileVerdict, variedVerdict } from '../helpers/sample-verdict.ts';

test.each([
  ['a verdict with one of everything', variedVerdict()],
  ['a hostile verdict', hostileVerdict()],
])('%s stays as it is when texts stay', (_, verdict) => {
  expect(mapVerdict(verdict, (text) => text)).toEqual(verdict);
});

/** Words of the verdict's own vocabulary, which no cluster and no file can choose. */
const OWN =
  /^(?:kind|input|file|served|missing|unknown|provided|exempt|yes|no|deprecated|removed-by-target|exemption|baseline|hit|revalidated|rechecked|miss|off|compatible|incompatible|undetermined|unreachable|denied|invalid-input|internal-error|some-code)$/;

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}

test('no text of a report is left out', () => {
  const report: unknown = JSON.parse(jsonReport(mapVerdict(faultedVerdict(), () => 'mapped')));
  expect(textsOf(report).filter((text) => text !== 'mapped' && !OWN.test(text))).toEqual([]);
});

test('what a cluster leaves out is mapped as well', () => {
  const verdict = variedVerdict();
  const [first, ...others] = verdict.clusters;
  if (first === undefined) throw new Error('a verdict without a cluster');
  const mapped = mapVerdict(
    { ...verdict, clusters: [{ ...first, notJudged: { 'a/v1 B': 2 } }, ...others] },
    (text) => `<${text}>`,
  );
  expect(mapped.clusters[0]?.notJudged).toEqual({ '<a/v1 B>': 2 });
});
