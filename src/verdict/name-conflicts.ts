import type { DefinedNames, KindDefinition } from '../model/definition.ts';
import type { Resource } from '../model/snapshot.ts';
import { isBuiltInGroup } from './built-in-groups.ts';
import { isWhole, type ServedApis, singularOf } from './served-apis.ts';

/** Names that are taken in a group, each with the resource that has it. */
interface Taken {
  /** Plural, singular and short names, which share one space. */
  readonly resources: ReadonlyMap<string, string>;
  /** Kinds, and the kinds of their lists. */
  readonly kinds: ReadonlyMap<string, string>;
}

/**
 * Why the API server does not serve a definition beside what it has: because it refuses the change of one that it serves already, or because another one in the
 * group has a name that this one asks for, so that it is stored and never established. `undefined` where nothing is in the way.
 *
 * @param accepted definitions of the change that come before it
 * @see apiextensions-apiserver pkg/apis/apiextensions/validation/validation.go validateCustomResourceDefinitionSpecUpdate;
 *   pkg/controller/status/naming_controller.go calculateNamesAndConditions
 */
export function whyNotAccepted(
  definition: KindDefinition,
  before: ServedApis,
  accepted: readonly KindDefinition[],
): string | undefined {
  const { names, namespaced, group, isWhole: isDefinition } = definition;
  if (!isDefinition || names.plural === '') return undefined;
  if (isBuiltInGroup(group)) return `the group ${group} is the API server's own, which serves nothing else in it`;
  const own = servedAs(group, names.plural, before);
  if (own !== undefined) {
    if (own.kind !== names.kind) {
      return `this cluster has ${names.plural}.${group} with the kind ${own.kind}, and the kind of a definition cannot change`;
    }
    if (namespaced !== undefined && own.namespaced !== namespaced) {
      const scope = own.namespaced ? 'Namespaced' : 'Cluster';
      return `this cluster has ${names.plural}.${group} with the scope ${scope}, and the scope of a definition cannot change`;
    }
    return undefined;
  }
  const taken = takenNames(group, names.plural, before, accepted);
  for (const name of [names.plural, names.singular, ...names.shortNames]) {
    const by = taken.resources.get(name);
    if (by !== undefined) return `its name ${name} is in use by ${by}.${group}`;
  }
  for (const kind of [names.kind, names.listKind]) {
    const by = taken.kinds.get(kind);
    if (by !== undefined) return `its kind ${kind} is in use by ${by}.${group}`;
  }
  return undefined;
}

/**
 * The singular and the short names that a definition goes by once it is applied: where another one in the group has one of those that it asks for, a definition
 * that is served already keeps what it had.
 */
export function namesInUse(
  group: string,
  names: DefinedNames,
  before: ServedApis,
): Pick<DefinedNames, 'singular' | 'shortNames'> {
  const own = servedAs(group, names.plural, before);
  if (own === undefined) return names;
  const taken = takenNames(group, names.plural, before, []);
  const hadShort = own.shortNames ?? [];
  const isFree = (name: string) => hadShort.includes(name) || !taken.resources.has(name);
  return {
    singular: taken.resources.has(names.singular) ? singularOf(own) : names.singular,
    shortNames: names.shortNames.every(isFree) ? names.shortNames : hadShort,
  };
}

/** Whether the cluster has a definition of this name. */
export function isServed({ group, names }: KindDefinition, before: ServedApis): boolean {
  return names.plural !== '' && servedAs(group, names.plural, before) !== undefined;
}

/** The resource of this name in any version of its group. */
function servedAs(group: string, plural: string, { group: groupOf }: ServedApis): Resource | undefined {
  for (const { resources } of groupOf(group)?.versions ?? []) {
    const found = resources.find(({ name }) => name === plural);
    if (found !== undefined) return found;
  }
  return undefined;
}

function takenNames(group: string, plural: string, before: ServedApis, accepted: readonly KindDefinition[]): Taken {
  const resources = new Map<string, string>();
  const kinds = new Map<string, string>();
  const redefined = accepted.filter((own) => own.group === group);
  const add = (by: string, names: readonly string[], ownKinds: readonly string[]): void => {
    if (by === plural) return;
    for (const name of names) resources.set(name, by);
    for (const kind of ownKinds) kinds.set(kind, by);
  };
  for (const version of before.group(group)?.versions ?? []) {
    for (const own of version.resources.filter(isWhole)) {
      if (redefined.some(({ names }) => names.plural === own.name)) continue;
      add(own.name, [own.name, singularOf(own), ...(own.shortNames ?? [])], [own.kind, `${own.kind}List`]);
    }
  }
  for (const { names } of redefined) {
    add(names.plural, [names.plural, names.singular, ...names.shortNames], [names.kind, names.listKind]);
  }
  return { resources, kinds };
}
