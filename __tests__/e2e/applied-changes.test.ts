/**
 * What a cluster serves once a change is applied: what this project says beforehand is what real API servers answer afterwards.
 *
 * Each change is applied for real, to a group of its own, and every form of requirement is asked before and after.
 */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { OBJECT, readObject } from '../../src/manifests/objects.ts';
import type { Definition } from '../../src/model/definition.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { applyChange, type Change } from '../../src/verdict/change.ts';
import { standingOf } from '../../src/verdict/standing.ts';
import { readYaml } from '../../src/yaml/reader.ts';
import { type ControlPlane, startControlPlane } from '../helpers/control-plane.ts';
import { apiOf } from '../helpers/judging.ts';
import { snapshotOfPlane } from '../helpers/plane-snapshot.ts';
import { readingOf } from '../helpers/readings.ts';

interface Crd {
  readonly plural?: string;
  readonly kind?: string;
  readonly singular?: string;
  readonly listKind?: string;
  readonly shortNames?: readonly string[];
  readonly scope?: string;
  /** Whether each version is served; the first is stored. */
  readonly versions?: Readonly<Record<string, boolean>>;
  readonly stored?: string;
  readonly subresources?: readonly ('status' | 'scale')[];
}

interface Scenario {
  readonly rule: string;
  /** Its own for each, unless it matters. */
  readonly group?: string;
  readonly has?: readonly Crd[];
  readonly change: readonly Crd[];
  /** Whether all of the change is served, as a check on the test itself. */
  readonly brings: boolean;
}

