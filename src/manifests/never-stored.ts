/**
 * Configuration that looks like a manifest and that no API server stores: read by a command-line tool, or by a component when it starts.
 */
const GROUPS: readonly RegExp[] = [
  /^kustomize\.config\.k8s\.io$/,
  /^kind\.x-k8s\.io$/,
  /^(?:kubeadm|audit|client\.authentication|apiserver|imagepolicy)\.k8s\.io$/,
  // Of the components: kubelet, kubeproxy, kubescheduler, apiserver, controlplane, pod-security.admission, ...
  /(?:^|\.)config\.k8s\.io$/,
  /^(?:kubelet|kubeproxy|kubescheduler|kubecontrollermanager|cloudcontrollermanager)\.config\.k8s\.io$/,
  /^eventratelimit\.admission\.k8s\.io$/,
  /^credentialprovider\.kubelet\.k8s\.io$/,
  /^skaffold$/,
  /^k3d\.io$/,
  /^eksctl\.io$/,
  /^builtin$/,
];

const KINDS: ReadonlySet<string> = new Set(['v1/Config', 'install.istio.io/IstioOperator']);

/** Whether objects of this group and kind are configuration of a tool and no objects of the API. */
export function isNeverStored(group: string, version: string, kind: string): boolean {
  return (
    GROUPS.some((pattern) => pattern.test(group === '' ? version : group)) ||
    KINDS.has(`${group === '' ? version : group}/${kind}`)
  );
}

const KUSTOMIZATION = /^(?:kustomization\.ya?ml|Kustomization)$/;
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
  const helm = HELM_FILES.find((known) => known.name.test(name));
  return helm !== undefined && isInChart() ? helm.what : undefined;
}
