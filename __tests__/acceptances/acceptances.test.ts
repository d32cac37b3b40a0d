import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AcceptanceOptions, type Acceptances, readAcceptances } from '../../src/acceptances/acceptances.ts';
import { GateError } from '../../src/model/errors.ts';
import type { ClusterVerdict, Finding } from '../../src/model/verdict.ts';
import { clusterVerdict, finding, inFile, requirement } from '../helpers/sample-verdict.ts';

const NOW = Date.parse('2026-06-15T12:00:00Z');

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'acceptances-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function read(files: Readonly<Record<string, string>>, over: Partial<AcceptanceOptions> = {}): Promise<Acceptances> {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return readAcceptances({
    ...('exemptions.yaml' in files ? { exemptions: 'exemptions.yaml' } : {}),
    ...('baseline.json' in files ? { baseline: 'baseline.json' } : {}),
    updateBaseline: false,
    workingDirectory: folder,
    repositoryRoot: folder,
    now: NOW,
    ...over,
  });
}

function missing(line = 1, over: Partial<Finding> = {}): Finding {
  return finding({
    met: 'no',
    standing: 'missing',
    fails: true,
    requirement: requirement('v1/Pod', inFile('a.yaml', line, 'web')),
    ...over,
  });
}

/** What the gate makes of findings: those that are accepted no longer fail. */
function judged(acceptances: Acceptances, findings: readonly Finding[], cluster = 'prod'): ClusterVerdict {
  return clusterVerdict({
    cluster,
    findings: findings.map((one) => {
      const acceptance = one.fails ? acceptances.accept(one) : undefined;
      return acceptance === undefined ? one : { ...one, fails: false, standing: 'exempt', acceptance };
    }),
  });
}

const EXEMPTION = '- requirement: v1/Pod\n  reason: known\n  owner: team-a\n  expires: 2026-06-15\n';
const EXPIRED = '- requirement: v1/Pod\n  reason: known\n  owner: team-a\n  expires: 2026-06-14\n';
const BASELINE =
  '{"version": 1, "findings": [\n{"cluster": "prod", "file": "a.yaml", "requirement": "v1/Pod", "object": "shop/web", "failure": "not-met"}\n]}';

describe('exemptions', () => {
  test('an exemption in time accepts, with reason, owner, day and place', async () => {
    const { accept } = await read({ 'exemptions.yaml': EXEMPTION });
    expect(accept(missing())).toEqual({
      kind: 'exemption',
      reason: 'known (team-a, until 2026-06-15)',
      place: { kind: 'file', file: 'exemptions.yaml', line: 1, column: 3 },
    });
  });

  test('an expired one accepts nothing, and fails at its own line', async () => {
    const acceptances = await read({ 'exemptions.yaml': EXPIRED });
    const cluster = judged(acceptances, [missing(3), missing(9)]);
    expect(cluster.findings.every(({ fails }) => fails)).toBe(true);
    expect(acceptances.review([cluster])).toEqual({
      problems: [
        {
          place: { kind: 'file', file: 'exemptions.yaml', line: 1, column: 3 },
          message:
            'This exemption ended on 2026-06-14, and 2 findings it covered still fail: `v1/Pod` at a.yaml:3:1 on prod.',
          hint: 'Mend what it excused, or agree on a later day. team-a answers for it.',
        },
      ],
      warnings: [],
    });
  });

  test('an expired one that nothing needs any more only warns', async () => {
    const acceptances = await read({ 'exemptions.yaml': EXPIRED });
    const { problems, warnings } = acceptances.review([judged(acceptances, [finding()])]);
    expect(problems).toEqual([]);
    expect(warnings.map(({ message }) => message)).toEqual([
      'Nothing needs the exemption for `v1/Pod` any more; remove it.',
    ]);
  });

  test('one for what fail-on lets pass for now does not warn', async () => {
    const acceptances = await read({ 'exemptions.yaml': EXEMPTION });
    expect(acceptances.review([judged(acceptances, [missing(1, { fails: false })])])).toEqual({
      problems: [],
      warnings: [],
    });
  });

  test('one that is used does not warn', async () => {
    const acceptances = await read({ 'exemptions.yaml': EXEMPTION });
    expect(acceptances.review([judged(acceptances, [missing()])])).toEqual({ problems: [], warnings: [] });
  });

  test('one that was needed only by an answer from the cache, which proved wrong, is unused', async () => {
    const acceptances = await read({ 'exemptions.yaml': EXEMPTION });
    judged(acceptances, [missing()]);
    expect(acceptances.review([judged(acceptances, [finding()])]).warnings).toHaveLength(1);
  });

  test.each([
    ['a cluster that is not judged here', [clusterVerdict({ cluster: 'staging', findings: [] })]],
    [
      'a cluster that could not be judged',
      [clusterVerdict({ cluster: 'prod', findings: [], error: new GateError('denied', 'code', 'No.') })],
    ],
  ])('one for %s does not warn', async (_, clusters) => {
    const acceptances = await read({ 'exemptions.yaml': '- requirement: v1\n  cluster: prod\n  reason: x\n' });
    expect(acceptances.review(clusters).warnings).toEqual([]);
  });
});

