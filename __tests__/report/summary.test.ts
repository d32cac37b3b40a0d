import fc from 'fast-check';
import { lexer, type Tokens } from 'marked';
import { describe, expect, test } from 'vitest';
import { GateError } from '../../src/model/errors.ts';
import { legibleVerdict } from '../../src/report/legible-verdict.ts';
import { LONGEST_SUMMARY, summaryOf } from '../../src/report/summary.ts';
import { tokensOf } from '../helpers/markdown-tokens.ts';
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

const BLOB = { blobAddress: 'https://github.com/o/r/blob/abc' };

function tables(page: string): readonly Tokens.Table[] {
  return tokensOf(lexer(page)).filter((token): token is Tokens.Table => token.type === 'table');
}

function missing(file: string, line: number): ReturnType<typeof finding> {
  return finding({
    met: 'no',
    fails: true,
    explanation: 'Gone.',
    requirement: requirement('v1beta1/Pod', inFile(file, line, 'web')),
  });
}

describe('the job summary', () => {
  test('begins with the outcome', () => {
    expect(summaryOf(greenVerdict())).toMatch(/^## ✅ Compatible: all 2 requirements are met on prod\n/);
    expect(summaryOf(variedVerdict())).toMatch(/^## ❌ Incompatible: 1 of 7 requirements is not met on production-eu/);
    expect(summaryOf(haltedVerdict())).toMatch(/^## ❌ Invalid input: The input has 2 mistakes; nothing was asked\.\n/);
  });

  test('says first that nothing is enforced', () => {
    const findings = [finding({ met: 'no' }), finding({ text: 'v1' })];
    expect(summaryOf(verdict({ clusters: [clusterVerdict({ findings })] }))).toMatch(/^## ⚠️ Not enforced: 1 of 2/);
  });

  test.each([
    [1, ['`0.yaml:1`']],
    [3, ['`0.yaml:1`<br>`1.yaml:1`<br>`2.yaml:1`']],
    [83, [expect.stringMatching(/`17.yaml:1`<br>and 73 more places$/)]],
  ])('problems that say the same share a row: %i', (number, expected) => {
    const problems = Array.from({ length: number }, (_, index) => ({
      place: { kind: 'file', file: `${index}.yaml`, line: 1 } as const,
      message: 'No.',
    }));
    const page = summaryOf(verdict({ outcome: 'invalid-input', clusters: [], problems }));
    expect(tables(page)[0]?.rows.map(([where]) => where?.text)).toEqual(expected);
  });

  test('folds away what changes nothing', () => {
    const page = summaryOf(verdict({ warnings: [{ message: 'Dead.', isQuiet: true }] }));
    expect(page).toContain('<details><summary>Notes: 1</summary>');
    expect(page).not.toContain('### Worth knowing');
  });

  test('has a row for each cluster, with how old its answers are', () => {
    expect(tables(summaryOf(variedVerdict()))[0]?.rows.map((row) => row.map(({ text }) => text))).toEqual([
      ['production-eu', '❌ incompatible', '`v1.35.2`', '4', '1', '1', '1', 'found in the cache, asked again live'],
      ['staging', '✅ compatible', '`v1.24.17-eks-5e0fdde`', '5', '0', '0', '0', 'from the cache, 3m20s old'],
      ['production-us', '❌ unreachable', '', '', '', '', '', ''],
    ]);
  });

  test('says why a cluster was not judged, and what to do', () => {
    expect(summaryOf(variedVerdict())).toContain(
      '**production-us was not judged (unreachable).** GET https&#58;//10.1.0.7:6443/api: the connection was refused by 10.1.0.7:6443.<br>➜ Nothing listens there',
    );
  });

  test('shows an example in a hint as code, line by line, whatever is in it', () => {
    const hint = 'Run this:\n\non:\n  push:\n```\n<b>';
    const error = new GateError('undetermined', 'nothing-cached', 'Nothing is cached.', { hint });
    const page = summaryOf(verdict({ outcome: 'undetermined', clusters: [clusterVerdict({ error })] }));
    const shown = tokensOf(lexer(page)).filter((token): token is Tokens.Code => token.type === 'code');
    expect(shown.map(({ text }) => text)).toEqual(['on:\n  push:\n```\n<b>']);
  });

  test('lists what fails by file and line, inputs first, each linked to the judged commit', () => {
    const page = summaryOf(
      verdict({
        outcome: 'incompatible',
        clusters: [
          clusterVerdict({
            findings: [
              missing('b.yaml', 1),
              missing('a.yaml', 10),
              missing('a.yaml', 9),
              finding({ met: 'no', fails: true }),
            ],
          }),
        ],
      }),
      BLOB,
    );
    expect(tables(page)[1]?.rows.map(([cell]) => cell?.text)).toEqual([
      'line 1 of require',
      '[`a.yaml:9`](https://github.com/o/r/blob/abc/a.yaml#L9)<br>web in shop',
      '[`a.yaml:10`](https://github.com/o/r/blob/abc/a.yaml#L10)<br>web in shop',
      '[`b.yaml:1`](https://github.com/o/r/blob/abc/b.yaml#L1)<br>web in shop',
    ]);
  });

  test('names the template of what Helm rendered', () => {
    const place = { kind: 'file', file: 'out/web.yaml', line: 30, template: 'charts/web/templates/web.yaml' } as const;
    const given = verdict({
      clusters: [clusterVerdict({ findings: [finding({ met: 'no', requirement: requirement('v1/Pod', { place }) })] })],
    });
    expect(summaryOf(given)).toContain('| `charts/web/templates/web.yaml`<br>rendered as `out/web.yaml:30` |');
  });

  test('tells who accepted what, and why, folded away', () => {
    expect(summaryOf(variedVerdict())).toContain('<details><summary>Accepted: 1</summary>');
    expect(summaryOf(variedVerdict())).toContain('Goes with the old database (team-data, until 2026-12-31)');
  });

  test('says that answers come from the cache, and how to ask again', () => {
    expect(summaryOf(variedVerdict())).toContain('up to 3m20s old. `cache: refresh` asks again.');
    expect(summaryOf(greenVerdict())).not.toContain('cache: refresh');
  });

  test('counts what was not judged', () => {
    expect(summaryOf(variedVerdict())).toContain('`kustomize.config.k8s.io/v1beta1 Kustomization` (2)');
  });
});

describe('the limit of 1 MiB', () => {
  const long = 'x'.repeat(1900);
  const findings = Array.from({ length: 3000 }, (_, index) => ({
    ...missing(`deploy/${index}-${long}.yaml`, 1),
    explanation: `Gone ${index}. ${long}`,
  }));
  const huge = verdict({ outcome: 'incompatible', clusters: [clusterVerdict({ findings })] });

  test('a table of thousands is cut, and says how much is missing', () => {
    const short = verdict({
      clusters: [
        clusterVerdict({ findings: Array.from({ length: 3000 }, (_, index) => missing('a.yaml', index + 1)) }),
      ],
    });
    const page = summaryOf(short);
    expect(tables(page)[1]?.rows).toHaveLength(500);
    expect(page).toContain('… and 2500 more rows.');
  });

  test.each([[LONGEST_SUMMARY], [100_000], [5_000], [600]])(
    'a page of at most %i bytes is whole where it can be, and says that it was cut',
    (limit) => {
      const page = summaryOf(huge, { limit });
      expect(Buffer.byteLength(page)).toBeLessThanOrEqual(limit);
      expect(page).toMatch(/^## ❌ Incompatible/);
      expect(page).toMatch(/\nThis page was cut to what GitHub takes;.*\n$/);
      expect(tables(page).every(({ rows }) => rows.every((row) => row.every(({ text }) => text !== undefined)))).toBe(
        true,
      );
    },
  );

  test('a table that does not fit keeps the rows that do', () => {
    const [, fails] = tables(summaryOf(huge, { limit: 100_000 }));
    expect(fails?.rows.length).toBeGreaterThan(10);
  });

  test('a text that does not fit is left out', () => {
    const error = new GateError('unreachable', 'code', long);
    const given = verdict({ outcome: 'unreachable', clusters: [clusterVerdict({ findings: [], error })] });
    expect(summaryOf(given, { limit: 1000 })).toMatch(/This page was cut/);
    expect(Buffer.byteLength(summaryOf(given, { limit: 1000 }))).toBeLessThanOrEqual(1000);
  });
});

test('whatever names, files and clusters say, the page has the elements, links and cells that it means to have', () => {
  const part = fc.constantFrom(
    '<script>alert(1)</script>',
    '</details>',
    '|',
    '\\',
    '`',
    '\n',
    '\n\n',
    '[x](https://evil.example)',
    '<img src=x>',
    '# h',
    '- ',
    '@all',
    ' ',
    'v1',
  );
  const nasty = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.array(part, { maxLength: 6 }).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(nasty, nasty, nasty, nasty, (cluster, text, words, file) => {
      const over = { cluster, explanation: words, advice: words };
      const acceptance = { kind: 'exemption', reason: words, place: { kind: 'file', file, line: 1 } } as const;
      const given = verdict({
        outcome: 'incompatible',
        clusters: [
          clusterVerdict({
            cluster,
            serverVersion: { gitVersion: text, major: '', minor: '' },
            findings: [
              finding({
                ...over,
                met: 'no',
                fails: true,
                requirement: requirement(text, inFile(file, 1, text, words)),
              }),
              finding({ ...over, met: 'no', acceptance, requirement: requirement(text, inFile(file, 2, text, words)) }),
              finding({ ...over, requirement: requirement(text, inFile(file, 3, text, words)) }),
            ],
            warnings: [{ message: words }],
          }),
        ],
        problems: [{ place: { kind: 'file', file, line: 1 }, message: words, hint: text }],
        notJudged: { [text]: 1 },
      });
      const page = summaryOf(legibleVerdict(given), BLOB);
      const tokens = tokensOf(lexer(page));
      const elements = tokens.filter(({ type }) => type === 'html').flatMap(({ raw }) => raw.match(/<[^>]*>/g) ?? []);
      expect(elements.filter((raw) => !/^<\/?(?:code|br|details|summary)>$/.test(raw))).toEqual([]);
      const addresses = tokens.filter(({ type }) => type === 'link').map((token) => (token as Tokens.Link).href);
      expect(addresses.filter((address) => !address.startsWith('https://github.com/o/r/blob/abc/'))).toEqual([]);
      expect(tokens.filter(({ type }) => ['image', 'em', 'del', 'list', 'blockquote'].includes(type))).toEqual([]);
      expect(tables(page).map(({ rows }) => rows.length)).toEqual([1, 2, 1, 1, 1]);
      expect(tokens.filter(({ type }) => type === 'heading')).toHaveLength(3);
    }),
    { numRuns: 60 },
  );
});
