import { expect, test } from 'vitest';
import type { EndpointAnswer, Listing } from '../../src/discovery/endpoint.ts';
import { groupVersionsToAsk, type Half, halfOf, joinHalves, validatorOf } from '../../src/discovery/groups.ts';
import type { Reply } from '../../src/discovery/reply.ts';
import type { Resource, Snapshot } from '../../src/model/snapshot.ts';

const pod: Resource = { name: 'pods', singularName: 'pod', namespaced: true, kind: 'Pod', verbs: ['get'] };
const node: Resource = { ...pod, name: 'nodes', kind: 'Node' };
const refused: EndpointAnswer = { kind: 'refused', refusal: { reason: 'forbidden', message: 'no' } };

type Version = { readonly version: string; readonly stale?: boolean; readonly resources?: readonly Resource[] };

function aggregated(...groups: readonly (readonly [name: string, ...versions: Version[]])[]): EndpointAnswer {
  const listing: Listing = {
    format: 'aggregated',
    etag: '"E"',
    groups: groups.map(([name, ...versions]) => ({
      name,
      versions: versions.map(({ version, stale = false, resources = [pod] }) => ({ version, stale, resources })),
    })),
  };
  return { kind: 'listed', listing };
}

function plain(
  ...groups: readonly (readonly [name: string, preferred: string, ...versions: string[]])[]
): EndpointAnswer {
  const listing: Listing = {
    format: 'plain',
    groups: groups.map(([name, preferred, ...versions]) => ({
      name,
      versions: versions.map((version) => ({ groupVersion: `${name}/${version}`, version })),
      ...(preferred === '' ? {} : { preferredVersion: { groupVersion: `${name}/${preferred}`, version: preferred } }),
    })),
  };
  return { kind: 'listed', listing };
}

const half = (endpoint: '/api' | '/apis', answer: EndpointAnswer): Half => halfOf(endpoint, answer, undefined);
const core = half('/api', aggregated(['', { version: 'v1' }]));
const asked = (entries: Record<string, Reply<readonly Resource[]>> = {}) => new Map(Object.entries(entries));
const accepted = (...value: readonly Resource[]) => ({ kind: 'accepted', value }) as const;
const away = { kind: 'refused', refusal: { reason: 'unavailable', message: 'service unavailable' } } as const;

function outline({ groups }: Pick<Snapshot, 'groups'>): readonly string[] {
  return groups.map(({ name, versions, preferredVersion }) =>
    [
      `${name || 'core'}:`,
      ...versions.map(
        ({ version, resources }) =>
          `${version}${version === preferredVersion ? '*' : ''}(${resources.map((resource) => resource.name).join()})`,
      ),
    ].join(' '),
  );
}

test.each([
  [
    'core first, then the order of the server',
    aggregated(['zoo', { version: 'v2' }, { version: 'v1' }], ['apps', { version: 'v1' }]),
    ['core: v1*(pods)', 'zoo: v2*(pods) v1(pods)', 'apps: v1*(pods)'],
  ],
  [
    'a version without resources is served',
    aggregated(['apps', { version: 'v1', resources: [] }]),
    ['core: v1*(pods)', 'apps: v1*()'],
  ],
  [
    'a stale version leaves, whatever it says it holds',
    aggregated(['zoo', { version: 'v2', stale: true }, { version: 'v1' }]),
    ['core: v1*(pods)', 'zoo: v1*(pods)'],
  ],
  [
    'a group whose versions are all stale keeps none',
    aggregated(['zoo', { version: 'v2', stale: true }]),
    ['core: v1*(pods)', 'zoo:'],
  ],
  [
    'groups listed twice become one',
    aggregated(['zoo', { version: 'v1' }], ['apps', { version: 'v1' }], ['zoo', { version: 'v2' }]),
    ['core: v1*(pods)', 'zoo: v1*(pods) v2(pods)', 'apps: v1*(pods)'],
  ],
  [
    'versions listed twice become one, with the resources of both',
    aggregated(['zoo', { version: 'v1' }, { version: 'v1', resources: [pod, node] }]),
    ['core: v1*(pods)', 'zoo: v1*(pods,nodes)'],
  ],
  [
    'a group called __proto__ is a group',
    aggregated(['__proto__', { version: 'constructor' }]),
    ['core: v1*(pods)', '__proto__: constructor*(pods)'],
  ],
])('aggregated: %s', (_, answer, expected) => {
  expect(outline(joinHalves(core, half('/apis', answer), asked()))).toEqual(expected);
});

