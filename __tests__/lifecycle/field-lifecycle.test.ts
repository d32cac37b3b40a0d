import { expect, test } from 'vitest';
import {
  type ComponentField,
  type FieldLifecycle,
  fieldLifecycle,
  lastRelease,
} from '../../src/lifecycle/field-lifecycle.ts';
import { fields } from '../../src/lifecycle/fields.generated.ts';

const core = (name: string, property: string): ComponentField => of(`io.k8s.api.core.v1.${name}`, property);
const of = (component: string, property: string): ComponentField => ({ component, property });

test.each<{ field: ComponentField; lifecycle: FieldLifecycle }>([
  { field: core('ServiceSpec', 'trafficDistribution'), lifecycle: { since: '1.30' } },
  { field: core('ServiceSpec', 'internalTrafficPolicy'), lifecycle: { since: '1.21' } },
  { field: core('ServiceSpec', 'ipFamily'), lifecycle: { removed: '1.20' } },
  { field: core('ServiceSpec', 'topologyKeys'), lifecycle: { removed: '1.22' } },
  { field: core('PodSpec', 'hostUsers'), lifecycle: { since: '1.25' } },
  { field: core('PodSpec', 'os'), lifecycle: { since: '1.23' } },
  { field: core('PodSpec', 'schedulingGates'), lifecycle: { since: '1.26' } },
  { field: core('PodSpec', 'resources'), lifecycle: { since: '1.32' } },
  { field: core('PodSpec', 'hostnameOverride'), lifecycle: { since: '1.34' } },
  { field: core('PodSpec', 'workloadRef'), lifecycle: { since: '1.35', removed: '1.36' } },
  { field: core('PodSecurityContext', 'appArmorProfile'), lifecycle: { since: '1.30' } },
  { field: core('PodSecurityContext', 'supplementalGroupsPolicy'), lifecycle: { since: '1.31' } },
  { field: core('Container', 'restartPolicy'), lifecycle: { since: '1.28' } },
  { field: core('Container', 'resizePolicy'), lifecycle: { since: '1.27' } },
  { field: core('LifecycleHandler', 'sleep'), lifecycle: { since: '1.29' } },
  { field: core('Lifecycle', 'stopSignal'), lifecycle: { since: '1.33' } },
  { field: core('ResourceRequirements', 'claims'), lifecycle: { since: '1.26' } },
  { field: core('PodResourceClaim', 'source'), lifecycle: { removed: '1.31' } },
  { field: core('TopologySpreadConstraint', 'minDomains'), lifecycle: { since: '1.24' } },
  { field: core('PodAffinityTerm', 'matchLabelKeys'), lifecycle: { since: '1.29' } },
  { field: core('PersistentVolumeClaimSpec', 'volumeAttributesClassName'), lifecycle: { since: '1.29' } },
  { field: core('PersistentVolumeClaimSpec', 'dataSourceRef'), lifecycle: { since: '1.22' } },
  { field: of('io.k8s.api.batch.v1.JobSpec', 'podFailurePolicy'), lifecycle: { since: '1.25' } },
  { field: of('io.k8s.api.batch.v1.JobSpec', 'podReplacementPolicy'), lifecycle: { since: '1.28' } },
  { field: of('io.k8s.api.batch.v1.JobSpec', 'managedBy'), lifecycle: { since: '1.30' } },
  { field: of('io.k8s.api.batch.v1.CronJobSpec', 'timeZone'), lifecycle: { since: '1.24' } },
  { field: of('io.k8s.api.apps.v1.StatefulSetSpec', 'ordinals'), lifecycle: { since: '1.26' } },
  { field: of('io.k8s.api.apps.v1.DeploymentStatus', 'terminatingReplicas'), lifecycle: { since: '1.33' } },
  { field: of('io.k8s.api.autoscaling.v2.HPAScalingRules', 'tolerance'), lifecycle: { since: '1.33' } },
  {
    field: of('io.k8s.api.policy.v1.PodDisruptionBudgetSpec', 'unhealthyPodEvictionPolicy'),
    lifecycle: { since: '1.26' },
  },
  {
    field: of('io.k8s.api.networking.v1.NetworkPolicy', 'status'),
    lifecycle: { since: '1.24', removed: '1.28' },
  },
  {
    field: of('io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta', 'clusterName'),
    lifecycle: { removed: '1.25' },
  },
  {
    field: of(
      'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionVersion',
      'selectableFields',
    ),
    lifecycle: { since: '1.30' },
  },
  {
    field: of('io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ValidationRule', 'optionalOldSelf'),
    lifecycle: { since: '1.29' },
  },
])('$field.component $field.property: $lifecycle', ({ field, lifecycle }) => {
  expect(fieldLifecycle(field)).toEqual(lifecycle);
});