describe('the baseline', () => {
  test('what is in it is accepted, whatever its line is today', async () => {
    const { accept } = await read({ 'baseline.json': BASELINE });
    expect(accept(missing(77))).toEqual({
      kind: 'baseline',
      reason: 'it failed before, and is in the baseline',
      place: { kind: 'file', file: 'baseline.json', line: 2, column: 1 },
    });
  });

  test.each([
    ['another cluster', { cluster: 'staging' }],
    ['another file', { requirement: requirement('v1/Pod', inFile('b.yaml', 1, 'web')) }],
    ['another object', { requirement: requirement('v1/Pod', inFile('a.yaml', 1, 'db')) }],
    ['another namespace', { requirement: requirement('v1/Pod', inFile('a.yaml', 1, 'web', 'other')) }],
    ['another requirement', { requirement: requirement('v1/Node', inFile('a.yaml', 1, 'web')) }],
  ])('%s is new', async (_, over) => {
    const { accept } = await read({ 'baseline.json': BASELINE });
    expect(accept(missing(1, over))).toBeUndefined();
  });

  test('what was deprecated and is now missing is new', async () => {
    const { accept } = await read({ 'baseline.json': BASELINE.replace('not-met', 'deprecated') });
    expect(accept(missing())).toBeUndefined();
    expect(accept(missing(1, { met: 'yes', lifecycle: [{ kind: 'deprecated', message: 'Old.' }] }))).toBeDefined();
  });

  test('one more of the same is new, but the same one asked twice is not', async () => {
    const { accept } = await read({ 'baseline.json': BASELINE });
    expect(accept(missing(1))).toBeDefined();
    expect(accept(missing(1))).toBeDefined();
    expect(accept(missing(2))).toBeUndefined();
  });

  test('as many are accepted as are counted', async () => {
    const { accept } = await read({ 'baseline.json': BASELINE.replace('"failure"', '"count": 2, "failure"') });
    expect([1, 2, 3].map((line) => accept(missing(line)) !== undefined)).toEqual([true, true, false]);
  });

  test('an exemption goes before it', async () => {
    const { accept } = await read({ 'baseline.json': BASELINE, 'exemptions.yaml': EXEMPTION });
    expect(accept(missing())?.kind).toBe('exemption');
  });

  test('entries that nothing needs are one warning, at the first', async () => {
    const acceptances = await read({ 'baseline.json': BASELINE });
    expect(acceptances.review([judged(acceptances, [finding()])]).warnings).toEqual([
      {
        place: { kind: 'file', file: 'baseline.json', line: 2, column: 1 },
        message:
          'Nothing needs 1 entry of the baseline any more, the first for `v1/Pod`; write it anew with `update-baseline: true`.',
      },
    ]);
    expect(acceptances.review([judged(acceptances, [missing()])]).warnings).toEqual([]);
    expect(acceptances.review([clusterVerdict({ cluster: 'staging' })]).warnings).toEqual([]);
  });
});