test('each stale version is a gap that names it', () => {
  const apis = half(
    '/apis',
    aggregated(['zoo', { version: 'v2', stale: true }, { version: 'v1' }, { version: 'v1', stale: true }]),
  );
  const { gaps } = joinHalves(core, apis, asked());
  expect(gaps.map((gap) => gap.kind === 'group-version' && [gap.groupVersion, gap.reason])).toEqual([
    ['zoo/v2', 'stale'],
    ['zoo/v1', 'stale'],
  ]);
  expect(gaps[0]?.message).toContain('zoo/v2');
});

test.each([
  [
    'what the server prefers stays preferred',
    'v1',
    { 'zoo/v2': accepted(pod), 'zoo/v1': accepted(node) },
    ['zoo: v2(pods) v1*(nodes)'],
  ],
  [
    'without a preference the first one has it',
    '',
    { 'zoo/v2': accepted(pod), 'zoo/v1': accepted(node) },
    ['zoo: v2*(pods) v1(nodes)'],
  ],
  ['a version whose path fails leaves', 'v1', { 'zoo/v2': away, 'zoo/v1': accepted(node) }, ['zoo: v1*(nodes)']],
  ['the preference passes on from one that leaves', 'v1', { 'zoo/v2': accepted(), 'zoo/v1': away }, ['zoo: v2*()']],
  ['a group whose paths all fail keeps no version', 'v1', { 'zoo/v2': away, 'zoo/v1': away }, ['zoo:']],
])('plain: %s', (_, preferred, answers, expected) => {
  const apis = half('/apis', plain(['zoo', preferred, 'v2', 'v1']));
  expect(outline(joinHalves(half('/api', refused), apis, asked(answers)))).toEqual(expected);
});

test('a version whose path fails is a gap with its words', () => {
  const { gaps } = joinHalves(
    half('/api', plain()),
    half('/apis', plain(['zoo', 'v1', 'v1'])),
    asked({ 'zoo/v1': away }),
  );
  expect(gaps).toEqual([
    { kind: 'group-version', groupVersion: 'zoo/v1', reason: 'unavailable', message: 'service unavailable' },
  ]);
});

test('a refused endpoint is a gap, and the other half stays', () => {
  const joined = joinHalves(core, half('/apis', refused), asked());
  expect(joined.gaps).toEqual([{ kind: 'endpoint', endpoint: '/apis', reason: 'forbidden', message: 'no' }]);
  expect(outline(joined)).toEqual(['core: v1*(pods)']);
});

test.each([
  ['both aggregated: nothing', aggregated(['', { version: 'v1' }]), aggregated(['apps', { version: 'v1' }]), []],
  ['aggregated beside a refusal: nothing', refused, aggregated(['apps', { version: 'v1' }]), []],
  ['both plain: all', plain(['', 'v1', 'v1']), plain(['apps', 'v1', 'v1']), ['/v1', 'apps/v1']],
  ['plain beside a refusal: all', plain(['', 'v1', 'v1']), refused, ['/v1']],
  [
    'one of each: all, for they come from two servers',
    aggregated(['', { version: 'v1' }]),
    plain(['apps', 'v1', 'v1']),
    ['/v1', 'apps/v1'],
  ],
  [
    'one of each, the other way round',
    plain(['', 'v1', 'v1']),
    aggregated(['apps', { version: 'v1' }]),
    ['/v1', 'apps/v1'],
  ],
  ['one of each: what is stale stays unasked', plain(), aggregated(['apps', { version: 'v1', stale: true }]), []],
  ['what is listed twice is asked once', plain(), plain(['apps', 'v1', 'v1'], ['apps', 'v1', 'v1']), ['apps/v1']],
])('whose resources are asked for: %s', (_, api, apis, expected) => {
  const toAsk = groupVersionsToAsk(half('/api', api), half('/apis', apis));
  expect(toAsk.map(({ group, version }) => `${group}/${version}`)).toEqual(expected);
});

