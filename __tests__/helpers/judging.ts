import type { Definition, KindDefinition, VersionDefinition } from '../../src/model/definition.ts';
import type { Place } from '../../src/model/place.ts';
import { parseRelease } from '../../src/model/release.ts';
import type { Api, Requirement } from '../../src/model/requirement.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { parseRequirements } from '../../src/requirements/requirements.ts';
import { parseServerVersion } from '../../src/requirements/version-range.ts';
import { applyChange } from '../../src/verdict/change.ts';
import type { Judging } from '../../src/verdict/judge-requirement.ts';
import { findNearMisses } from '../../src/verdict/near-misses.ts';
import { resource, snapshotOf } from './snapshots.ts';

/** A requirement as a line of `require` or, after `server-version `, as that input has it. */
export function requirementOf(text: string, place?: Place): Requirement {
  const [requirement] = text.startsWith('server-version ')
    ? parseServerVersion(text.slice('server-version '.length)).requirements
    : parseRequirements(text).requirements;
  if (requirement === undefined) throw new Error(`${text} is not a valid requirement`);
  return place === undefined ? requirement : { ...requirement, place };
}

export function apiOf(text: string): Api {
  return requirementOf(text).anyOf[0];
}

export const MANIFEST: Place = { kind: 'file', file: 'deploy/web.yaml', line: 1 };

const CRD_PLACE: Place = { kind: 'file', file: 'crd.yaml', line: 7 };

/** What a CRD at line 7 of `crd.yaml` says of its kind in `example.com`: whether each version is served. */
export function fromCrd(
  kind: string,
  plural: string,
  versions: Readonly<Record<string, boolean>>,
  more: Partial<Omit<KindDefinition, 'names'>> & { readonly names?: Partial<KindDefinition['names']> } = {},
): KindDefinition {
  const place = more.place ?? CRD_PLACE;
  return {
    kind: 'kind',
    source: 'CustomResourceDefinition',
    groupVersion: { group: 'apiextensions.k8s.io', version: 'v1' },
    group: 'example.com',
    namespaced: true,
    versions: Object.entries(versions).map(([name, served]) => ({
      name,
      served,
      deprecated: false,
      subresources: [],
      place,
    })),
    isWhole: true,
    place,
    ...more,
    names: {
      kind,
      plural,
      singular: kind.toLowerCase(),
      listKind: `${kind}List`,
      shortNames: [],
      categories: [],
      ...more.names,
    },
  };
}

/** What an APIService at line 3 of `apiservice.yaml` registers. */
export function fromApiService(group: string, version: string): VersionDefinition {
  return {
    kind: 'group-version',
    source: 'APIService',
    groupVersion: { group: 'apiregistration.k8s.io', version: 'v1' },
    brings: { group, version },
    place: { kind: 'file', file: 'apiservice.yaml', line: 3 },
  };
}

/** A snapshot of a cluster that takes definitions, as every one does. */
export function takingDefinitions(snapshot: Snapshot): Snapshot {
  if (snapshot.gaps.some((gap) => gap.kind === 'endpoint' && gap.endpoint === '/apis')) return snapshot;
  const own = snapshotOf({
    'apiextensions.k8s.io/v1': [resource('customresourcedefinitions', 'CustomResourceDefinition')],
    'apiregistration.k8s.io/v1': [resource('apiservices', 'APIService')],
  });
  return { ...snapshot, groups: [...snapshot.groups, ...own.groups] };
}

export function judgingOf(
  snapshot: Snapshot,
  {
    definitions = [],
    target,
  }: { readonly definitions?: readonly Definition[] | undefined; readonly target?: string | undefined } = {},
): Judging {
  const change = applyChange(definitions.length === 0 ? snapshot : takingDefinitions(snapshot), definitions);
  return {
    change,
    served: change.after,
    near: findNearMisses(change.after),
    target: target === undefined ? undefined : parseRelease(target),
  };
}
