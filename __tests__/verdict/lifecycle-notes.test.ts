import { describe, expect, test } from 'vitest';
import type { DefinedVersion, KindDefinition } from '../../src/model/definition.ts';
import type { Resource } from '../../src/model/snapshot.ts';
import { lifecycleNotes } from '../../src/verdict/lifecycle-notes.ts';
import { standingOf } from '../../src/verdict/standing.ts';
import { fromCrd, judgingOf, requirementOf } from '../helpers/judging.ts';
import { resource, snapshotOf } from '../helpers/snapshots.ts';

const autoscalers = [
  resource('horizontalpodautoscalers', 'HorizontalPodAutoscaler'),
  resource('horizontalpodautoscalers/status', 'HorizontalPodAutoscaler'),
];
const BETA: Readonly<Record<string, readonly Resource[]>> = { 'autoscaling/v2beta2': autoscalers };
const BOTH = { ...BETA, 'autoscaling/v2': autoscalers };
const MIXED = { 'batch/v1beta1': [resource('cronjobs', 'CronJob'), resource('gadgets', 'Gadget')] };

function kindsOf(
  text: string,
  served: Readonly<Record<string, readonly Resource[]>>,
  more: { readonly version?: string; readonly target?: string } = {},
): readonly string[] {
  return notesOf(text, served, more).map(({ kind }) => kind);
}

function notesOf(
  text: string,
  served: Readonly<Record<string, readonly Resource[]>>,
  { version, target }: { readonly version?: string; readonly target?: string } = {},
) {
  const judging = judgingOf(
    snapshotOf(served, version === undefined ? {} : { version }),
    target === undefined ? {} : { target },
  );
  const alternatives = requirementOf(text).anyOf.map((api) => ({
    api,
    standing: standingOf(api, judging.change, { creatable: false }),
  }));
  return lifecycleNotes(alternatives, judging.change, judging.target);
}

const HPA = 'autoscaling/v2beta2/HorizontalPodAutoscaler';

describe('deprecated', () => {
  test.each([
    ['a kind that the release of the server deprecates', HPA, BETA, { version: 'v1.25.0' }, ['deprecated']],
    ['not a kind that a later release does', HPA, BETA, { version: 'v1.22.0' }, []],
    ['unless the target is that release', HPA, BETA, { version: 'v1.22.0', target: '1.23' }, ['deprecated']],
    ['a kind on a server that hides its version', HPA, BETA, {}, ['deprecated']],
    ['a resource by its kind', 'autoscaling/v2beta2/horizontalpodautoscalers', BETA, {}, ['deprecated']],
    ['a subresource by its parent', 'autoscaling/v2beta2/horizontalpodautoscalers/status', BETA, {}, ['deprecated']],
    ['a resource by its singular name', 'autoscaling/v2beta2/horizontalpodautoscaler', BETA, {}, ['deprecated']],
    ['a group-version when all of it is', 'autoscaling/v2beta2', BETA, {}, ['deprecated']],
    ['not a group-version that holds something else', 'batch/v1beta1', MIXED, {}, []],
    ['not a kind that is missing, which is worse', HPA, {}, {}, []],
    [
      'alternatives when all that are there are',
      `${HPA} | autoscaling/v2/HorizontalPodAutoscaler`,
      BETA,
      {},
      ['deprecated'],
    ],
    ['not alternatives of which one is not', `${HPA} | autoscaling/v2/HorizontalPodAutoscaler`, BOTH, {}, []],
    ['not a stable kind', 'autoscaling/v2/HorizontalPodAutoscaler', BOTH, {}, []],
    ['not a whole group', 'autoscaling/*', BETA, {}, []],
    ['not what is not built in', 'example.com/v1/Foo', { 'example.com/v1': [resource('foos', 'Foo')] }, {}, []],
  ])('%s', (_rule, text, served, more, expected) => {
    expect(kindsOf(text, served, more)).toEqual(expected);
  });
});

const at = (target: string, version = 'v1.22.0') => ({ version, target });
const CRONJOBS = { 'batch/v1beta1': [resource('cronjobs', 'CronJob')], 'batch/v1': [resource('jobs', 'Job')] };
const CLASSES = {
  'storage.k8s.io/v1beta1': [resource('volumeattributesclasses', 'VolumeAttributesClass')],
  'storage.k8s.io/v1': [resource('storageclasses', 'StorageClass')],
};