test('one aggregated and one plain answer: what was asked for stands in place of what the document held', () => {
  const joined = joinHalves(
    core,
    half('/apis', plain(['apps', 'v1', 'v1'])),
    asked({ v1: accepted(node), 'apps/v1': accepted(pod) }),
  );
  expect(outline(joined)).toEqual(['core: v1*(nodes)', 'apps: v1*(pods)']);
  expect(joined.validators).toEqual({});
});

test('ETags of aggregated documents are kept', () => {
  expect(joinHalves(core, half('/apis', aggregated()), asked()).validators).toEqual({ api: '"E"', apis: '"E"' });
});

const previous: Snapshot = {
  takenAt: 1,
  groups: [
    { name: '', versions: [{ version: 'v1', resources: [pod] }], preferredVersion: 'v1' },
    { name: 'apps', versions: [{ version: 'v1', resources: [node] }], preferredVersion: 'v1' },
  ],
  gaps: [
    { kind: 'group-version', groupVersion: 'v2', reason: 'stale', message: 'core' },
    { kind: 'group-version', groupVersion: 'metrics/v1', reason: 'stale', message: 'other' },
    { kind: 'endpoint', endpoint: '/version', reason: 'forbidden', message: 'version' },
  ],
  validators: { api: '"A"', apis: '"B"' },
};

test.each([
  ['/api', ['core: v1*(pods)'], ['the server lists v2 with freshness Stale'], { api: '"A"' }],
  ['/apis', ['apps: v1*(nodes)'], ['the server lists metrics/v1 with freshness Stale'], { apis: '"B"' }],
] as const)(
  '%s not modified: its half of the previous snapshot, gaps included',
  (endpoint, groups, gaps, validators) => {
    const kept = halfOf(endpoint, { kind: 'not-modified' }, previous);
    const empty: Half = { groups: [], gaps: [] };
    const joined = endpoint === '/api' ? joinHalves(kept, empty, asked()) : joinHalves(empty, kept, asked());
    expect(outline(joined)).toEqual(groups);
    expect(joined.gaps.map(({ message }) => message)).toEqual(gaps);
    expect(joined.validators).toEqual(validators);
  },
);

test.each([
  ['none', undefined, undefined],
  ['strong', '"AB12"', '"AB12"'],
  ['weak, as a proxy makes it', 'W/"AB12"', 'W/"AB12"'],
  ['with a line break', '"AB\r\nX-Other: 1"', undefined],
  ['without quotes', 'AB12', undefined],
  ['with letters that no header carries', '"\u00e9"', undefined],
])('a validator is sent only if it can be one: %s', (_, api, expected) => {
  const validators = api === undefined ? {} : { api };
  expect(validatorOf('/api', { ...previous, validators })).toBe(expected);
});

test('a half that was refused has no validator', () => {
  const gaps = [{ kind: 'endpoint', endpoint: '/api', reason: 'invalid', message: '' }] as const;
  expect(validatorOf('/api', { ...previous, gaps })).toBeUndefined();
  expect(validatorOf('/apis', { ...previous, gaps })).toBe('"B"');
  expect(validatorOf('/apis', undefined)).toBeUndefined();
});

test.each([
  ['groups', Array.from({ length: 100_000 }, () => ['apps', { version: 'v1' }] as const)],
  ['versions', [['apps', ...Array.from({ length: 100_000 }, () => ({ version: 'v1' }))] as const]],
])('a hundred thousand %s of one name are one, and merged in one go', (_, groups) => {
  const joined = joinHalves(core, half('/apis', aggregated(...groups)), new Map());
  expect(joined.groups.map(({ name, versions }) => [name, versions.map(({ resources }) => resources.length)])).toEqual([
    ['', [1]],
    ['apps', [1]],
  ]);
});
