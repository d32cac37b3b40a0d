import { builtInTypes, type GroupVersionKind, type Lifecycle, lifecycleOf } from '../lifecycle/lifecycle.ts';
import { compareKubeAwareVersions, formatGroupVersion, type GroupVersion } from '../model/group-version.ts';
import { formatPlace } from '../model/place.ts';
import { compareReleases, parseRelease, type Release } from '../model/release.ts';
import type { Api } from '../model/requirement.ts';
import type { LifecycleNote } from '../model/verdict.ts';
import type { Change, Deprecation } from './change.ts';
import { describeReplacement, formatType, isRemovedBy, replacementOf } from './replacement.ts';
import { isWhole, type ServedApis } from './served-apis.ts';
import { hasReached, releaseOf } from './server-release.ts';
import { type ApiStanding, pluralName } from './standing.ts';

/** An alternative of a requirement with what is known of it. */
export interface JudgedApi {
  readonly api: Api;
  readonly standing: ApiStanding;
}

interface DatedType {
  readonly name: GroupVersionKind;
  readonly lifecycle: Lifecycle;
}

/**
 * What the lifecycle of built-in types adds to a requirement.
 *
 * `deprecated` is about what is in use: all alternatives that are not missing are deprecated by the server's release or by the target.
 * `removed-by-target` looks ahead, whatever the cluster serves today: nothing that is asked for is there any more at the target.
 */
export function lifecycleNotes(
  alternatives: readonly JudgedApi[],
  change: Change,
  target: Release | undefined,
): readonly LifecycleNote[] {
  const served = change.after;
  const dated = alternatives.map((judged) => ({ ...judged, types: typesOf(judged.api, served) }));
  const notes: LifecycleNote[] = [];

  const inUse = dated.filter(({ standing }) => standing.kind !== 'missing');
  const reference = newest(served.version && releaseOf(served.version), target);
  const deprecations = inUse.map(({ api, types }): LifecycleNote | undefined => {
    const type = all(types, (own) => isDeprecated(own, reference)) ? types[0] : undefined;
    if (type !== undefined) return note('deprecated', type, served, target);
    const own = change.deprecating(api);
    return own && noteOfDefinition(api, own);
  });
  const [first] = deprecations;
  if (first !== undefined && deprecations.every((own) => own !== undefined)) notes.push(first);

  if (target !== undefined) {
    const gone = dated.flatMap(({ types }) => types).find((type) => isRemovedBy(type.name, target));
    if (gone !== undefined && dated.every((judged) => !survives(judged, target, served))) {
      notes.push(note('removed-by-target', gone, served, target));
    }
  }
  return notes;
}

/**
 * The built-in types that an API names: all of a group-version, where the cluster knows them all; none for anything else. Of what the cluster does not
 * serve yet, a newer release may have it, and the table tells.
 */
function typesOf(api: Api, served: ServedApis): readonly DatedType[] {
  if (api.kind === 'server-version') return [];
  if (api.kind === 'group') return served.group(api.group) === undefined ? datedTypes(builtInTypes(api.group)) : [];
  const { groupVersion } = api;
  const resources = served.resources(groupVersion);
  switch (api.kind) {
    case 'kind':
      return datedTypes([{ ...groupVersion, kind: api.name }]);
    case 'resource': {
      const parent = resources ? pluralName(api.name, resources).split('/')[0] : api.name.split('/')[0];
      const kind =
        parent === undefined ? undefined : (resources?.byName.get(parent)?.kind ?? kindCalled(parent, groupVersion));
      return kind === undefined ? [] : datedTypes([{ ...groupVersion, kind }]);
    }
    default: {
      if (resources === undefined) return datedTypes(builtInTypes(groupVersion.group, groupVersion.version));
      const kinds = new Set(resources.all.filter(isWhole).map(({ kind }) => kind));
      return datedTypes([...kinds].map((kind) => ({ ...groupVersion, kind })));
    }
  }
}

/** All of these with their dates; none where one of them is not built in. */
function datedTypes(names: readonly GroupVersionKind[]): readonly DatedType[] {
  const types: DatedType[] = [];
  for (const name of names) {
    const lifecycle = lifecycleOf(name.group, name.version, name.kind);
    if (lifecycle === undefined) return [];
    types.push({ name, lifecycle });
  }
  return types;
}