/** Of an alternative that the cluster does not serve yet. */
const NOT_SERVED_YET: readonly (readonly [
  rule: string,
  text: string,
  served: Readonly<Record<string, readonly Resource[]>>,
  more: { readonly version?: string; readonly target?: string },
  expected: boolean,
])[] = [
  ['not where a group-version comes by then', 'autoscaling/v2beta2 | autoscaling/v2', BETA, at('1.26.0'), false],
  ['in whatever order', 'autoscaling/v2 | autoscaling/v2beta2', BETA, at('1.26.0'), false],
  [
    'not where a resource comes by then',
    'autoscaling/v2beta2/horizontalpodautoscalers | autoscaling/v2/horizontalpodautoscalers',
    BETA,
    at('1.26.0'),
    false,
  ],
  [
    'nor a subresource of one',
    'autoscaling/v2beta2/horizontalpodautoscalers/status | autoscaling/v2/horizontalpodautoscalers/status',
    BETA,
    at('1.26.0'),
    false,
  ],
  [
    'nor a resource by its singular name',
    'autoscaling/v2beta2 | autoscaling/v2/horizontalpodautoscaler',
    BETA,
    at('1.26.0'),
    false,
  ],
  [
    'nor a resource in a group-version that is served already',
    'batch/v1beta1/cronjobs | batch/v1/cronjobs',
    CRONJOBS,
    at('1.25.0', 'v1.20.0'),
    false,
  ],
  [
    'nor one whose plural takes more than an s',
    'storage.k8s.io/v1beta1/volumeattributesclasses | storage.k8s.io/v1/volumeattributesclasses',
    CLASSES,
    at('1.37.0', 'v1.33.0'),
    false,
  ],
  ['nor a whole group', 'autoscaling/v2beta2 | flowcontrol.apiserver.k8s.io/*', BETA, at('1.29.0'), false],
  [
    'where it comes only later',
    'autoscaling/v2beta2 | storage.k8s.io/v1/volumeattributesclasses',
    BETA,
    at('1.30.0'),
    true,
  ],
  ['where it is gone by then as well', 'autoscaling/v2beta2 | autoscaling/v2beta1', BETA, at('1.26.0'), true],
  [
    'where this release has it, and the cluster has switched it off',
    'autoscaling/v2beta2 | policy/v1',
    BETA,
    at('1.26.0'),
    true,
  ],
  [
    'where it has to be switched on',
    'autoscaling/v2beta2 | resource.k8s.io/v1beta1',
    BETA,
    at('1.33.0', 'v1.25.0'),
    true,
  ],
  ['where nobody knows such a resource', 'autoscaling/v2beta2 | autoscaling/v2/gadgets', BETA, at('1.26.0'), true],
  ['where nobody knows such a group', 'autoscaling/v2beta2 | example.com/*', BETA, at('1.26.0'), true],
];

describe('removed-by-target', () => {
  test.each([
    ['a kind that is gone at the target', HPA, BETA, at('1.26.0'), true],
    ['not a kind that is still there', HPA, BETA, at('1.25.9'), false],
    ['a kind that is missing already, as only the target is asked', HPA, {}, at('1.26.0'), true],
    ['a resource by its kind', 'autoscaling/v2beta2/horizontalpodautoscalers', BETA, at('1.26.0'), true],
    ['a group-version when all of it is gone', 'autoscaling/v2beta2', BETA, at('1.26.0'), true],
    ['not a group-version that holds something else', 'batch/v1beta1', MIXED, at('1.26.0'), false],
    ['not where an alternative stays', `${HPA} | autoscaling/v2/HorizontalPodAutoscaler`, BOTH, at('1.26.0'), false],
    [
      'not where an alternative comes by then',
      `${HPA} | autoscaling/v2/HorizontalPodAutoscaler`,
      BETA,
      at('1.26.0'),
      false,
    ],
    ['where no alternative stays', `${HPA} | batch/v1beta1/CronJob`, BETA, at('1.26.0'), true],
    ['where the other alternative is nowhere', `${HPA} | example.com/v1/Foo`, BETA, at('1.26.0'), true],
    [
      'not where the other alternative is served and no table knows it',
      `${HPA} | example.com/v1/Foo`,
      { ...BETA, 'example.com/v1': [resource('foos', 'Foo')] },
      at('1.26.0'),
      false,
    ],
    ['not without a target', HPA, BETA, { version: 'v1.22.0' }, false],
  ])('%s', (_rule, text, served, more, expected) => {
    expect(kindsOf(text, served, more).includes('removed-by-target')).toBe(expected);
  });

  test.each(NOT_SERVED_YET)('of what is not served yet: %s', (_rule, text, served, more, expected) => {
    expect(kindsOf(text, served, more).includes('removed-by-target')).toBe(expected);
  });
});

