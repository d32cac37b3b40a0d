import type { Configuration } from '../model/requirement.ts';

/**
 * Configuration that looks like a manifest and that no API server stores: read by a command-line tool, or by a component when it starts. What a cluster serves
 * decides against this list, when it is judged.
 */
const GROUPS: readonly RegExp[] = [
  // kustomize, and what it runs as functions and generators.
  /^(?:kustomize\.config\.k8s\.io|config\.kubernetes\.io|(?:fn\.)?kpt\.dev|viaduct\.ai|goabout\.com)$/,
  // Clusters for development and tests, and those who set clusters up.
  /^(?:kind\.x-k8s\.io|k3d\.io|ctlptl\.dev|eksctl\.io|k0sctl\.k0sproject\.io|kubeone\.k8c\.io|kubeadm\.k8s\.io)$/,
  // Components of Kubernetes: kubelet, kubeproxy, kubescheduler, apiserver, controlplane, pod-security.admission, ...
  /(?:^|\.)config\.k8s\.io$/,
  /^(?:audit|client\.authentication|apiserver|imagepolicy|eventratelimit\.admission|credentialprovider\.kubelet)\.k8s\.io$/,
  /^config\.kueue\.x-k8s\.io$/,
  // Tests of manifests, policies and operators.
  /^(?:kuttl\.dev|(?:chainsaw|cli)\.kyverno\.io|test\.gatekeeper\.sh|scorecard\.operatorframework\.io)$/,
  // Building, templating, packaging, cataloguing.
  /^(?:skaffold|tilt\.dev|garden\.io|tanka\.dev|backstage\.io|meta\.pkg\.crossplane\.io|mirror\.openshift\.io)$/,
  /^(?:(?:kapp|kbld|vendir|ytt)\.k14s\.io|imgpkg\.carvel\.dev|krew\.googlecontainertools\.github\.com|descheduler)$/,
];

/** The same, of groups that some clusters do serve, by who reads it. */
const GROUPS_OF_READERS: Readonly<Record<string, string>> = {
  'install.istio.io': 'istioctl',
  'kops.k8s.io': 'kops',
  'k0s.k0sproject.io': 'k0s',
};

/** Kinds in groups whose other kinds are stored. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  '': ['Config'],
  'argoproj.io': ['ConfigManagementPlugin'],
  'policy.open-cluster-management.io': ['PolicyGenerator', 'PolicyGenTemplate'],
  'ran.openshift.io': ['PolicyGenTemplate', 'SiteConfig'],
  'clusterctl.cluster.x-k8s.io': ['Metadata'],
  'kwok.x-k8s.io': ['KwokConfiguration', 'KwokctlConfiguration', 'KwokctlResource', 'KwokctlComponent'],
};

/** Versions that the core group never had: plugins that come with kustomize, and the documents of a Talos machine. */
const VERSIONS_WITHOUT_GROUP: readonly { readonly version: string; readonly kind: RegExp }[] = [
  { version: 'builtin', kind: /^/ },
  { version: 'v1alpha1', kind: /Config$/ },
];

/** Whether, and why, objects of this group and kind are most likely configuration of a tool and no objects of the API. */
export function configurationOf(group: string, version: string, kind: string): Configuration | undefined {
  const readBy = GROUPS_OF_READERS[group];
  if (readBy !== undefined) return { of: 'group', readBy };
  if (GROUPS.some((pattern) => pattern.test(group))) return { of: 'group' };
  if (group === '' && VERSIONS_WITHOUT_GROUP.some((known) => known.version === version && known.kind.test(kind))) {
    return { of: 'kind' };
  }
  return KINDS[group]?.includes(kind) === true ? { of: 'kind' } : undefined;
}

const KUSTOMIZATION = /^(?:kustomization\.ya?ml|Kustomization)$/;
const KYVERNO_TEST = /^kyverno-test\.ya?ml$/;
const HELM_FILES: readonly { readonly name: RegExp; readonly what: string }[] = [
  { name: /^Chart\.yaml$/, what: 'Helm Chart.yaml' },
  { name: /^requirements\.yaml$/, what: 'Helm requirements.yaml' },
  { name: /(?:^|[-_.])values(?:[-_.].*)?\.(?:ya?ml|json)$/i, what: 'Helm values' },
];

/**
 * What a document without apiVersion and kind is, told by the name of its file; `undefined` when that says nothing.
 *
 * @param isInChart whether the file lies in a Helm chart, outside of its templates; asked only when that decides
 */
export function unnamedConfiguration(file: string, isInChart: () => boolean): string | undefined {
  const name = file.slice(file.lastIndexOf('/') + 1);
  if (KUSTOMIZATION.test(name)) return 'Kustomization';
  if (KYVERNO_TEST.test(name)) return 'Kyverno test';
  const helm = HELM_FILES.find((known) => known.name.test(name));
  return helm !== undefined && isInChart() ? helm.what : undefined;
}
