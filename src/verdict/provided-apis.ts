import { formatGroupVersion, type GroupVersion } from '../model/group-version.ts';
import type { Api, ProvidedApi } from '../model/requirement.ts';

/** What the change itself brings and takes away, once it is applied. */
export interface ProvidedApis {
  readonly bringing: (api: Api) => ProvidedApi | undefined;
  readonly withdrawing: (api: Api) => ProvidedApi | undefined;
}

/**
 * Indexes what the change's own CustomResourceDefinitions and APIServices provide.
 *
 * A CRD's version is withdrawn where it is not served or not named any more, and only where nothing in the change brings it: of two CRDs for different clusters, the one
 * that serves counts.
 * Verbs are not looked at, as every custom resource has them all. Subresources are not brought: what is known of a CRD does not name them.
 */
export function indexProvided(provided: readonly ProvidedApi[]): ProvidedApis {
  const served = provided.filter((api) => api.served);
  const byGroup = Map.groupBy(served, ({ groupVersion }) => groupVersion.group);
  const byGroupVersion = Map.groupBy(served, ({ groupVersion }) => formatGroupVersion(groupVersion));
  const withdrawn = Map.groupBy(
    provided.filter((api) => !api.served),
    ({ groupVersion }) => formatGroupVersion(groupVersion),
  );

  const ofGroup = (group: string) => provided.filter(({ groupVersion }) => groupVersion.group === group);
  const among = (groups: ReadonlyMap<string, readonly ProvidedApi[]>, groupVersion: GroupVersion) =>
    groups.get(formatGroupVersion(groupVersion)) ?? [];
  const bringing = (api: Api): ProvidedApi | undefined => {
    switch (api.kind) {
      case 'group':
        return byGroup.get(api.group)?.[0];
      case 'group-version':
        return among(byGroupVersion, api.groupVersion)[0];
      case 'kind':
      case 'resource': {
        const versions = among(byGroupVersion, api.groupVersion);
        return versions.find((own) => isNamed(own, api)) ?? versions.find(isWholeVersion);
      }
      default:
        return undefined;
    }
  };
  return {
    bringing,
    withdrawing: (api) => {
      if (api.kind !== 'kind' && api.kind !== 'resource') return undefined;
      if (bringing(api) !== undefined) return undefined;
      const own = among(withdrawn, api.groupVersion).find((candidate) => isNamed(candidate, api));
      // A definition says all versions that there are of its kind: one that it does not name goes when it is applied.
      return own ?? ofGroup(api.groupVersion.group).find((candidate) => isNamed(candidate, api));
    },
  };
}

function isNamed(own: ProvidedApi, api: Extract<Api, { kind: 'kind' | 'resource' }>): boolean {
  return api.kind === 'kind' ? own.kind === api.name : own.resource === api.name;
}

/** An APIService says no more than which group-version it registers. */
export function isWholeVersion(own: ProvidedApi): boolean {
  return own.kind === undefined && own.resource === undefined;
}
