import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Api, formatRequirement, type Requirement } from '../../src/model/requirement.ts';
import { parseProvides, parseRequirements } from '../../src/requirements/requirements.ts';
import { described } from '../helpers/inputs.ts';

describe('parseRequirements', () => {
  test('each requirement knows its line; comments and empty lines are counted', () => {
    const { requirements, problems } = parseRequirements(
      '\n# what web needs\r\napps/v1 # always\r\n\r\n  !extensions/v1beta1\r\n',
    );
    expect(problems).toEqual([]);
    expect(requirements).toEqual([
      {
        text: 'apps/v1',
        anyOf: [{ kind: 'group-version', groupVersion: { group: 'apps', version: 'v1' } }],
        negated: false,
        place: { kind: 'input', input: 'require', line: 3 },
      },
      {
        text: '!extensions/v1beta1',
        anyOf: [{ kind: 'group-version', groupVersion: { group: 'extensions', version: 'v1beta1' } }],
        negated: true,
        place: { kind: 'input', input: 'require', line: 5 },
      },
    ]);
  });

  test('what is asked for twice is judged once, where it stands first', () => {
    const { requirements } = parseRequirements('v1/Pod  verbs=get\napps/v1\nv1/Pod verbs=get\n!apps/v1');
    expect(requirements.map(({ text, place }) => [text, place.kind === 'input' && place.line])).toEqual([
      ['v1/Pod verbs=get', 1],
      ['apps/v1', 2],
      ['!apps/v1', 4],
    ]);
  });

  test('all problems come together, each with its line and the right form, and the rest is read', () => {
    const { requirements, problems } = parseRequirements('apps/V1\nv1\napps/v1, batch/v1\nwhatever it is', 'needs');
    expect(requirements.map(({ text }) => text)).toEqual(['v1']);
    expect(described(problems)).toEqual([
      'needs:1: "apps/V1" is not a valid requirement: versions are all lower case. → Did you mean apps/v1?',
      'needs:3: "apps/v1, batch/v1" is not a valid requirement: v1, does not look like a version. → Put each on a line of its own: apps/v1 and batch/v1.',
      'needs:4: "whatever it is" is not a valid requirement: whatever is a group without a version. → Write for example apps/v1, apps/v1/Deployment, v1/pods/exec, apps/v1/Deployment verbs=create or gateway.networking.k8s.io/*.',
    ]);
  });

  test('a very long line is cut in its message', () => {
    const [problem] = parseRequirements('x'.repeat(100_000)).problems;
    expect(described(problem === undefined ? [] : [problem])[0]?.length).toBeLessThan(300);
  });

  test('nothing asks for nothing', () => {
    expect(parseRequirements(' \n# nothing\n')).toEqual({ requirements: [], problems: [] });
  });
});

const version = fc.constantFrom('v1', 'v2', 'v1beta1', 'v2alpha3', 'v1api20230101');
const groupVersion = fc.record({ group: fc.constantFrom('', 'apps', 'example.com', 'a-b.c1.io'), version });
const verbs = fc.uniqueArray(fc.constantFrom('create', 'get', 'list', 'watch'), { maxLength: 3 });
const api: fc.Arbitrary<Api> = fc.oneof(
  fc.record({ kind: fc.constant('group' as const), group: fc.constantFrom('apps', 'example.com') }),
  fc.record({ kind: fc.constant('group-version' as const), groupVersion }),
  fc.record({
    kind: fc.constant('kind' as const),
    groupVersion,
    name: fc.constantFrom('Pod', 'X', 'HTTPRoute2'),
    verbs,
  }),
  fc.record({
    kind: fc.constant('resource' as const),
    groupVersion,
    name: fc.constantFrom('pods', 'pods/exec', 'x-1s'),
    verbs,
  }),
);
const asked = fc.array(api, { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf, negated: false }));
const negated = api
  .filter((one) => !('verbs' in one) || one.verbs.length <= 1)
  .map((one) => ({ anyOf: [one], negated: true }));

