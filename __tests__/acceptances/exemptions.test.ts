import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { type Exemption, isExpired, parseExemptions } from '../../src/acceptances/exemptions.ts';
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

  test.each([
    ['one word', 'accepts: missing', ['missing']],
    ['several, from mild to grave', 'accepts: [unknown, deprecated]', ['deprecated', 'unknown']],
    ['nothing', 'owner: x', undefined],
  ])('accepts: %s', async (_, line, expected) => {
    const { exemptions, problems } = await parseExemptions(`- requirement: v1\n  reason: x\n  ${line}\n`, 'e.yaml');
    expect(problems).toEqual([]);
    expect(exemptions.map(({ accepts }) => accepts)).toEqual([expected]);
    expect(faultsBySchema('exemptions', load(`- requirement: v1\n  reason: x\n  ${line}\n`))).toEqual([]);
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
      'an unknown word for what it accepts',
      '- requirement: v1\n  reason: x\n  accepts: [missing, gone]\n',
      [[3, '`accepts` has `gone`, which is not one of deprecated, removed-by-target, missing, unknown.']],
    ],
    [
      'an empty list of what it accepts',
      '- requirement: v1\n  reason: x\n  accepts: []\n',
      [[3, '`accepts` is an empty list.']],
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

describe('isExpired', () => {
  test.each([
    ['never without a day', undefined, '2099-01-01T00:00:00Z', false],
    ['not on its last day', '2026-12-31', '2026-12-31T23:59:59.999Z', false],
    ['on the next day', '2026-12-31', '2027-01-01T00:00:00Z', true],
  ])('%s', (_, expires, now, expected) => {
    expect(isExpired(exemption(expires === undefined ? {} : { expires }), Date.parse(now))).toBe(expected);
  });
});
