import type { Place } from '../../src/model/place.ts';
import { parseRelease } from '../../src/model/release.ts';
import type { Api, ProvidedApi, Requirement } from '../../src/model/requirement.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { parseRequirements } from '../../src/requirements/requirements.ts';
import { parseServerVersion } from '../../src/requirements/version-range.ts';
import type { Judging } from '../../src/verdict/judge-requirement.ts';
import { findNearMisses } from '../../src/verdict/near-misses.ts';
import { indexProvided } from '../../src/verdict/provided-apis.ts';
import { indexSnapshot } from '../../src/verdict/served-apis.ts';

/** A requirement as a line of `require` or, after `server-version `, as that input has it. */
export function requirementOf(text: string, place?: Place): Requirement {
  const [requirement] = text.startsWith('server-version ')
    ? parseServerVersion(text.slice('server-version '.length)).requirements
    : parseRequirements(text).requirements;
  if (requirement === undefined) throw new Error(`${text} is no requirement`);
  return place === undefined ? requirement : { ...requirement, place };
}

export function apiOf(text: string): Api {
  return requirementOf(text).anyOf[0];
}

export const MANIFEST: Place = { kind: 'file', file: 'deploy/web.yaml', line: 1 };

/** What a CRD at line 7 of `crd.yaml` says of one version of its kind. */
export function fromCrd(kind: string, resource: string, version: string, served = true): ProvidedApi {
  return {
    groupVersion: { group: 'example.com', version },
    kind,
    resource,
    served,
    place: { kind: 'file', file: 'crd.yaml', line: 7 },
  };
}

/** What an APIService at line 3 of `apiservice.yaml` registers. */
export function fromApiService(group: string, version: string): ProvidedApi {
  return { groupVersion: { group, version }, served: true, place: { kind: 'file', file: 'apiservice.yaml', line: 3 } };
}

export function judgingOf(
  snapshot: Snapshot,
  { provided = [], target }: { readonly provided?: readonly ProvidedApi[]; readonly target?: string } = {},
): Judging {
  const served = indexSnapshot(snapshot);
  return {
    served,
    near: findNearMisses(served),
    provided: indexProvided(provided),
    target: target === undefined ? undefined : parseRelease(target),
  };
}
