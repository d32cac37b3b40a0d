import { describe, expect, test } from 'vitest';
import { indexExemptions } from '../../src/acceptances/exemption-index.ts';
import { type Exemption, parseExemptions } from '../../src/acceptances/exemptions.ts';
import type { Finding } from '../../src/model/verdict.ts';
import { finding, inFile, requirement } from '../helpers/sample-verdict.ts';

function covers(given: Exemption, about: Finding): boolean {
  return indexExemptions([given]).about(about).length === 1;
}

function exemption(over: Partial<Exemption>): Exemption {
  return { requirement: 'v1/Pod', reason: 'x', place: { kind: 'file', file: 'e.yaml', line: 1 }, ...over };
}

async function exemptionFor(given: {
  readonly files?: readonly string[];
  readonly template?: readonly string[];
}): Promise<Exemption> {
  const { exemptions } = await parseExemptions(
    JSON.stringify([{ requirement: 'v1/Pod', reason: 'x', ...given }]),
    'e.yaml',
  );
  return exemptions[0] ?? exemption({});
}

describe('an exemption is about', () => {
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
    ['a star is no negation', { requirement: '*/v1' }, '!apps/v1', false],
    ['nor within a kind', { requirement: '*/v1/*' }, '!apps/v1/Deployment', false],
    ['nor of the core group', { requirement: '*' }, '!v1', false],
    ['nor before a name', { requirement: '*apps/v1' }, '!apps/v1', false],
    ['nor by two stars', { requirement: '**/v1' }, '!apps/v1', false],
    ['a negation is no affirmation', { requirement: '!*/v1' }, 'apps/v1', false],
    ['a star behind a negation', { requirement: '!*/v1' }, '!apps/v1', true],
    ['a negation with a blank', { requirement: '! apps/v1' }, '!apps/v1', true],
    ['a star is no alternative', { requirement: 'policy/*/*' }, 'policy/v1 | policy/v1beta1', false],
    ['nor its end', { requirement: 'policy/*' }, 'policy/v1 | v1', false],
    ['stars in each alternative', { requirement: 'policy/* | policy/*' }, 'policy/v1 | policy/v1beta1', true],
    ['a star is no verbs', { requirement: 'batch/v1/*' }, 'batch/v1/CronJob verbs=create', false],
    ['a star for verbs', { requirement: 'batch/v1/* verbs=*' }, 'batch/v1/CronJob verbs=create,patch', true],
    ['a star is no server-version', { requirement: '*' }, 'server-version >=1.29', false],
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
    ['a pattern that begins with ! is one beside others', ['!(prod)/**', 'deploy/**'], 'stage/a.yaml', true],
    ['a folder that is taken back', ['x/../deploy/**'], 'deploy/a.yaml', true],
    ['a doubled slash', ['deploy//a.yaml'], 'deploy/a.yaml', true],
    ['a dot', ['deploy/./a.yaml'], 'deploy/a.yaml', true],
  ])('files: %s', async (_, files, file, expected) => {
    const given = finding({ requirement: requirement('v1/Pod', inFile(file, 1, 'web')) });
    expect(covers(await exemptionFor({ files }), given)).toBe(expected);
  });

  test.each([
    ['files do not mean the template that a comment names', { files: ['legacy/**'] }, 'legacy/templates/a.yaml', false],
    ['nor where the file is rendered outside', { files: ['charts/**'] }, 'charts/a/templates/a.yaml', false],
    ['nor a path that climbs back', { files: ['legacy/**'] }, 'legacy/../prod/a.yaml', false],
    ['nor all templates', { files: ['*/templates/**'] }, 'web/templates/a.yaml', false],
    ['template does', { template: ['web/templates/*.yaml'] }, 'web/templates/a.yaml', true],
    ['template means no other one', { template: ['web/**'] }, 'api/templates/a.yaml', false],
    ['both have to be right', { template: ['web/**'], files: ['other/**'] }, 'web/templates/a.yaml', false],
    ['and then are', { template: ['web/**'], files: ['rendered/**'] }, 'web/templates/a.yaml', true],
    ['template means no file that names none', { template: ['**'] }, undefined, false],
    ['nor files that are named like it', { template: ['rendered/**'] }, 'web/templates/a.yaml', false],
  ])('template: %s', async (_, given, template, expected) => {
    const place = { kind: 'file', file: 'rendered/a.yaml', line: 1, ...(template && { template }) } as const;
    expect(covers(await exemptionFor(given), finding({ requirement: requirement('v1/Pod', { place }) }))).toBe(
      expected,
    );
  });

  test('files: a requirement of an input comes from no file', async () => {
    expect(covers(await exemptionFor({ files: ['**'] }), finding({ requirement: requirement('v1/Pod') }))).toBe(false);
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

describe('indexExemptions', () => {
  const all = [
    exemption({ requirement: 'v1/*', clusters: ['prod'] }),
    exemption({ requirement: 'v1/Pod' }),
    exemption({ requirement: 'v1/Pod', isInFiles: (file) => file === 'a.yaml' }),
    exemption({ requirement: 'v1/Node' }),
  ];
  const index = indexExemptions(all);
  const pod = (file: string, cluster: string): Finding =>
    finding({ cluster, requirement: requirement('v1/Pod', inFile(file, 1, 'web')) });

  test.each([
    ['in the order of the file', 'a.yaml', 'prod', [0, 1, 2]],
    ['by cluster', 'a.yaml', 'staging', [1, 2]],
    ['by file', 'b.yaml', 'prod', [0, 1]],
    ['the same when asked again', 'a.yaml', 'prod', [0, 1, 2]],
  ])('finds them %s', (_, file, cluster, expected) => {
    expect(index.about(pod(file, cluster)).map((own) => all.indexOf(own))).toEqual(expected);
  });

  test('tells those whose files mean the template', () => {
    const meant = exemption({ isInFiles: (file) => file.startsWith('web/') });
    const place = { kind: 'file', file: 'out.yaml', line: 1, template: 'web/templates/a.yaml' } as const;
    const given = finding({ requirement: requirement('v1/Pod', { place }) });
    expect(indexExemptions([meant]).byTemplate(given)).toEqual([meant]);
    expect(indexExemptions([meant]).byTemplate(pod('web/a.yaml', 'prod'))).toEqual([]);
  });
});
