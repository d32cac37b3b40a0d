import type { Needs } from '../discovery/discover.ts';
import { formatGroupVersion, parseGroupVersion } from '../model/group-version.ts';
import type { Requirement } from '../model/requirement.ts';

/** What of a cluster's answer the requirements are judged by: the rest may be missing without changing a finding. */
export function needsOf(requirements: readonly Requirement[]): Needs {
  const apis = requirements.flatMap(({ anyOf }) => anyOf);
  const named = new Set(apis.flatMap((api) => ('groupVersion' in api ? [formatGroupVersion(api.groupVersion)] : [])));
  const groups = new Set(apis.flatMap((api) => (api.kind === 'group' ? [api.group] : [])));
  return {
    version: apis.some(({ kind }) => kind === 'server-version'),
    groupVersion: (text) => named.has(text) || groups.has(parseGroupVersion(text)?.group ?? text),
  };
}