describe('update-baseline', () => {
  const update = { updateBaseline: true, baseline: 'gate/baseline.json' };

  test('accepts what fails, and writes it, making the folder', async () => {
    const acceptances = await read({}, update);
    const cluster = judged(acceptances, [missing(1), finding()]);
    expect(cluster.findings.some(({ fails }) => fails)).toBe(false);
    expect(await acceptances.writeBaseline([cluster])).toBe(1);
    expect(readdirSync(join(folder, 'gate'))).toEqual(['baseline.json']);
    const next = await read({}, { baseline: 'gate/baseline.json' });
    expect(next.accept(missing(50))?.kind).toBe('baseline');
  });

  test('what is unknown goes on failing: nobody knows that it is broken', async () => {
    const acceptances = await read({}, update);
    expect(acceptances.accept(missing(1, { met: 'unknown', standing: 'unknown' }))).toBeUndefined();
  });

  test('what is exempt is not recorded', async () => {
    const acceptances = await read({ 'exemptions.yaml': EXEMPTION }, update);
    expect(await acceptances.writeBaseline([judged(acceptances, [missing()])])).toBe(0);
  });

  test('entries of judged clusters are replaced, those of others stay', async () => {
    const both = BASELINE.replace(
      '\n]}',
      ',\n{"cluster": "staging", "file": "a.yaml", "requirement": "v1/Pod", "failure": "not-met"}\n]}',
    );
    const acceptances = await read({ 'baseline.json': both }, { updateBaseline: true });
    const unreachable = clusterVerdict({
      cluster: 'staging',
      findings: [],
      error: new GateError('unreachable', 'code', 'No.'),
    });
    await acceptances.writeBaseline([judged(acceptances, [finding()]), unreachable]);
    const { findings } = JSON.parse(readFileSync(join(folder, 'baseline.json'), 'utf8')) as { findings: object[] };
    expect(findings).toEqual([{ cluster: 'staging', file: 'a.yaml', requirement: 'v1/Pod', failure: 'not-met' }]);
  });

  test('writing twice changes no byte', async () => {
    const written: string[] = [];
    for (const line of [4, 40]) {
      const acceptances = await read({}, update);
      await acceptances.writeBaseline([judged(acceptances, [missing(line)])]);
      written.push(readFileSync(join(folder, 'gate', 'baseline.json'), 'utf8'));
    }
    expect(written[0]).toBe(written[1]);
  });

  test('without it nothing is written', async () => {
    const acceptances = await read({ 'baseline.json': BASELINE });
    expect(await acceptances.writeBaseline([judged(acceptances, [missing()])])).toBe(0);
    expect(readFileSync(join(folder, 'baseline.json'), 'utf8')).toBe(BASELINE);
  });

  test('a file that cannot be written is an error with a hint', async () => {
    const acceptances = await read({}, { updateBaseline: true, baseline: 'new/baseline.json' });
    writeFileSync(join(folder, 'new'), '');
    await expect(acceptances.writeBaseline([judged(acceptances, [missing()])])).rejects.toMatchObject({
      outcome: 'invalid-input',
      code: 'baseline-unwritable',
    });
  });
});

describe('files that cannot be used', () => {
  async function problemsOf(reading: Promise<Acceptances>): Promise<readonly string[]> {
    const thrown = await reading.then(
      () => undefined,
      (error: unknown) => error,
    );
    if (!(thrown instanceof GateError)) throw new Error('no GateError');
    expect(thrown).toMatchObject({ outcome: 'invalid-input', code: 'acceptances-invalid' });
    return thrown.problems.map(({ message }) => message);
  }

  test.each([
    ['exemptions that are not there', { exemptions: 'none.yaml' }, ['There is no file none.yaml.']],
    ['a baseline that is not there', { baseline: 'none.json' }, ['There is no file none.json.']],
    [
      'update-baseline without a baseline',
      { updateBaseline: true },
      ['`update-baseline` needs to know which file to write.'],
    ],
    ['a folder', { exemptions: '.' }, [expect.stringMatching(/^\. cannot be read: EISDIR/)]],
  ])('%s', async (_, over, expected) => {
    expect(await problemsOf(read({}, over))).toEqual(expected);
  });

  test('a file that is larger than any of its kind', async () => {
    writeFileSync(join(folder, 'large.yaml'), '');
    truncateSync(join(folder, 'large.yaml'), 21 * 1024 * 1024);
    expect(await problemsOf(read({}, { exemptions: 'large.yaml' }))).toEqual([
      expect.stringContaining('larger than 20 MiB'),
    ]);
  });

  test.each(['exemptions', 'baseline'] as const)('%s that are a pipe are not waited for', async (input) => {
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    expect(await problemsOf(read({}, { [input]: 'pipe' }))).toEqual([expect.stringContaining('is no file')]);
  });

  test('the faults of both files come together', async () => {
    const files = { 'exemptions.yaml': '- reason: x\n', 'baseline.json': '{}' };
    expect(await problemsOf(read(files))).toHaveLength(2);
  });

  test('a baseline that cannot be read is not overwritten', async () => {
    expect(await problemsOf(read({ 'baseline.json': '{' }, { updateBaseline: true }))).toHaveLength(1);
    expect(readFileSync(join(folder, 'baseline.json'), 'utf8')).toBe('{');
  });

  test('a file outside the repository is named in full', async () => {
    const acceptances = await read({ 'exemptions.yaml': EXEMPTION }, { repositoryRoot: join(folder, 'repository') });
    expect(acceptances.accept(missing())?.place).toMatchObject({ file: join(folder, 'exemptions.yaml') });
  });
});
