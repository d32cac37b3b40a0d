import { describe, expect, test } from 'vitest';
import { GateError } from '../../src/model/errors.ts';
import type { Finding } from '../../src/model/verdict.ts';
import { remarksOf, ruleOf } from '../../src/report/remarks.ts';
import {
  clusterVerdict,
  finding,
  haltedVerdict,
  inFile,
  requirement,
  variedVerdict,
  verdict,
} from '../helpers/sample-verdict.ts';

const DEPRECATED = { kind: 'deprecated', message: 'Deprecated in 1.29.' } as const;
const REMOVED = { kind: 'removed-by-target', message: 'Removed in 1.32.' } as const;
const ACCEPTED = { kind: 'exemption', reason: 'known', place: { kind: 'file', file: 'e.yaml', line: 1 } } as const;

describe('ruleOf', () => {
  test.each([
    ['what is met needs no word', {}, undefined],
    ['what is not met is missing', { met: 'no' }, 'missing-api'],
    [
      'what must not be served and is',
      { met: 'no', requirement: requirement('!v1/Pod', { negated: true }) },
      'forbidden-api',
    ],
    ['what is unknown', { met: 'unknown' }, 'unknown-api'],
    ['what is deprecated', { lifecycle: [DEPRECATED] }, 'deprecated-api'],
    ['a removal outweighs a deprecation', { lifecycle: [DEPRECATED, REMOVED] }, 'removed-by-target'],
    ['what is missing outweighs a removal', { met: 'no', lifecycle: [REMOVED] }, 'missing-api'],
    ['what a person accepted needs no word', { met: 'no', acceptance: ACCEPTED }, undefined],
  ] satisfies [string, Partial<Finding>, string | undefined][])('%s', (_, over, expected) => {
    expect(ruleOf(finding(over))).toBe(expected);
  });
});

function on(cluster: string, over: Partial<Finding>): Finding {
  return finding({ cluster, met: 'no', standing: 'missing', fails: true, ...over });
}

function clusters(...findings: Finding[]): ReturnType<typeof verdict> {
  return verdict({
    outcome: 'incompatible',
    clusters: findings.map((one) => clusterVerdict({ cluster: one.cluster, findings: [one] })),
  });
}

describe('remarksOf', () => {
  test('the same on two clusters is one remark that names both', () => {
    const remarks = remarksOf(clusters(on('a', { explanation: 'Gone.' }), on('b', { explanation: 'Gone.' })));
    expect(remarks).toMatchObject([
      { clusters: ['a', 'b'], message: 'Gone.', title: 'Missing on a and b: apps/v1/Deployment' },
    ]);
  });

  test('what differs between clusters is told for each', () => {
    const remarks = remarksOf(
      clusters(on('a', { explanation: 'Gone.' }), on('b', { explanation: 'Never there.', advice: 'Install it.' })),
    );
    expect(remarks).toMatchObject([{ message: 'On a: Gone.\nOn b: Never there.', advice: 'Install it.' }]);
  });

  test('what fails on one cluster and only warns on another is two remarks', () => {
    expect(remarksOf(clusters(on('a', {}), on('b', { fails: false }))).map(({ severity }) => severity)).toEqual([
      'error',
      'warning',
    ]);
  });

  test.each([
    ['another object', inFile('a.yaml', 1, 'db')],
    ['another line', inFile('a.yaml', 2, 'web')],
    ['another file', inFile('b.yaml', 1, 'web')],
  ])('%s is a remark of its own', (_, place) => {
    const one = requirement('v1/Pod', inFile('a.yaml', 1, 'web'));
    expect(
      remarksOf(clusters(on('a', { requirement: one }), on('a', { requirement: requirement('v1/Pod', place) }))),
    ).toHaveLength(2);
  });

  test('errors come before warnings, and what matters most comes first', () => {
    expect(remarksOf(variedVerdict()).map(({ severity, rule }) => `${severity} ${rule}`)).toEqual([
      'error cluster-not-judged',
      'error missing-api',
      'error unusable-input',
      'error unknown-api',
      'warning deprecated-api',
      'warning notice',
      'warning notice',
    ]);
  });

  test('an error with problems speaks through them, each at its place', () => {
    expect(remarksOf(haltedVerdict()).map(({ place }) => place)).toEqual([
      { kind: 'input', input: 'require', line: 3 },
      { kind: 'input', input: 'timeout' },
    ]);
  });

  test('an error without problems speaks for itself', () => {
    const error = new GateError('internal-error', 'unexpected', 'It broke.', { hint: 'Report it.' });
    expect(remarksOf(verdict({ outcome: 'internal-error', clusters: [], error }))).toMatchObject([
      { rule: 'cluster-not-judged', severity: 'error', message: 'It broke.', advice: 'Report it.' },
    ]);
  });

  test('a warning that several clusters share is told once', () => {
    const warnings = [{ message: 'Slow.' }];
    const given = verdict({ clusters: ['a', 'b'].map((cluster) => clusterVerdict({ cluster, warnings })) });
    expect(remarksOf(given)).toMatchObject([{ rule: 'notice', clusters: ['a', 'b'] }]);
  });

  test.each([
    ['Missing on a: v1/Pod', {}],
    ['Served on a, but must not be: v1/Pod', { requirement: requirement('v1/Pod', { negated: true }) }],
    ['Unknown on a: v1/Pod', { met: 'unknown' }],
    ['Deprecated: v1/Pod', { met: 'yes', lifecycle: [DEPRECATED] }],
    ['Removed by the target version: v1/Pod', { met: 'yes', lifecycle: [DEPRECATED, REMOVED] }],
  ] satisfies [string, Partial<Finding>][])('a title says it in a line: %s', (title, over) => {
    expect(
      remarksOf(clusters(on('a', { requirement: requirement('v1/Pod'), ...over }))).map((remark) => remark.title),
    ).toEqual([title]);
  });

  test('a lifecycle alone speaks through its notes', () => {
    const [remark] = remarksOf(
      clusters(on('a', { met: 'yes', explanation: 'v1/Pod is served.', lifecycle: [DEPRECATED, REMOVED] })),
    );
    expect(remark?.message).toBe('Deprecated in 1.29.\nRemoved in 1.32.');
  });

  test('a version that is not met has a title of its own', () => {
    const given = requirement('server-version >=1.40', { anyOf: [{ kind: 'server-version', range: '>=1.40' }] });
    expect(remarksOf(clusters(on('a', { requirement: given })))[0]?.title).toBe(
      'Server version not met on a: server-version >=1.40',
    );
  });
});
