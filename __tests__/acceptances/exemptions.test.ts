import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { covers, type Exemption, isExpired, parseExemptions } from '../../src/acceptances/exemptions.ts';
import { finding, inFile, requirement } from '../helpers/sample-verdict.ts';
import { faultsBySchema } from '../helpers/schemas.ts';

const WHOLE = `
- requirement: policy/v1beta1/PodDisruptionBudget
  files: deploy/legacy/**
  cluster: [staging, prod-*]
  reason: Goes with the old database.
  owner: team-data
  expires: 2026-12-31
- requirement: "!extensions/v1beta1"
  reason: Still in use by the old ingress.
`;

describe('parseExemptions', () => {
  test('reads all that an exemption can say, with its place', async () => {
    const { exemptions, problems } = await parseExemptions(WHOLE, 'e.yaml');
    expect(problems).toEqual([]);
    expect(exemptions).toEqual([
      {
        requirement: 'policy/v1beta1/PodDisruptionBudget',
        isInFiles: expect.any(Function),
        clusters: ['staging', 'prod-*'],
        reason: 'Goes with the old database.',
        owner: 'team-data',
        expires: '2026-12-31',
        place: { kind: 'file', file: 'e.yaml', line: 2, column: 3 },
      },
      {
        requirement: '!extensions/v1beta1',
        reason: 'Still in use by the old ingress.',
        place: { kind: 'file', file: 'e.yaml', line: 8, column: 3 },
      },
    ]);
    expect(faultsBySchema('exemptions', load(WHOLE))).toEqual([]);
  });

  test.each([[''], ['# nothing yet\n'], ['[]\n'], ['---\n']])('an empty file exempts nothing: %j', async (text) => {
    expect(await parseExemptions(text, 'e.yaml')).toEqual({ exemptions: [], problems: [] });
  });

  test.each([
    ['no list', 'requirement: v1\nreason: x\n', [[1, 'An exemptions file is a list.']]],
    ['no reason', '- requirement: v1\n', [[1, 'An exemption lacks `reason`.']]],
    [
      'a day that there is not',
      '- requirement: v1\n  reason: x\n  expires: 2026-02-30\n',
      [[3, '`expires` must be a day, but `2026-02-30` is none.']],
    ],
    [
      'another spelling of a day',
      '- requirement: v1\n  reason: x\n  expires: 31.12.2026\n',
      [[3, '`expires` must be a day, but `31.12.2026` is none.']],
    ],
    [
      'every fault at once, each at its line',
      '- requirement: v1\n- reason: x\n  expire: 2026-01-01\n',
      [
        [1, 'An exemption lacks `reason`.'],
        [3, 'An exemption has no key `expire`.'],
        [2, 'An exemption lacks `requirement`.'],
      ],
    ],
  ])('%s is a problem', async (_, text, expected) => {
    const { problems } = await parseExemptions(text, 'e.yaml');
    expect(problems.map(({ place, message }) => [place.line, message])).toEqual(expected);
  });
});

function exemption(over: Partial<Exemption>): Exemption {
  return { requirement: 'v1/Pod', reason: 'x', place: { kind: 'file', file: 'e.yaml', line: 1 }, ...over };
}

async function exemptionFor(files: readonly string[]): Promise<Exemption> {
  const { exemptions } = await parseExemptions(
    JSON.stringify([{ requirement: 'v1/Pod', reason: 'x', files }]),
    'e.yaml',
  );
  return exemptions[0] ?? exemption({});
}