/**
 * The built-in kind of a resource that the cluster does not serve.
 * @see apimachinery pkg/api/meta/restmapper.go UnsafeGuessKindToResource
 */
function kindCalled(name: string, { group, version }: GroupVersion): string | undefined {
  return builtInTypes(group, version).find(({ kind }) => {
    const singular = kind.toLowerCase();
    const plural = singular.endsWith('s')
      ? `${singular}es`
      : singular.endsWith('y')
        ? `${singular.slice(0, -1)}ies`
        : `${singular}s`;
    return name === singular || name === plural;
  })?.kind;
}

function all(types: readonly DatedType[], holds: (type: DatedType) => boolean): boolean {
  return types.length > 0 && types.every(holds);
}

function isDeprecated({ lifecycle: { deprecated } }: DatedType, reference: Release | undefined): boolean {
  return deprecated !== undefined && (reference === undefined || hasReached(reference, deprecated));
}

/** Whether an alternative is there at the target. What no table knows stays as the cluster has it. */
function survives(
  { types, standing }: JudgedApi & { readonly types: readonly DatedType[] },
  target: Release,
  { version }: ServedApis,
): boolean {
  const isMissing = standing.kind === 'missing';
  if (types.length === 0) return !isMissing;
  const release = version && releaseOf(version);
  return types.some(
    (type) =>
      hasReached(target, type.lifecycle.introduced) &&
      !isRemovedBy(type.name, target) &&
      (!isMissing || comesWith(type, release)),
  );
}

/**
 * Whether an upgrade brings a type that is missing today: it does not bring one that this release has and the cluster has switched off, nor one that has
 * to be switched on.
 * @see KEP-3136: beta APIs that are new in 1.24 or later are off by default
 */
function comesWith({ name, lifecycle: { introduced } }: DatedType, release: Release | undefined): boolean {
  if (release !== undefined && hasReached(release, introduced)) return false;
  if (!/alpha|beta/.test(name.version)) return true;
  const since = parseRelease(introduced);
  return name.version.includes('beta') && since !== undefined && !hasReached(since, '1.24');
}

function newest(left: Release | undefined, right: Release | undefined): Release | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  return compareReleases(left, right) >= 0 ? left : right;
}

function note(
  kind: LifecycleNote['kind'],
  { name, lifecycle: { deprecated, removed } }: DatedType,
  served: ServedApis,
  target: Release | undefined,
): LifecycleNote {
  const replacement = replacementOf(name, served, target);
  const fate = [
    ...(kind === 'deprecated' && deprecated !== undefined ? [`deprecated in ${deprecated}`] : []),
    ...(removed === undefined ? [] : [`removed in ${removed}`]),
  ].join(', ');
  const ahead = kind === 'deprecated' || target === undefined ? '' : `, and the target is ${formatMinor(target)}`;
  const wayOut = replacement === undefined ? 'nothing replaces it' : `use ${describeReplacement(replacement)}`;
  return {
    kind,
    message: `${formatType(name)}: ${fate}${ahead}; ${wayOut}.`,
    replacement: replacement === undefined ? undefined : formatType(replacement.name),
  };
}

/** What the change's own definition says of a version that it brings. */
function noteOfDefinition(api: Api, { definition, version }: Deprecation): LifecycleNote {
  const { group, names, versions } = definition;
  const named = formatType({ group, version: version.name, kind: names.kind });
  const better = versions
    .filter((other) => other.served && !other.deprecated && compareKubeAwareVersions(other.name, version.name) < 0)
    .toSorted((left, right) => compareKubeAwareVersions(left.name, right.name))[0];
  const replacement = better && formatType({ group, version: better.name, kind: names.kind });
  const words = version.deprecationWarning === undefined ? '' : ` (${version.deprecationWarning.replace(/\.$/, '')})`;
  return {
    kind: 'deprecated',
    message: `${api.kind === 'group-version' ? formatGroupVersion(api.groupVersion) : named}: deprecated by the ${definition.source} of this change at ${formatPlace(version.place)}${words}; ${replacement === undefined ? 'it names nothing newer' : `use ${replacement}`}.`,
    replacement,
  };
}

function formatMinor({ major, minor }: Release): string {
  return `${major}.${minor}`;
}
