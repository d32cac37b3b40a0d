/** APIs that a bare API server does not have: a custom resource with a version that is not served, and an API service whose backend is not there. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ControlPlane } from './control-plane.ts';

/** Group-version that the API service without a backend promises. */
export const staleGroupVersion = 'metrics.k8s.io/v1beta1';

const openSchema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };

/** `example.com`: v1 and v1beta1 are served, v1alpha1 is not; v1 has both subresources, v1beta1 none. */
export const widgetDefinition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.example.com' },
  spec: {
    group: 'example.com',
    scope: 'Namespaced',
    names: {
      kind: 'Widget',
      plural: 'widgets',
      singular: 'widget',
      shortNames: ['wdg'],
      categories: ['all', 'gadgets'],
    },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: openSchema,
        subresources: {
          status: {},
          scale: { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas' },
        },
      },
      { name: 'v1beta1', served: true, storage: false, deprecated: true, schema: openSchema },
      { name: 'v1alpha1', served: false, storage: false, schema: openSchema },
    ],
  },
} as const;

/** The metrics API as a cluster has it after its metrics server was removed. */
export const staleApiService = {
  apiVersion: 'apiregistration.k8s.io/v1',
  kind: 'APIService',
  metadata: { name: 'v1beta1.metrics.k8s.io' },
  spec: {
    group: 'metrics.k8s.io',
    version: 'v1beta1',
    groupPriorityMinimum: 100,
    versionPriority: 100,
    insecureSkipTLSVerify: true,
    service: { namespace: 'kube-system', name: 'metrics-server' },
  },
} as const;

/** Adds both and waits until discovery shows them. */
export async function addExtraApis(controlPlane: ControlPlane): Promise<void> {
  const list = { apiVersion: 'v1', kind: 'List', items: [widgetDefinition, staleApiService] };
  await controlPlane.kubectlOk(['create', '--filename=-'], { stdin: JSON.stringify(list) });
  await controlPlane.kubectlOk(['wait', '--for=condition=Established', '--timeout=20s', 'crd/widgets.example.com']);
  await controlPlane.kubectlOk([
    'wait',
    '--for=condition=Available=False',
    '--timeout=20s',
    'apiservice/v1beta1.metrics.k8s.io',
  ]);
  await shown(controlPlane, ['example.com/v1', 'example.com/v1beta1', staleGroupVersion]);
}

/** The list of groups follows the objects by a moment, and the aggregated list by another. */
async function shown(controlPlane: ControlPlane, groupVersions: readonly string[]): Promise<void> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const plain = await controlPlane.kubectlOk(['get', '--raw', '/apis']);
    const legacyLists = groupVersions.every((groupVersion) => plain.includes(`"${groupVersion}"`));
    // kubectl prefers the aggregated list where there is one, and leaves out a version without a backend only there.
    const served = (await controlPlane.kubectlOk(['api-versions'])).split('\n');
    const widgets = groupVersions
      .filter((groupVersion) => groupVersion !== staleGroupVersion)
      .every((groupVersion) => served.includes(groupVersion));
    if (legacyLists && widgets) return;
    if (Date.now() > deadline) throw new Error(`discovery does not show ${groupVersions.join(', ')}:\n${plain}`);
    await sleep(100);
  }
}