function isNotEmpty<T>(list: readonly T[]): list is readonly [T, ...T[]] {
  return list.length > 0;
}

test('what is printed parses back', () => {
  fc.assert(
    fc.property(fc.oneof(asked, negated), (requirement) => {
      const { anyOf } = requirement;
      if (!isNotEmpty(anyOf)) throw new TypeError('at least one alternative was asked for');
      const { requirements, problems } = parseRequirements(formatRequirement({ ...requirement, anyOf }));
      expect(problems).toEqual([]);
      const [read] = requirements satisfies readonly Requirement[];
      expect(read).toMatchObject(requirement);
    }),
  );
});

test('no text throws, each line gives a requirement or a problem, and what a hint suggests parses', () => {
  const word = fc.constantFrom(
    'apps',
    'v1',
    'V1',
    'Deployment',
    'core',
    '/',
    '|',
    '!',
    '*',
    ' ',
    'verbs=',
    'get,',
    '"',
    '-',
    '.',
    ':',
    '\u00a0',
    '\u200b',
    'or',
    '=',
  );
  const line = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.array(word, { maxLength: 8 }).map((words) => words.join('')),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 5 }), (lines) => {
      const { requirements, problems } = parseRequirements(lines.join('\n'));
      expect(requirements.length + problems.length).toBeLessThanOrEqual(lines.join('\n').split(/\r\n|\n|\r/).length);
      for (const { hint } of problems) {
        const [, suggested] = /^Did you mean (.*)\?$/.exec(hint ?? '') ?? [];
        if (suggested !== undefined) expect(parseRequirements(suggested).problems).toEqual([]);
      }
    }),
    { numRuns: 2_000 },
  );
});

describe('provides', () => {
  test.each([
    [
      'a group-version',
      'cert-manager.io/v1',
      { kind: 'group-version', brings: { group: 'cert-manager.io', version: 'v1' } },
    ],
    [
      'a kind',
      'a.b/v1/Widget',
      { kind: 'kind', group: 'a.b', names: { kind: 'Widget', plural: '' }, versions: [{ name: 'v1', served: true }] },
    ],
    ['a resource', 'a.b/v1/widgets', { kind: 'kind', group: 'a.b', names: { kind: '', plural: 'widgets' } }],
  ])('%s', (_rule, text, expected) => {
    const { definitions, problems } = parseProvides(`# first\n${text}`);
    expect(problems).toEqual([]);
    expect(definitions).toMatchObject([
      { ...expected, source: 'provides', place: { kind: 'input', input: 'provides', line: 2 } },
    ]);
  });

  test.each(['a.b/*', '!a.b/v1', 'a.b/v1 | a.b/v2', 'a.b/v1/widgets verbs=get', 'a.b/v1/widgets/status', 'a.b'])(
    '%s names nothing that can be brought',
    (text) => {
      const { definitions, problems } = parseProvides(text);
      expect(definitions).toEqual([]);
      expect(problems).toMatchObject([{ place: { kind: 'input', input: 'provides', line: 1 } }]);
    },
  );
});

test.each([
  [
    'certificates.cert-manager.io',
    'For the resource certificates of the group cert-manager.io, write cert-manager.io/VERSION/certificates; for any version of the group certificates.cert-manager.io, write certificates.cert-manager.io/*.',
  ],
  [
    '!widgets.example.com',
    'For the resource widgets of the group example.com, write !example.com/VERSION/widgets; for any version of the group widgets.example.com, write !widgets.example.com/*.',
  ],
  ['cert-manager.io', 'Did you mean cert-manager.io/*?'],
  ['gateway.networking.k8s.io', 'Did you mean gateway.networking.k8s.io/*?'],
])('%s may be the name of a CustomResourceDefinition, or of a group', (line, hint) => {
  expect(parseRequirements(line).problems.map((problem) => problem.hint)).toEqual([hint]);
});
