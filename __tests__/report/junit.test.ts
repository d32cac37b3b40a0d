import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { junitReport, MOST_PASSED, xml } from '../../src/report/junit.ts';
import {
  clusterVerdict,
  finding,
  haltedVerdict,
  requirement,
  variedVerdict,
  verdict,
} from '../helpers/sample-verdict.ts';

const DECODED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#9': '\t',
  '#10': '\n',
  '#13': '\r',
};

function decoded(text: string): string {
  return text.replace(/&([^;]+);/g, (_, name: string) => DECODED[name] ?? '');
}

describe('xml', () => {
  test('what ends a tag, an attribute or a section is an entity', () => {
    expect(xml('<a b="c">]]>&\n')).toBe('&lt;a b=&quot;c&quot;&gt;]]&gt;&amp;&#10;');
  });

  test('any text comes back as it was, but for what XML cannot hold, and ends no tag or attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = xml(text);
        expect(shown).not.toMatch(/[<>"\n\r\t]/);
        expect(decoded(shown)).toBe(
          text.replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\u{FFFD}'),
        );
      }),
    );
  });
});

describe('junit.xml', () => {
  test('a suite for each cluster and one for the input, with their numbers', () => {
    expect(junitReport(variedVerdict()).match(/<testsuites? [^>]*>/g)).toEqual([
      '<testsuites name="kube-api-gate" tests="14" failures="1" errors="3" skipped="1">',
      '<testsuite name="production-eu" tests="7" failures="1" errors="1" skipped="1">',
      '<testsuite name="staging" tests="5" failures="0" errors="0" skipped="0">',
      '<testsuite name="production-us" tests="1" failures="0" errors="1" skipped="0">',
      '<testsuite name="input" tests="1" failures="0" errors="1" skipped="0">',
    ]);
  });

  test.each([
    ['served: passed', {}, /<testcase [^>]*\/>/],
    [
      'missing: a failure',
      { met: 'no', fails: true, explanation: 'gone' },
      /<failure type="missing-api" message="gone">gone<\/failure>/,
    ],
    [
      'unknown: an error',
      { met: 'unknown', fails: true, explanation: 'who knows' },
      /<error type="unknown-api" message="who knows">/,
    ],
    [
      'missing, but fail-on lets it pass: skipped',
      { met: 'no', explanation: 'gone' },
      /<skipped message="does not fail the job: gone"\/>/,
    ],
    [
      'accepted: skipped, with the reason',
      {
        met: 'no',
        acceptance: { kind: 'exemption', reason: 'old & frail', place: { kind: 'file', file: 'e.yaml', line: 1 } },
      },
      /<skipped message="accepted: old &amp; frail"\/>/,
    ],
  ] as const)('%s', (_, over, expected) => {
    const given = verdict({ clusters: [clusterVerdict({ findings: [finding(over)] })] });
    expect(junitReport(given)).toMatch(expected);
  });

  test('a manifest gives its tests a class, a file and a line', () => {
    const place = { kind: 'file', file: 'deploy/a.yaml', line: 7 } as const;
    const given = finding({
      requirement: requirement('v1/Pod', { place, object: { name: 'web', namespace: 'shop' } }),
    });
    expect(junitReport(verdict({ clusters: [clusterVerdict({ findings: [given] })] }))).toContain(
      '<testcase classname="deploy/a.yaml" name="v1/Pod (web in shop)" file="deploy/a.yaml" line="7"/>',
    );
  });

  test('what halted the run is an error for each place', () => {
    expect(junitReport(haltedVerdict()).match(/<error type="unusable-input"/g)).toHaveLength(2);
  });
});

test.each([
  ['as many as there may be', MOST_PASSED, MOST_PASSED, []],
  ['one more', MOST_PASSED + 1, MOST_PASSED + 1, ['and 1 requirement more, met']],
  ['many more', MOST_PASSED + 5_000, MOST_PASSED + 1, ['and 5000 requirements more, met']],
])('of what is well, the rest is one test: %s', (_, number, tests, expected) => {
  const well = Array.from({ length: number }, (_item, index) => finding({ text: `v1/Kind${index}` }));
  const failing = finding({ text: 'v1/Gone', met: 'no', fails: true });
  const report = junitReport(verdict({ clusters: [clusterVerdict({ findings: [...well, failing] })] }));
  expect(report).toContain(`tests="${tests + 1}" failures="1"`);
  expect([...report.matchAll(/name="(and [^"]*)"/g)].map(([, name]) => name)).toEqual(expected);
});
