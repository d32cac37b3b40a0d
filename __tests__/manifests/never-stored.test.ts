import { expect, test } from 'vitest';
import { isNeverStored, unnamedConfiguration } from '../../src/manifests/never-stored.ts';

test.each([
  ['kustomize.config.k8s.io', 'v1beta1', 'Kustomization', true],
  ['', 'builtin', 'PrefixSuffixTransformer', true],
  ['kustomize.config.k8s.io', 'v1alpha1', 'Component', true],
  ['', 'v1', 'Config', true],
  ['kind.x-k8s.io', 'v1alpha4', 'Cluster', true],
  ['kubeadm.k8s.io', 'v1beta4', 'ClusterConfiguration', true],
  ['kubelet.config.k8s.io', 'v1beta1', 'KubeletConfiguration', true],
  ['kubeproxy.config.k8s.io', 'v1alpha1', 'KubeProxyConfiguration', true],
  ['kubescheduler.config.k8s.io', 'v1', 'KubeSchedulerConfiguration', true],
  ['apiserver.config.k8s.io', 'v1', 'EncryptionConfiguration', true],
  ['pod-security.admission.config.k8s.io', 'v1', 'PodSecurityConfiguration', true],
  ['audit.k8s.io', 'v1', 'Policy', true],
  ['client.authentication.k8s.io', 'v1', 'ExecCredential', true],
  ['skaffold', 'v4beta13', 'Config', true],
  ['install.istio.io', 'v1alpha1', 'IstioOperator', true],
  ['', 'v1', 'ConfigMap', false],
  ['policy', 'v1', 'PodSecurityPolicy', false],
  ['config.example.com', 'v1', 'Config', false],
  ['cluster.x-k8s.io', 'v1beta1', 'Cluster', false],
  ['networking.istio.io', 'v1', 'Gateway', false],
] as const)('%s %s %s: %s', (group, version, kind, expected) => {
  expect(isNeverStored(group, version, kind)).toBe(expected);
});

test.each([
  { file: 'deploy/kustomization.yaml', inChart: false, what: 'Kustomization' },
  { file: 'Kustomization', inChart: false, what: 'Kustomization' },
  { file: 'web/Chart.yaml', inChart: true, what: 'Helm Chart.yaml' },
  { file: 'web/values.yaml', inChart: true, what: 'Helm values' },
  { file: 'web/values-prod.yaml', inChart: true, what: 'Helm values' },
  { file: 'web/ci/test-values.yaml', inChart: true, what: 'Helm values' },
  { file: 'web/values.schema.json', inChart: true, what: 'Helm values' },
  { file: 'deploy/values.yaml', inChart: false, what: undefined },
  { file: 'web/app.yaml', inChart: true, what: undefined },
])('$file, in a chart: $inChart, is $what', ({ file, inChart, what }) => {
  expect(unnamedConfiguration(file, () => inChart)).toBe(what);
});
