import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AcceptanceOptions, type Acceptances, readAcceptances } from '../../src/acceptances/acceptances.ts';
import { GateError } from '../../src/model/errors.ts';
import type { ClusterVerdict, FailOn, Finding } from '../../src/model/verdict.ts';
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
    failOn: ['missing', 'unknown'],
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
  '{"version": 1, "findings": [\n{"cluster": "prod", "file": "a.yaml", "requirement": "v1/Pod", "object": "shop/web", "failure": "missing"}\n]}';

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
          hint: 'Fix what it excused, or agree on a later day. team-a answers for it.',
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

/** Drift is of a cluster, and no finding. */
type Way = Exclude<FailOn, 'drift'>;
const LOOKING_AHEAD: readonly Way[] = ['missing', 'unknown', 'deprecated', 'removed-by-target'];
const DEPRECATED = { kind: 'deprecated', message: 'Old.' } as const;
const REMOVED = { kind: 'removed-by-target', message: 'Gone soon.' } as const;
const WAYS: Readonly<Record<Way, Partial<Finding>>> = {
  missing: { met: 'no', standing: 'missing' },
  unknown: { met: 'unknown', standing: 'unknown' },
  deprecated: { met: 'yes', standing: 'served', lifecycle: [DEPRECATED] },
  'removed-by-target': { met: 'yes', standing: 'served', lifecycle: [DEPRECATED, REMOVED] },
};

function failing(way: Way, cluster = 'prod'): Finding {
  return missing(1, { ...WAYS[way], cluster });
}

describe('an exemption accepts the failure that it was written for, and what is milder', () => {
  test.each([
    ['deprecated', 'deprecated', true],
    ['deprecated', 'removed-by-target', false],
    ['deprecated', 'missing', false],
    ['deprecated', 'unknown', false],
    ['removed-by-target', 'deprecated', true],
    ['removed-by-target', 'removed-by-target', true],
    ['removed-by-target', 'missing', false],
    ['removed-by-target', 'unknown', false],
    ['missing', 'deprecated', true],
    ['missing', 'removed-by-target', true],
    ['missing', 'missing', true],
    ['missing', 'unknown', false],
    ['unknown', 'unknown', true],
    ['unknown', 'missing', false],
    ['unknown', 'deprecated', false],
    ['[deprecated, unknown]', 'unknown', true],
    ['[deprecated, unknown]', 'missing', false],
  ] satisfies [string, FailOn, boolean][])('accepts: %s, found %s: %s', async (accepts, way, expected) => {
    const { accept } = await read(
      { 'exemptions.yaml': `${EXEMPTION}  accepts: ${accepts}\n` },
      { failOn: LOOKING_AHEAD },
    );
    expect(accept(failing(way)) !== undefined).toBe(expected);
  });

  test.each([
    ['missing, of a job that is red for no deprecation', ['missing', 'unknown'], 'missing', true],
    ['nothing unknown, of the same job', ['missing', 'unknown'], 'unknown', false],
    ['deprecated, of a job that is red for that', ['missing', 'unknown', 'deprecated'], 'deprecated', true],
    ['nothing missing, of a job that is red for deprecations', ['missing', 'unknown', 'deprecated'], 'missing', false],
    ['nothing unknown, of a job that is red for deprecations', ['missing', 'unknown', 'deprecated'], 'unknown', false],
    ['removed-by-target, of a job that looks ahead', ['missing', 'removed-by-target'], 'removed-by-target', true],
    ['nothing missing, of a job that looks ahead', ['missing', 'removed-by-target'], 'missing', false],
    ['deprecated, of a job that is red for all', LOOKING_AHEAD, 'deprecated', true],
    ['nothing removed, of a job that is red for all', LOOKING_AHEAD, 'removed-by-target', false],
    ['a deprecation, whatever else is true that fails nothing', ['deprecated'], 'removed-by-target', true],
    ['unknown, of a job that is red for nothing else', ['unknown'], 'unknown', true],
  ] satisfies [string, readonly FailOn[], FailOn, boolean][])(
    'without accepts it means %s',
    async (_, failOn, way, expected) => {
      const { accept } = await read({ 'exemptions.yaml': EXEMPTION }, { failOn });
      expect(accept(failing(way)) !== undefined).toBe(expected);
    },
  );

  test('one for an old cluster hides nothing on a new one', async () => {
    const acceptances = await read({ 'exemptions.yaml': EXEMPTION }, { failOn: LOOKING_AHEAD });
    const clusters = [failing('deprecated', 'old'), failing('missing', 'new')].map((one) =>
      judged(acceptances, [one], one.cluster),
    );
    expect(clusters.map(({ findings }) => findings[0]?.fails)).toEqual([false, true]);
    expect(acceptances.review(clusters)).toEqual({ problems: [], warnings: [] });
  });

  test('an expired one is no reason for what it never accepted', async () => {
    const acceptances = await read({ 'exemptions.yaml': `${EXPIRED}  accepts: deprecated\n` });
    expect(acceptances.review([judged(acceptances, [missing()])]).problems).toEqual([]);
  });
});