const SCENARIOS: readonly Scenario[] = [
  { rule: 'a group of the API server itself', group: 'networking.k8s.io', change: [{}], brings: false },
  { rule: 'a first definition', change: [{}], brings: true },
  { rule: 'a definition in several versions', change: [{ versions: { v1: true, v1beta1: true } }], brings: true },
  { rule: 'a version that is not served', change: [{ versions: { v1: true, v1beta1: false } }], brings: false },
  { rule: 'no version that is served', change: [{ versions: { v1: false } }], brings: false },
  { rule: 'subresources', change: [{ subresources: ['status', 'scale'] }], brings: true },
  { rule: 'another name for everything', change: [{ singular: 'wgt', shortNames: ['w', 'wd'] }], brings: true },
  { rule: 'the same again', has: [{}], change: [{}], brings: true },
  {
    rule: 'another version beside one that is served',
    has: [{}],
    change: [{ versions: { v1: true, v2: true } }],
    brings: true,
  },
  {
    rule: 'a version taken out of service',
    has: [{ versions: { v1: true, v1beta1: true } }],
    change: [{ versions: { v1: true, v1beta1: false } }],
    brings: false,
  },
  {
    rule: 'a version taken out that was never stored',
    has: [{ versions: { v1: true, v1beta1: true } }],
    change: [{ versions: { v1: true } }],
    brings: true,
  },
  {
    rule: 'the only version taken out of service, with all that went with it',
    has: [{ versions: { v1: true }, subresources: ['status', 'scale'], shortNames: ['w'] }],
    change: [{ versions: { v1: false } }],
    brings: false,
  },
  {
    rule: 'the only version exchanged for another',
    has: [{ versions: { v1: true } }],
    change: [{ versions: { v2: true, v1: false }, stored: 'v2' }],
    brings: false,
  },
  {
    rule: 'a version taken out of service that another kind is in',
    has: [{ versions: { v1: true } }, { plural: 'gadgets', kind: 'Gadget', versions: { v1: true } }],
    change: [{ versions: { v2: true, v1: false }, stored: 'v2' }],
    brings: false,
  },
  {
    rule: 'subresources that go, and others that come',
    has: [{ subresources: ['status'] }],
    change: [{ subresources: ['scale'] }],
    brings: true,
  },
  {
    rule: 'another singular and other short names',
    has: [{}],
    change: [{ singular: 'wgt', shortNames: ['wd'] }],
    brings: true,
  },
  { rule: 'another kind of a definition that is served', has: [{}], change: [{ kind: 'Gizmo' }], brings: false },
  {
    rule: 'another scope of a definition that is served, which stays',
    has: [{}],
    change: [{ scope: 'Cluster' }],
    brings: true,
  },
  {
    rule: 'another scope and another version, of which neither comes',
    has: [{}],
    change: [{ scope: 'Cluster', versions: { v1: true, v2: true } }],
    brings: false,
  },
  {
    rule: 'a kind that another definition has',
    has: [{}],
    change: [{ plural: 'gadgets', singular: 'gadget', kind: 'Widget' }],
    brings: false,
  },
  {
    rule: 'a plural that is the singular of another',
    has: [{ singular: 'gadgets' }],
    change: [{ plural: 'gadgets', kind: 'Gadget' }],
    brings: false,
  },
  {
    rule: 'a plural that is a short name of another',
    has: [{ shortNames: ['gadgets'] }],
    change: [{ plural: 'gadgets', kind: 'Gadget' }],
    brings: false,
  },
  {
    rule: 'a singular that is the plural of another',
    has: [{}],
    change: [{ plural: 'gadgets', kind: 'Gadget', singular: 'widgets' }],
    brings: false,
  },
  {
    rule: 'a singular that another has',
    has: [{}],
    change: [{ plural: 'gadgets', kind: 'Gadget', singular: 'widget' }],
    brings: false,
  },
  {
    rule: 'a short name that another has',
    has: [{ shortNames: ['w'] }],
    change: [{ plural: 'gadgets', kind: 'Gadget', shortNames: ['g', 'w'] }],
    brings: false,
  },
  {
    rule: 'a short name that is the plural of another',
    has: [{}],
    change: [{ plural: 'gadgets', kind: 'Gadget', shortNames: ['widgets'] }],
    brings: false,
  },
  {
    rule: 'a list kind that another has',
    has: [{}],
    change: [{ plural: 'gadgets', kind: 'Gadget', listKind: 'WidgetList' }],
    brings: false,
  },
  {
    rule: 'a kind that is the list kind of another',
    has: [{}],
    change: [{ plural: 'gadgets', kind: 'WidgetList', singular: 'gadget' }],
    brings: false,
  },
  {
    rule: 'names of its own beside another',
    has: [{ shortNames: ['w'] }],
    change: [{ plural: 'gadgets', kind: 'Gadget', shortNames: ['g'] }],
    brings: true,
  },
  {
    rule: 'a short name that another has, asked for by a definition that is served: it stays served, and so does its new version',
    has: [{ shortNames: ['w'] }, { plural: 'gadgets', kind: 'Gadget', shortNames: ['g'] }],
    change: [{ plural: 'gadgets', kind: 'Gadget', shortNames: ['g', 'w'], versions: { v1: true, v2: true } }],
    brings: true,
  },
  {
    rule: 'a singular that another has, asked for by a definition that is served',
    has: [{}, { plural: 'gadgets', kind: 'Gadget' }],
    change: [{ plural: 'gadgets', kind: 'Gadget', singular: 'widget' }],
    brings: true,
  },
  {
    rule: 'two of the change with one kind: the first that is applied has it',
    change: [{}, { plural: 'gadgets', singular: 'gadget', kind: 'Widget' }],
    brings: false,
  },
  {
    rule: 'two of the change with one short name',
    change: [{ shortNames: ['w'] }, { plural: 'gadgets', kind: 'Gadget', shortNames: ['w'] }],
    brings: false,
  },
  {
    rule: 'a name that the change itself frees',
    has: [{ shortNames: ['w', 'x'] }],
    change: [{ shortNames: ['x'] }, { plural: 'gadgets', kind: 'Gadget', shortNames: ['w'] }],
    brings: true,
  },
  {
    rule: 'two definitions of one name that agree',
    change: [{}, { shortNames: ['w'] }],
    brings: true,
  },
  {
    rule: 'two definitions of one name with different kinds: the second is refused',
    change: [{}, { kind: 'Gizmo' }],
    brings: false,
  },
];

