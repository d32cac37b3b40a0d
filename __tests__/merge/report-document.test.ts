import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openPool } from '../../src/merge/pool.ts';
import { decodeReport } from '../../src/merge/report-document.ts';
import type { Verdict } from '../../src/model/verdict.ts';
import { jsonReport } from '../../src/report/json.ts';
import {
  clusterVerdict,
  faultedVerdict,
  greenVerdict,
  haltedVerdict,
  hostileVerdict,
  variedVerdict,
  verdict,
} from '../helpers/sample-verdict.ts';

function driftedVerdict(): Verdict {
  const place = { kind: 'file', file: 'a.yaml', line: 1, repository: 'shop/web' } as const;
  const changes = [
    {
      kind: 'lost',
      what: 'group-version',
      api: 'policy/v1beta1',
      from: 'PodDisruptionBudget',
      neededBy: [{ text: 'policy/v1beta1', place, object: { name: 'web', namespace: 'shop' } }],
    },
    {
      kind: 'changed',
      what: 'server-version',
      api: 'server-version',
      from: 'v1.24.1',
      to: 'v1.25.0',
      neededBy: [{ text: 'v1', place: { kind: 'input', input: 'require', line: 1, repository: 'shop/api' } }],
    },
  ] as const;
  return verdict({
    outcome: 'incompatible',
    clusters: [
      clusterVerdict({ outcome: 'incompatible', drift: { since: 1000, changes, unknown: ['m/v1'], fails: true } }),
    ],
  });
}

/** Its outcome is not what it says of its clusters, which no run writes. */
const faulted = (): Verdict => {
  const { error, clusters, ...rest } = faultedVerdict();
  return {
    ...rest,
    outcome: 'invalid-input',
    clusters: clusters.map((cluster) => ({ ...cluster, outcome: 'denied' as const })),
    ...(error && { error }),
  };
};

/** Every finding about a field of its object, one of each rule in turn. */
function withFields(verdict: Verdict): Verdict {
  const rules = ['field-unknown', 'field-type', 'field-required', 'field-unjudged'] as const;
  return {
    ...verdict,
    clusters: verdict.clusters.map((cluster) => ({
      ...cluster,
      findings: cluster.findings.map((finding, index) => ({
        ...finding,
        field: { rule: rules[index % rules.length] ?? 'field-unknown', path: `spec.items[${index}]` },
      })),
    })),
  };
}

describe('a report reads back as the verdict that it was written from', () => {
  test.each<[string, Verdict]>([
    ['of several clusters', variedVerdict()],
    ['a green one', greenVerdict()],
    ['of a run that judged nothing', haltedVerdict()],
    ['with everything in it', faulted()],
    ['with fields that do not fit', withFields(variedVerdict())],
    ['with drift', driftedVerdict()],
    ['with names that are out to harm', hostileVerdict()],
  ])('%s', (_rule, written) => {
    const source = { repository: 'shop/web', commit: 'a'.repeat(40) };
    const text = jsonReport(written, source);
    const decoded = decodeReport(text, openPool());
    if (decoded.kind === 'invalid') throw new Error(decoded.reason);
    expect(decoded.report).toMatchObject(source);
    expect(jsonReport(decoded.report.verdict, source)).toBe(text);
  });
});

test('every field of the published schema is read: what a report says must not be lost', () => {
  const schema = readFileSync(join(import.meta.dirname, '../../docs/schemas/report.json'), 'utf8');
  const source = readFileSync(join(import.meta.dirname, '../../src/merge/report-document.ts'), 'utf8');
  const fields = new Set<string>();
  JSON.parse(schema, (key, value) => {
    if (key === 'properties') for (const name of Object.keys(value)) fields.add(name);
    return value;
  });
  expect(fields.size).toBeGreaterThan(40);
  expect([...fields].filter((field) => !source.includes(`'${field}'`))).toEqual([]);
});

const text = jsonReport(driftedVerdict());

test('property: no text throws', () => {
  const cut = fc
    .tuple(fc.nat(text.length), fc.nat(40), fc.string())
    .map(([at, length, put]) => text.slice(0, at) + put + text.slice(at + length));
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json(), cut), (content) => void decodeReport(content, openPool())),
    { numRuns: 500 },
  );
});

test('property: no JSON at any place throws, and what is taken is red where something fails', () => {
  const paths: (readonly (string | number)[])[] = [];
  const visit = (value: unknown, path: readonly (string | number)[]): void => {
    if (path.length > 0) paths.push(path);
    if (typeof value !== 'object' || value === null) return;
    for (const [key, each] of Object.entries(value)) visit(each, [...path, Array.isArray(value) ? Number(key) : key]);
  };
  visit(JSON.parse(text), []);
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, put) => {
      const document = JSON.parse(text);
      const last = path.at(-1) ?? '';
      path.slice(0, -1).reduce((owner, key) => owner[key], document)[last] = put;
      const decoded = decodeReport(JSON.stringify(document), openPool());
      if (decoded.kind === 'invalid') return;
      const { outcome, clusters } = decoded.report.verdict;
      if (outcome === 'compatible')
        expect(
          clusters.every(({ drift, findings }) => drift?.fails !== true && findings.every(({ fails }) => !fails)),
        ).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
