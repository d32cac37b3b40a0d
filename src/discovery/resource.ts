import type { APIResourceList } from '../model/api-objects.ts';
import type { GroupVersion } from '../model/group-version.ts';
import type { Resource } from '../model/snapshot.ts';

/** A resource as a document describes it, before what goes without saying is left out. */
export interface DescribedResource {
  readonly name: string;
  readonly singularName: string;
  readonly namespaced: boolean;
  readonly kind: string;
  /** Of `kind`; `''` with an empty version means that of the list. */
  readonly group: string;
  readonly version: string;
  readonly verbs: readonly string[];
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly storageVersionHash: string;
}

/**
 * A resource of a list, with the group and version of its kind only where they are not the list's own: documents of both forms then read the same.
 * @see apimachinery pkg/apis/meta/v1/types.go APIResource: an empty group or version stands for that of the list
 */
export function toResource(described: DescribedResource, list: GroupVersion): Resource {
  const { group, version, shortNames, categories, storageVersionHash, ...rest } = described;
  const own = group === list.group && version === list.version;
  return {
    ...rest,
    ...(own || version === '' ? {} : { group, version }),
    ...(shortNames.length === 0 ? {} : { shortNames }),
    ...(categories.length === 0 ? {} : { categories }),
    ...(storageVersionHash === '' ? {} : { storageVersionHash }),
  };
}

/** The resources of a plain list. */
export function resourcesOf(list: APIResourceList, groupVersion: GroupVersion): readonly Resource[] {
  return list.resources.map((resource) =>
    toResource(
      {
        ...resource,
        group: resource.group || groupVersion.group,
        version: resource.version || groupVersion.version,
        shortNames: resource.shortNames ?? [],
        categories: resource.categories ?? [],
        storageVersionHash: resource.storageVersionHash ?? '',
      },
      groupVersion,
    ),
  );
}