function definitionOf(group: string, crd: Crd): string {
  const { plural = 'widgets', kind = 'Widget', versions = { v1: true }, scope = 'Namespaced', subresources = [] } = crd;
  const [first] = Object.keys(versions);
  const schema = {
    openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  };
  const scale = { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas' };
  return JSON.stringify({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.${group}`,
      annotations: { 'api-approved.kubernetes.io': 'unapproved, for a test' },
    },
    spec: {
      group,
      scope,
      names: { kind, plural, singular: crd.singular, listKind: crd.listKind, shortNames: crd.shortNames },
      versions: Object.entries(versions).map(([name, served]) => ({
        name,
        served,
        storage: name === (crd.stored ?? first),
        schema,
        subresources: Object.fromEntries(subresources.map((own) => [own, own === 'scale' ? scale : {}])),
      })),
    },
  });
}

function definitionsIn(texts: readonly string[]): readonly Definition[] {
  const definitions: Definition[] = [];
  for (const text of texts) {
    const { root } = readYaml(Buffer.from(text), OBJECT);
    if (root === undefined) throw new Error('a definition holds nothing');
    readObject(root, readingOf({ define: (own) => definitions.push(own) }));
  }
  return definitions;
}

/** Every form of requirement about these definitions. */
function questions(group: string, crds: readonly Crd[]): readonly string[] {
  const of = (part: (crd: Crd) => readonly (string | undefined)[]) =>
    [...new Set(crds.flatMap(part))].filter((name) => name !== undefined);
  const plurals = of(({ plural = 'widgets' }) => [plural]);
  const singulars = of(({ singular, kind = 'Widget' }) => [singular, kind.toLowerCase()]);
  const shortNames = of((crd) => crd.shortNames ?? []);
  const kinds = of(({ kind = 'Widget' }) => [kind]);
  const names = [
    ...plurals,
    ...singulars,
    ...shortNames,
    ...kinds,
    'Scale',
    ...[...plurals, ...singulars].flatMap((name) => [`${name}/status`, `${name}/scale`]),
    ...plurals.flatMap((name) => [
      `${name} verbs=deletecollection`,
      `${name}/status verbs=get,patch,update`,
      `${name}/scale verbs=delete`,
    ]),
    ...kinds.map((kind) => `${kind} verbs=create,get,list,watch`),
  ];
  const versions = ['v1', 'v2', 'v1beta1'].map((version) => `${group}/${version}`);
  return [`${group}/*`, ...versions, ...versions.flatMap((version) => names.map((name) => `${version}/${name}`))];
}

const CASES = SCENARIOS.map(({ has = [], change, group: given, ...rest }, index) => {
  const group = given ?? `case-${index}.example.com`;
  return {
    ...rest,
    has: has.map((crd) => definitionOf(group, crd)),
    change: change.map((crd) => definitionOf(group, crd)),
    asked: questions(group, [...has, ...change]),
    brought: change.flatMap(({ plural = 'widgets', kind = 'Widget', versions = { v1: true } }) =>
      Object.keys(versions).flatMap((version) => [`${group}/${version}/${plural}`, `${group}/${version}/${kind}`]),
    ),
  };
});

type Answers = Readonly<Record<string, string>>;

function answers(change: Change, asked: readonly string[]): Answers {
  return Object.fromEntries(
    asked.map((text) => {
      const { kind } = standingOf(apiOf(text), change, { creatable: false });
      return [text, kind === 'provided' ? 'served' : kind];
    }),
  );
}

describe.each(['1.37', '1.25'] as const)('on %s', (generation) => {
  let plane: ControlPlane;
  let before: Snapshot;
  let after: Snapshot;

  /** Applies all of them, one after the other, and waits until one that comes after them is served. */
  const apply = async (texts: readonly string[], last: string): Promise<Snapshot> => {
    await plane.kubectl(['apply', '--filename=-'], { stdin: texts.join('\n---\n'), timeoutMs: 120_000 });
    await plane.kubectlOk(['apply', '--filename=-'], { stdin: definitionOf(last, {}) });
    return vi.waitFor(
      async () => {
        const snapshot = await snapshotOfPlane(plane);
        if (!snapshot.groups.some(({ name }) => name === last)) throw new Error(`${last} is not served yet`);
        return snapshot;
      },
      { timeout: 60_000, interval: 500 },
    );
  };

  beforeAll(async () => {
    plane = await startControlPlane({ generation });
    before = await apply(
      CASES.flatMap(({ has }) => has),
      'before.example.com',
    );
    after = await apply(
      CASES.flatMap(({ change }) => change),
      'after.example.com',
    );
  }, 300_000);

  afterAll(async () => {
    await plane?.stop();
  });

  test.each(CASES)('$rule', async ({ change, asked, brings, brought }) => {
    const foretold = answers(applyChange(before, definitionsIn(change)), asked);
    if (JSON.stringify(answers(applyChange(after, []), asked)) !== JSON.stringify(foretold)) {
      // It may have taken longer than what came last.
      after = await snapshotOfPlane(plane);
    }
    expect(foretold).toEqual(answers(applyChange(after, []), asked));
    expect(brought.every((text) => foretold[text] === 'served')).toBe(brings);
  });
});