describe('covers', () => {
  test.each([
    ['the same requirement', {}, 'v1/Pod', true],
    ['the same with other blanks', { requirement: 'policy/v1 | policy/v1beta1' }, 'policy/v1  |  policy/v1beta1', true],
    ['another requirement', {}, 'v1/Pods', false],
    ['a longer requirement', {}, 'apps/v1/Pod', false],
    ['a star for a kind', { requirement: 'policy/v1beta1/*' }, 'policy/v1beta1/PodDisruptionBudget', true],
    ['a star does not reach over a slash', { requirement: 'policy/*' }, 'policy/v1beta1/PodDisruptionBudget', false],
    [
      'a star that the requirement itself has',
      { requirement: 'gateway.networking.k8s.io/*' },
      'gateway.networking.k8s.io/*',
      true,
    ],
    [
      'a group-version does not cover its kinds',
      { requirement: 'policy/v1beta1' },
      'policy/v1beta1/PodDisruptionBudget',
      false,
    ],
    ['stars around', { requirement: 'v1/*o*' }, 'v1/Pod', true],
    ['pieces may not overlap', { requirement: 'v1/Pod*od' }, 'v1/Pod', false],
    ['a dot is only a dot', { requirement: 'a.b/v1' }, 'aXb/v1', false],
  ])('%s', (_, over, text, expected) => {
    expect(covers(exemption(over), finding({ text, requirement: requirement(text) }))).toBe(expected);
  });

  test.each([
    ['a folder', ['deploy/**'], 'deploy/a/b.yaml', true],
    ['the file itself, odd characters and all', ['deploy/[a].yaml'], 'deploy/[a].yaml', true],
    ['another folder', ['deploy/**'], 'charts/a.yaml', false],
    ['a star stays within one folder', ['deploy/*.yaml'], 'deploy/a/b.yaml', false],
    ['braces', ['deploy/{a,b}.yaml'], 'deploy/b.yaml', true],
    ['one of several', ['a.yaml', 'b.yaml'], 'b.yaml', true],
    ['a hidden folder only when it is named', ['**'], '.deploy/a.yaml', false],
    ['a hidden folder that is named', ['.deploy/**'], '.deploy/a.yaml', true],
    ['not the opposite of a class', ['deploy/[!p]*/**'], 'deploy/prod/a.yaml', false],
    ['an exclusion of parentheses takes them for text', ['deploy/**', '!deploy/(p)/**'], 'deploy/p/a.yaml', true],
    ['ranges in braces', ['deploy/r{1..10}/**'], 'deploy/r7/a.yaml', true],
    ['no hidden file is meant by exclusions alone', ['!d/**'], 'e/.a.yaml', false],
    ['all but a name', ['!(prod)/**'], 'prod/a.yaml', false],
    ['and what begins with that name', ['!(prod)/**'], 'prod-eu/a.yaml', true],
    ['a path that begins with ./', ['./deploy/**'], 'deploy/a.yaml', true],
    ['what begins with ! excludes from what the others choose', ['d/**', '!d/new/**'], 'd/new/a.yaml', false],
    ['and leaves the rest as it is', ['d/**', '!d/new/**'], 'd/a.yaml', true],
    ['and chooses nothing itself', ['d/**', '!d/new/**'], 'other/a.yaml', false],
    ['alone it excludes from everything', ['!d/new/**'], 'other/a.yaml', true],
    ['and keeps to that', ['!./d/new/**'], 'd/new/a.yaml', false],
    ['a folder, for all that is in it', ['deploy/legacy'], 'deploy/legacy/a/b.yaml', true],
    ['a folder with a slash behind it', ['./deploy/legacy/'], 'deploy/legacy/b.yaml', true],
    ['a folder is no beginning of another', ['deploy/legacy'], 'deploy/legacy-2/b.yaml', false],
    ['a folder may be excluded', ['deploy', '!deploy/legacy'], 'deploy/legacy/b.yaml', false],
  ])('files: %s', async (_, files, file, expected) => {
    const given = finding({ requirement: requirement('v1/Pod', inFile(file, 1, 'web')) });
    expect(covers(await exemptionFor(files), given)).toBe(expected);
  });

  test('files: the template that the manifest was rendered from', async () => {
    const place = { kind: 'file', file: '/tmp/out/a.yaml', line: 1, template: 'charts/a/templates/a.yaml' } as const;
    expect(covers(await exemptionFor(['charts/**']), finding({ requirement: requirement('v1/Pod', { place }) }))).toBe(
      true,
    );
  });

  test('files: a requirement of an input comes from no file', async () => {
    expect(covers(await exemptionFor(['**']), finding({ requirement: requirement('v1/Pod') }))).toBe(false);
  });

  test.each([
    [['prod'], 'prod', true],
    [['prod'], 'prod-eu', false],
    [['prod-*'], 'prod-eu', true],
    [['*/prod'], 'arn:aws:eks:eu-west-1:1:cluster/prod', true],
    [['a', 'b'], 'b', true],
  ])('cluster: %j for %s is %s', (clusters, cluster, expected) => {
    expect(covers(exemption({ clusters }), finding({ text: 'v1/Pod', cluster }))).toBe(expected);
  });

  test('a pattern of many stars takes no more than a moment', () => {
    const given = finding({ requirement: requirement(`v1/${'a'.repeat(5000)}`) });
    expect(covers(exemption({ requirement: `v1/${'*a'.repeat(2000)}*b` }), given)).toBe(false);
  });
});

describe('isExpired', () => {
  test.each([
    ['never without a day', undefined, '2099-01-01T00:00:00Z', false],
    ['not on its last day', '2026-12-31', '2026-12-31T23:59:59.999Z', false],
    ['on the next day', '2026-12-31', '2027-01-01T00:00:00Z', true],
  ])('%s', (_, expires, now, expected) => {
    expect(isExpired(exemption(expires === undefined ? {} : { expires }), Date.parse(now))).toBe(expected);
  });
});
