import type { GroupVersion } from './group-version.ts';
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
  readonly namespace?: string;
}

/** One thing that must, or, negated, must not be served. */
export interface Requirement {
  /** As a person would write it; also its name in reports. */
  readonly text: string;
  /** One of these must be served. A negated requirement has exactly one. */
  readonly anyOf: readonly [Api, ...Api[]];
  readonly negated: boolean;
  readonly place: Place;
  readonly object?: ManifestObject;
}

/** An API that the change itself brings, through a CustomResourceDefinition or an APIService among its manifests. */
export interface ProvidedApi {
  readonly groupVersion: GroupVersion;
  /** Absent for an APIService, which brings whatever its backend serves. */
  readonly kind?: string;
  readonly resource?: string;
  /** False for a CRD version with `served: false`: applying the change takes it away. */
  readonly served: boolean;
  readonly place: Place;
}