describe('what nearly accepts a finding is named', () => {
  const OTHER = '- requirement: v1/Node\n  reason: x\n';
  const entry = (failure: string): string => BASELINE.replace('"missing"', `"${failure}"`);
  const taken = (failure: string): string =>
    `The exemption at exemptions.yaml:1:3 is taken to accept only deprecated, and this is ${failure}. If it is meant as well, write`;
  test.each([
    [
      'an exemption for less',
      { 'exemptions.yaml': EXEMPTION },
      'missing',
      `${taken('missing')} \`accepts: missing\` there.`,
    ],
    [
      'for something else',
      { 'exemptions.yaml': EXEMPTION },
      'unknown',
      `${taken('unknown')} \`accepts: [deprecated, unknown]\` there.`,
    ],
    [
      'an exemption that names less',
      { 'exemptions.yaml': `${EXEMPTION}  accepts: [deprecated, unknown]\n` },
      'missing',
      'The exemption at exemptions.yaml:1:3 accepts deprecated, unknown, and this is missing. If it is meant as well, write `accepts: [missing, unknown]` there.',
    ],
    ['an exemption for another API', { 'exemptions.yaml': OTHER }, 'missing', undefined],
    ['an expired one, which is named elsewhere', { 'exemptions.yaml': EXPIRED }, 'missing', undefined],
    [
      'an entry for less',
      { 'baseline.json': entry('deprecated') },
      'missing',
      'The baseline at baseline.json:2:1 has this as deprecated, and it is missing now. If that is accepted too, write it again with `update-baseline: true`.',
    ],
    [
      'an entry for what nobody knows now',
      { 'baseline.json': entry('missing') },
      'unknown',
      'The baseline at baseline.json:2:1 has this as missing, and it is unknown now. A baseline holds nothing unknown: an exemption with `accepts: unknown` does.',
    ],
    [
      'an old entry for what nobody knows now',
      { 'baseline.json': entry('not-met') },
      'unknown',
      'The baseline at baseline.json:2:1 has this as missing, and it is unknown now. A baseline holds nothing unknown: an exemption with `accepts: unknown` does.',
    ],
    [
      'an entry for another place',
      { 'baseline.json': entry('missing').replace('a.yaml', 'b.yaml') },
      'missing',
      undefined,
    ],
  ] satisfies [string, Record<string, string>, FailOn, string | undefined][])('%s', async (_, files, way, expected) => {
    const { accept, nearly } = await read(files, { failOn: LOOKING_AHEAD });
    const given = failing(way);
    expect(accept(given)).toBeUndefined();
    expect(nearly(given)).toBe(expected);
  });

  test('an entry for fewer places', async () => {
    const { accept, nearly } = await read({ 'baseline.json': BASELINE });
    accept(missing(1));
    expect(nearly(missing(2))).toBe('The baseline at baseline.json:2:1 has this at one place only.');
  });

  test('an exemption whose files mean a template that a comment names', async () => {
    const acceptances = await read({
      'exemptions.yaml': '- requirement: v1/Pod\n  reason: x\n  files: legacy/**\n',
    });
    const place = { kind: 'file', file: 'prod/a.yaml', line: 1, template: 'legacy/templates/a.yaml' } as const;
    const given = missing(1, { requirement: requirement('v1/Pod', { place }) });
    const cluster = judged(acceptances, [given]);
    expect(cluster.findings[0]?.fails).toBe(true);
    expect(acceptances.nearly(given)).toBe(
      'The exemption at exemptions.yaml:1:3 has `files` that mean legacy/templates/a.yaml, a template that only a comment in this file names. Write `template` in place of `files` to trust such comments.',
    );
    expect(acceptances.review([cluster]).warnings).toEqual([]);
  });
});

