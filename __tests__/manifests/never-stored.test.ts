import { expect, test } from 'vitest';
import { configurationOf, unnamedConfiguration } from '../../src/manifests/never-stored.ts';

test.each([
  ['kustomize.config.k8s.io', 'v1beta1', 'Kustomization', 'group'],
  ['', 'builtin', 'PrefixSuffixTransformer', 'kind'],
  ['kustomize.config.k8s.io', 'v1alpha1', 'Component', 'group'],
  ['', 'v1', 'Config', 'kind'],
  ['kind.x-k8s.io', 'v1alpha4', 'Cluster', 'group'],
  ['kubeadm.k8s.io', 'v1beta4', 'ClusterConfiguration', 'group'],
  ['kubelet.config.k8s.io', 'v1beta1', 'KubeletConfiguration', 'group'],
  ['kubeproxy.config.k8s.io', 'v1alpha1', 'KubeProxyConfiguration', 'group'],
  ['kubescheduler.config.k8s.io', 'v1', 'KubeSchedulerConfiguration', 'group'],
  ['apiserver.config.k8s.io', 'v1', 'EncryptionConfiguration', 'group'],
  ['pod-security.admission.config.k8s.io', 'v1', 'PodSecurityConfiguration', 'group'],
  ['audit.k8s.io', 'v1', 'Policy', 'group'],
  ['client.authentication.k8s.io', 'v1', 'ExecCredential', 'group'],
  ['skaffold', 'v4beta13', 'Config', 'group'],
  ['install.istio.io', 'v1alpha1', 'IstioOperator', 'group'],
  ['kops.k8s.io', 'v1alpha2', 'InstanceGroup', 'group'],
  ['backstage.io', 'v1alpha1', 'Component', 'group'],
  ['kuttl.dev', 'v1beta1', 'TestSuite', 'group'],
  ['chainsaw.kyverno.io', 'v1alpha1', 'Test', 'group'],
  ['cli.kyverno.io', 'v1alpha1', 'Test', 'group'],
  ['test.gatekeeper.sh', 'v1alpha1', 'Suite', 'group'],
  ['viaduct.ai', 'v1', 'ksops', 'group'],
  ['kpt.dev', 'v1', 'Kptfile', 'group'],
  ['fn.kpt.dev', 'v1alpha1', 'SetNamespace', 'group'],
  ['tanka.dev', 'v1alpha1', 'Environment', 'group'],
  ['kbld.k14s.io', 'v1alpha1', 'Config', 'group'],
  ['vendir.k14s.io', 'v1alpha1', 'Config', 'group'],
  ['meta.pkg.crossplane.io', 'v1', 'Configuration', 'group'],
  ['scorecard.operatorframework.io', 'v1alpha3', 'Configuration', 'group'],
  ['', 'v1alpha1', 'HostnameConfig', 'kind'],
  ['argoproj.io', 'v1alpha1', 'ConfigManagementPlugin', 'kind'],
  ['kwok.x-k8s.io', 'v1alpha1', 'KwokConfiguration', 'kind'],
  ['policy.open-cluster-management.io', 'v1', 'PolicyGenerator', 'kind'],
  ['', 'v1', 'ConfigMap', undefined],
  ['', 'v1alpha1', 'Policy', undefined],
  ['policy', 'v1', 'PodSecurityPolicy', undefined],
  ['config.example.com', 'v1', 'Config', undefined],
  ['cluster.x-k8s.io', 'v1beta1', 'Cluster', undefined],
  ['networking.istio.io', 'v1', 'Gateway', undefined],
  ['argoproj.io', 'v1alpha1', 'Application', undefined],
  ['kwok.x-k8s.io', 'v1alpha1', 'Stage', undefined],
  ['kyverno.io', 'v1', 'ClusterPolicy', undefined],
  ['kustomize.toolkit.fluxcd.io', 'v1', 'Kustomization', undefined],
  ['pkg.crossplane.io', 'v1', 'Provider', undefined],
] as const)('%s %s %s: %s', (group, version, kind, expected) => {
  expect(configurationOf(group, version, kind)?.of).toBe(expected);
});

test.each([
  ['install.istio.io', 'IstioOperator', 'istioctl'],
  ['kops.k8s.io', 'Cluster', 'kops'],
  ['k0s.k0sproject.io', 'ClusterConfig', 'k0s'],
  ['kustomize.config.k8s.io', 'Kustomization', undefined],
])('%s %s, which some clusters store, is worth a remark: %s', (group, kind, readBy) => {
  expect(configurationOf(group, 'v1', kind)?.readBy).toBe(readBy);
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
  { file: 'tests/kyverno-test.yaml', inChart: false, what: 'Kyverno test' },
])('$file, in a chart: $inChart, is $what', ({ file, inChart, what }) => {
  expect(unnamedConfiguration(file, () => inChart)).toBe(what);
});
