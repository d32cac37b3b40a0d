import type { GroupVersion } from './group-version.ts';
import type { Place } from './place.ts';

/** One version of a kind that a definition names. */
export interface DefinedVersion {
  readonly name: string;
  /** False for `served: false`: applying the change takes it away. */
  readonly served: boolean;
  readonly deprecated: boolean;
  /** What the API server says to whoever uses a deprecated version, where the definition has words of its own. */
  readonly deprecationWarning?: string | undefined;
  readonly subresources: readonly ('status' | 'scale')[];
  readonly place: Place;
}

/** The names of a kind, as its definition asks for them. */
export interface DefinedNames {
  /** `''` where a person named only the resource. */
  readonly kind: string;
  /** `''` where only the kind is known. */
  readonly plural: string;
  readonly singular: string;
  readonly listKind: string;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
}

/** Why the API server refuses a definition. */
export interface DefinitionFault {
  readonly place: Place;
  /** Without a subject and a full stop: `it has no spec.group`. */
  readonly what: string;
}

interface Defined {
  /** What says so: `CustomResourceDefinition`, `APIService`, the kind of an operator's object, or `provides` for that input. */
  readonly source: string;
  /** Whose own API the cluster must serve to take it; absent where a person vouches for it. */
  readonly groupVersion?: GroupVersion | undefined;
  readonly place: Place;
  readonly fault?: DefinitionFault | undefined;
}

/** A definition that brings one kind, in all versions that it names. */
export interface KindDefinition extends Defined {
  readonly kind: 'kind';
  readonly group: string;
  readonly names: DefinedNames;
  /** `undefined` where nothing says so. */
  readonly namespaced: boolean | undefined;
  readonly versions: readonly DefinedVersion[];
  /** Whether a version that it does not name goes when it is applied, and whether its names can be in conflict with those of others. */
  readonly isWhole: boolean;
}

/** A definition that registers a group-version, and does not tell what is in it. */
export interface VersionDefinition extends Defined {
  readonly kind: 'group-version';
  readonly brings: GroupVersion;
}

/** What a change says of the APIs that it brings, changes and takes away. */
export type Definition = KindDefinition | VersionDefinition;