describe('the baseline', () => {
  test.each([
    ['missing', 'unknown', false],
    ['not-met', 'unknown', false],
    ['removed-by-target', 'unknown', false],
    ['deprecated', 'unknown', false],
    ['missing', 'missing', true],
    ['not-met', 'missing', true],
    ['not-met', 'deprecated', true],
    ['missing', 'removed-by-target', true],
    ['removed-by-target', 'missing', false],
    ['deprecated', 'removed-by-target', false],
  ] satisfies [string, FailOn, boolean][])('an entry that was %s, found %s: %s', async (recorded, way, expected) => {
    const files = { 'baseline.json': BASELINE.replace('"missing"', `"${recorded}"`) };
    const { accept } = await read(files, { failOn: LOOKING_AHEAD });
    expect(accept(failing(way)) !== undefined).toBe(expected);
  });

  test('old entries are told of once, quietly, with how to renew them', async () => {
    const acceptances = await read({ 'baseline.json': BASELINE.replace('"missing"', '"not-met"') });
    expect(acceptances.review([judged(acceptances, [missing()])]).warnings).toEqual([
      {
        place: { kind: 'file', file: 'baseline.json', line: 2, column: 1 },
        message:
          '1 entry says `not-met`, which is read as `missing`; write the baseline again with `update-baseline: true`.',
        isQuiet: true,
      },
    ]);
  });

  test('entries that are there twice count together', async () => {
    const { accept } = await read({ 'baseline.json': BASELINE.replace(/(\{"cluster".*\})/, '$1,$1') });
    expect([1, 2, 3].map((line) => accept(missing(line)) !== undefined)).toEqual([true, true, false]);
  });

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
    const { accept } = await read({ 'baseline.json': BASELINE.replace('missing', 'deprecated') });
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
          'Nothing needs 1 entry of the baseline any more, the first for `v1/Pod`; write it again with `update-baseline: true`.',
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
      ',\n{"cluster": "staging", "file": "a.yaml", "requirement": "v1/Pod", "failure": "missing"}\n]}',
    );
    const acceptances = await read({ 'baseline.json': both }, { updateBaseline: true });
    const unreachable = clusterVerdict({
      cluster: 'staging',
      findings: [],
      error: new GateError('unreachable', 'code', 'No.'),
    });
    await acceptances.writeBaseline([judged(acceptances, [finding()]), unreachable]);
    const { findings } = JSON.parse(readFileSync(join(folder, 'baseline.json'), 'utf8')) as { findings: object[] };
    expect(findings).toEqual([{ cluster: 'staging', file: 'a.yaml', requirement: 'v1/Pod', failure: 'missing' }]);
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
    ['exemptions that are not there', { exemptions: 'none.yaml' }, ['The file none.yaml does not exist.']],
    ['a baseline that is not there', { baseline: 'none.json' }, ['The file none.json does not exist.']],
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
