import { formatGroupVersion } from '../model/group-version.ts';
import { type Api, formatApi } from '../model/requirement.ts';

/** An API as a sentence speaks of it: `apps/v1/Deployment with verbs create, patch`. */
export function nameOf(api: Api): string {
  if (api.kind === 'group') return api.group;
  const verbs = 'verbs' in api ? api.verbs : [];
  return verbs.length === 0 ? bareNameOf(api) : `${bareNameOf(api)} with ${verbsInWords(verbs)}`;
}

/** The same without its verbs. */
export function bareNameOf(api: Api): string {
  return formatApi('verbs' in api ? { ...api, verbs: [] } : api);
}

export function verbsInWords(verbs: readonly string[]): string {
  return `${verbs.length === 1 ? 'verb' : 'verbs'} ${verbs.join(', ')}`;
}

/** `''` for the core group. */
export function groupOf(api: Api): string {
  if (api.kind === 'group') return api.group;
  return 'groupVersion' in api ? api.groupVersion.group : '';
}

/** `apps/v1`; `''` for what has none. */
export function groupVersionNameOf(api: Api): string {
  return 'groupVersion' in api ? formatGroupVersion(api.groupVersion) : '';
}