test('a note says since when, until when, and what to use', () => {
  expect(notesOf(HPA, BOTH, { version: 'v1.25.0', target: '1.38.0' })).toEqual([
    {
      kind: 'deprecated',
      message:
        'autoscaling/v2beta2 HorizontalPodAutoscaler: deprecated in 1.23, removed in 1.26; use autoscaling/v2 HorizontalPodAutoscaler, which this cluster serves.',
      replacement: 'autoscaling/v2 HorizontalPodAutoscaler',
    },
    {
      kind: 'removed-by-target',
      message:
        'autoscaling/v2beta2 HorizontalPodAutoscaler: removed in 1.26, and the target is 1.38; use autoscaling/v2 HorizontalPodAutoscaler, which this cluster serves.',
      replacement: 'autoscaling/v2 HorizontalPodAutoscaler',
    },
  ]);
});

test('a note says so when nothing replaces a type', () => {
  const served = { 'policy/v1beta1': [resource('podsecuritypolicies', 'PodSecurityPolicy')] };
  expect(notesOf('policy/v1beta1/PodSecurityPolicy', served, { version: 'v1.24.0' })).toEqual([
    {
      kind: 'deprecated',
      message: 'policy/v1beta1 PodSecurityPolicy: deprecated in 1.21, removed in 1.25; nothing replaces it.',
    },
  ]);
});

describe('what the change itself calls deprecated', () => {
  const place = { kind: 'file', file: 'crd.yaml', line: 9 } as const;
  const version = (name: string, deprecated: boolean, more: Partial<DefinedVersion> = {}): DefinedVersion => ({
    name,
    served: true,
    deprecated,
    subresources: ['status'],
    place,
    ...more,
  });
  const definition = fromCrd('Foo', 'foos', {}, { versions: [version('v1beta1', true), version('v1', false)] });
  const notes = (text: string, own: KindDefinition = definition, served: Parameters<typeof snapshotOf>[0] = {}) => {
    const judging = judgingOf(snapshotOf(served), { definitions: [own] });
    const alternatives = requirementOf(text).anyOf.map((api) => ({
      api,
      standing: standingOf(api, judging.change, { creatable: false }),
    }));
    return lifecycleNotes(alternatives, judging.change, judging.target);
  };

  test.each([
    ['a kind', 'example.com/v1beta1/Foo', 1],
    ['a resource', 'example.com/v1beta1/foos', 1],
    ['a singular', 'example.com/v1beta1/foo', 1],
    ['a subresource', 'example.com/v1beta1/foos/status', 1],
    ['a group-version', 'example.com/v1beta1', 1],
    ['not another version', 'example.com/v1/Foo', 0],
    ['not a group', 'example.com/*', 0],
    ['not where another alternative is not deprecated', 'example.com/v1beta1/Foo | example.com/v1/Foo', 0],
  ])('%s', (_rule, text, expected) => {
    expect(notes(text)).toHaveLength(expected);
  });

  test('says where, and what is newer', () => {
    expect(notes('example.com/v1beta1/Foo')).toEqual([
      {
        kind: 'deprecated',
        message:
          'example.com/v1beta1 Foo: deprecated by the CustomResourceDefinition of this change at crd.yaml:9; use example.com/v1 Foo.',
        replacement: 'example.com/v1 Foo',
      },
    ]);
  });

  test('says it in the words of the definition', () => {
    const own = fromCrd(
      'Foo',
      'foos',
      {},
      {
        versions: [version('v1', true, { deprecationWarning: 'Foo goes in May.' })],
      },
    );
    expect(notes('example.com/v1/Foo', own)[0]?.message).toBe(
      'example.com/v1 Foo: deprecated by the CustomResourceDefinition of this change at crd.yaml:9 (Foo goes in May); it names nothing newer.',
    );
  });

  test('counts where the cluster serves it already', () => {
    expect(
      notes('example.com/v1beta1/Foo', definition, { 'example.com/v1beta1': [resource('foos', 'Foo')] }),
    ).toHaveLength(1);
  });

  test('does not count where the definition has no effect', () => {
    const own = { ...definition, fault: { place, what: 'it has no scope' } };
    expect(notes('example.com/v1beta1/Foo', own, { 'example.com/v1beta1': [resource('foos', 'Foo')] })).toEqual([]);
  });
});
