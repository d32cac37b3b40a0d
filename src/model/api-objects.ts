import type { Resource } from './snapshot.ts';

/**
 * The objects of the discovery API in the form in which client-go hands them out and kubectl keeps them on disk.
 * @see apimachinery pkg/apis/meta/v1/types.go
 */
export interface GroupVersionForDiscovery {
  readonly groupVersion: string;
  readonly version: string;
}

export interface APIGroup {
  readonly name: string;
  readonly versions: readonly GroupVersionForDiscovery[];
  readonly preferredVersion?: GroupVersionForDiscovery | undefined;
}

export interface APIGroupList {
  readonly groups: readonly APIGroup[];
}

export type APIResource = Resource;

export interface APIResourceList {
  readonly groupVersion: string;
  readonly resources: readonly APIResource[];
}