test.each<{ rule: string; field: ComponentField; lifecycle: FieldLifecycle | undefined }>([
  {
    rule: 'a field of an inlined struct belongs to the component that inlines it',
    field: core('Probe', 'grpc'),
    lifecycle: { since: '1.23' },
  },
  { rule: 'so do those of volumes', field: core('Volume', 'image'), lifecycle: { since: '1.31' } },
  {
    rule: 'and those of ephemeral containers, two structs deep',
    field: core('EphemeralContainer', 'restartPolicy'),
    lifecycle: { since: '1.28' },
  },
  {
    rule: 'a field that moved into an inlined struct keeps its age',
    field: core('Probe', 'httpGet'),
    lifecycle: undefined,
  },
  { rule: 'a field as old as the table is not dated', field: core('PodSpec', 'containers'), lifecycle: undefined },
  {
    rule: 'a field as old as its component is not dated',
    field: of('io.k8s.api.batch.v1.PodFailurePolicy', 'rules'),
    lifecycle: undefined,
  },
  {
    rule: 'a version that was not served when the field came does not have it',
    field: of('io.k8s.api.policy.v1beta1.PodDisruptionBudgetSpec', 'unhealthyPodEvictionPolicy'),
    lifecycle: undefined,
  },
  { rule: 'a misspelled field is unknown', field: core('PodSpec', 'hostUser'), lifecycle: undefined },
  { rule: 'fields are told apart by case', field: core('PodSpec', 'hostusers'), lifecycle: undefined },
  { rule: 'components are told apart by case', field: core('podSpec', 'hostUsers'), lifecycle: undefined },
  {
    rule: 'a custom resource has no dates',
    field: of('com.example.v1.PodSpec', 'hostUsers'),
    lifecycle: undefined,
  },
  {
    rule: 'a dot in a property does not reach below',
    field: core('PersistentVolumeClaimSpec', 'dataSourceRef.namespace'),
    lifecycle: undefined,
  },
  { rule: 'a property that looks like a row is unknown', field: core('PodSpec', 'os 1.23'), lifecycle: undefined },
  { rule: 'an empty property is unknown', field: core('PodSpec', ''), lifecycle: undefined },
  { rule: 'an empty component is unknown', field: of('', 'hostUsers'), lifecycle: undefined },
  { rule: 'names of object members are not components', field: core('constructor', 'name'), lifecycle: undefined },
  { rule: 'nor are they packages', field: of('__proto__.constructor', 'name'), lifecycle: undefined },
  { rule: 'nor properties', field: core('PodSpec', 'constructor'), lifecycle: undefined },
])('$rule', ({ field, lifecycle }) => {
  expect(fieldLifecycle(field)).toEqual(lifecycle);
});

const claimSpec = (property: string): ComponentField => core('PersistentVolumeClaimSpec', property);

test.each<{ rule: string; field: ComponentField; parent: ComponentField; lifecycle: FieldLifecycle | undefined }>([
  {
    rule: 'below a field whose component changed, the place decides: as a newer cluster has it',
    field: core('TypedObjectReference', 'namespace'),
    parent: claimSpec('dataSourceRef'),
    lifecycle: { since: '1.26' },
  },
  {
    rule: 'as an older cluster has it',
    field: core('TypedLocalObjectReference', 'namespace'),
    parent: claimSpec('dataSourceRef'),
    lifecycle: { since: '1.26' },
  },
  {
    rule: 'the same component elsewhere is not dated by it',
    field: core('TypedLocalObjectReference', 'namespace'),
    parent: claimSpec('dataSource'),
    lifecycle: undefined,
  },
  {
    rule: 'a component may have lost a field in one place only',
    field: core('ResourceRequirements', 'claims'),
    parent: claimSpec('resources'),
    lifecycle: { since: '1.26', removed: '1.29' },
  },
  {
    rule: 'and keeps it in the others',
    field: core('ResourceRequirements', 'claims'),
    parent: core('Container', 'resources'),
    lifecycle: { since: '1.26' },
  },
  {
    rule: 'elsewhere the component decides',
    field: core('PodSpec', 'hostUsers'),
    parent: core('PodTemplateSpec', 'spec'),
    lifecycle: { since: '1.25' },
  },
])('$rule', ({ field, parent, lifecycle }) => {
  expect(fieldLifecycle(field, parent)).toEqual(lifecycle);
});

test('every row reads back, between the first release that is read and the last', () => {
  const minor = (release: string): number => {
    expect(release).toMatch(/^1\.[0-9]+$/);
    return Number(release.slice(2));
  };
  const rows = Object.entries(fields).flatMap(([goPackage, components]) =>
    Object.entries(components).flatMap(([name, row]) =>
      row
        .split(', ')
        .map((text) => ({ component: `${goPackage}.${name}`, path: (text.split(' ')[0] ?? '').split('.') })),
    ),
  );
  for (const { component, path } of rows) {
    const [first = '', second] = path;
    const lifecycle =
      second === undefined
        ? fieldLifecycle({ component, property: first })
        : fieldLifecycle({ component: 'any', property: second }, { component, property: first });
    const { since, removed } = lifecycle ?? {};
    expect([since, removed], `${component}.${path.join('.')}`).not.toEqual([undefined, undefined]);
    const minors = [19, minor(since ?? '1.20'), minor(removed ?? lastRelease)];
    expect(minors, `${component}.${path.join('.')}`).toEqual(minors.toSorted((a, b) => a - b));
    expect(minor(removed ?? lastRelease)).toBeLessThanOrEqual(minor(lastRelease));
  }
  expect(rows.length).toBeGreaterThan(250);
});

test('the last release that the table knows has rows', () => {
  expect(JSON.stringify(fields)).toContain(` ${lastRelease}`);
});
