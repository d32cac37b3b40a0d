import { assertNever } from './assert-never.ts';
import { formatGroupVersion, type GroupVersion } from './group-version.ts';
import type { Place } from './place.ts';

/** One thing that a cluster can serve, or not. */
export type Api =
  | { readonly kind: 'group'; readonly group: string }
  | { readonly kind: 'group-version'; readonly groupVersion: GroupVersion }
  | {
      readonly kind: 'kind';
      readonly groupVersion: GroupVersion;
      /** The object's kind, for example `Deployment`. */
      readonly name: string;
      /** Verbs that its resource must offer; empty asks for none. */
      readonly verbs: readonly string[];
    }
  | {
      readonly kind: 'resource';
      readonly groupVersion: GroupVersion;
      /** Plural, with a subresource where one is meant: `deployments/scale`. */
      readonly name: string;
      readonly verbs: readonly string[];
    }
  | { readonly kind: 'server-version' /** A semver range. */; readonly range: string };

/** The object of a manifest that a requirement came from. */
export interface ManifestObject {
  readonly name: string;
  readonly namespace?: string | undefined;
}

/** One thing that must, or, negated, must not be served. */
export interface Requirement {
  /** As a person would write it; also its name in reports. */
  readonly text: string;
  /** One of these must be served. A negated requirement has exactly one. */
  readonly anyOf: readonly [Api, ...Api[]];
  readonly negated: boolean;
  readonly place: Place;
  readonly object?: ManifestObject | undefined;
  /** Set where the object is most likely configuration of a tool: judged only where the cluster serves its group or the change defines its kind. */
  readonly configuration?: Configuration | undefined;
}

/** Why an object is most likely no object of a cluster. */
export interface Configuration {
  /** Whether every object of the group is, or only those of this kind. */
  readonly of: 'group' | 'kind';
  /** Who reads it, where clusters may store such objects as well: leaving it out is then worth a remark. */
  readonly readBy?: string | undefined;
}

/** An API as a line of `require` names it: `apps/v1`, `v1/Pod`, `apps/v1/deployments/scale verbs=get`, `batch/*`. */
export function formatApi(api: Api): string {
  switch (api.kind) {
    case 'group':
      return `${api.group}/*`;
    case 'group-version':
      return formatGroupVersion(api.groupVersion);
    case 'kind':
    case 'resource': {
      const verbs = api.verbs.length === 0 ? '' : ` verbs=${api.verbs.join(',')}`;
      return `${formatGroupVersion(api.groupVersion)}/${api.name}${verbs}`;
    }
    case 'server-version':
      return `server-version ${api.range}`;
    default:
      return assertNever(api);
  }
}

/** A whole requirement in the same form: `!extensions/v1beta1`, `policy/v1 | policy/v1beta1`. */
export function formatRequirement(requirement: Pick<Requirement, 'anyOf' | 'negated'>): string {
  return `${requirement.negated ? '!' : ''}${requirement.anyOf.map(formatApi).join(' | ')}`;
}
