import type { ClusterIdentity } from '../../src/model/cluster.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';

/** 2026-01-01T00:00:00Z: the middle of no window in particular. */
export const TAKEN_AT = 1_767_225_600_000;

export function sampleSnapshot(over: Partial<Snapshot> = {}): Snapshot {
  return {
    takenAt: TAKEN_AT,
    groups: [
      {
        name: '',
        versions: [
          {
            version: 'v1',
            resources: [
              {
                name: 'pods',
                singularName: 'pod',
                namespaced: true,
                kind: 'Pod',
                verbs: ['get', 'list'],
                shortNames: ['po'],
                categories: ['all'],
                storageVersionHash: 'xPOwRZ+Yhw8=',
              },
              {
                name: 'pods/eviction',
                singularName: '',
                namespaced: true,
                kind: 'Eviction',
                group: 'policy',
                version: 'v1',
                verbs: ['create'],
              },
            ],
          },
        ],
        preferredVersion: 'v1',
      },
      { name: 'empty.example.com', versions: [{ version: 'v1alpha1', resources: [] }], preferredVersion: 'v1alpha1' },
      { name: 'stale.example.com', versions: [] },
    ],
    version: { gitVersion: 'v1.37.2', major: '1', minor: '37' },
    gaps: [],
    validators: { api: '"AB"', apis: '"CD"' },
    ...over,
  };
}

export function sampleServer(over: Partial<ClusterIdentity> = {}): ClusterIdentity {
  return {
    server: 'https://127.0.0.1:6443',
    certificateAuthority: 'a'.repeat(64),
    tlsServerName: '',
    proxy: '',
    impersonation: '',
    credentials: 'token',
    ...over,
  };
}
