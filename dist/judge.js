import {
  require_range
} from "./shared-semver.js";
import {
  assertNever,
  compareKubeAwareVersions,
  formatApi,
  formatGroupVersion,
  formatPlace,
  formatRequirement,
  parseGroupVersion
} from "./shared-scanner.js";
import {
  compareReleases,
  formatRelease,
  parseRelease,
  speller
} from "./shared-cluster-inputs.js";
import {
  __commonJS
} from "./shared-runtime.js";

// node_modules/semver/functions/satisfies.js
var require_satisfies = __commonJS({
  "node_modules/semver/functions/satisfies.js"(exports, module) {
    "use strict";
    var Range = require_range();
    var satisfies = (version, range, options) => {
      try {
        range = new Range(range, options);
      } catch (er) {
        return false;
      }
      return range.test(version);
    };
    module.exports = satisfies;
  }
});

// src/verdict/explain-gap.ts
function describeGap(gap) {
  const said = gap.message === "" ? "" : ` (${gap.message.replace(/\s+/g, " ").replace(/\.$/, "")})`;
  return `${placeOf(gap)} ${describeReason(gap)}${said}`;
}
function placeOf(gap) {
  return gap.kind === "endpoint" ? gap.endpoint : gap.groupVersion;
}
function describeReason({ reason }) {
  switch (reason) {
    case "stale":
      return "is registered, but its backend does not answer";
    case "forbidden":
      return "is forbidden to this user";
    case "not-found":
      return "was not found";
    case "unavailable":
      return "could not be asked";
    case "invalid":
      return "answered with something else than discovery";
    default:
      return assertNever(reason);
  }
}
function adviceOnGap(gap) {
  switch (gap.reason) {
    case "forbidden":
      return "Grant discovery to the user of this job: kubectl create clusterrolebinding kube-api-gate --clusterrole=system:discovery --user=NAME (or --serviceaccount=NAMESPACE:NAME).";
    case "stale":
    case "unavailable":
      return gap.kind === "group-version" ? adviceOnBackend(gap.groupVersion) : adviceOnEndpoint(gap.endpoint);
    case "not-found":
      return gap.kind === "group-version" ? adviceOnBackend(gap.groupVersion) : `Check that the URL of the server, its path included, leads to a Kubernetes API server: kubectl get --raw ${gap.endpoint} should answer.`;
    case "invalid":
      return gap.kind === "group-version" ? adviceOnBackend(gap.groupVersion) : `Check what stands between the runner and the API server (a proxy, a sign-in page): kubectl get --raw ${gap.endpoint} shows what answers.`;
    default:
      return assertNever(gap.reason);
  }
}
function adviceOnBackend(groupVersion) {
  const { group, version } = parseGroupVersion(groupVersion) ?? { group: "", version: "" };
  if (group === "") return adviceOnEndpoint(`/api/${version}`);
  return `kubectl get apiservice ${version}.${group} -o yaml says why; mend its backend, or delete the APIService if nothing needs it.`;
}
function adviceOnEndpoint(path) {
  return `Look at the API server: kubectl get --raw ${path}, and kubectl get --raw '/readyz?verbose'. If it only needs time, set wait.`;
}

// src/verdict/gap-warnings.ts
var MOST_ALONE = 5;
function warnOfGaps(gaps, cluster) {
  const alike = Map.groupBy(gaps, (gap) => gap.kind === "endpoint" ? gap.endpoint : gap.reason);
  return [...alike.values()].flatMap(
    (some) => some.length > MOST_ALONE ? [{ message: `${cluster}: ${describeMany(some)}` }] : some.map((gap) => ({
      message: `${cluster}: ${describeGap(gap)}; no requirement depends on it. ${adviceOnGap(gap)}`
    }))
  );
}
function describeMany(gaps) {
  const names = gaps.flatMap((gap) => gap.kind === "group-version" ? [gap.groupVersion] : []);
  const listed = `${names.slice(0, MOST_ALONE).join(", ")} and ${names.length - MOST_ALONE} more`;
  const example = gaps.slice(0, 1).map((gap) => ` The first: ${describeGap(gap)}. ${adviceOnGap(gap)}`);
  return `nothing is known of ${names.length} group-versions (${listed}); no requirement depends on them.${example.join("")}`;
}

// src/lifecycle/table.generated.ts
var table = {
  "v1/Binding": "1.0",
  "v1/ConfigMap": "1.2",
  "v1/Endpoints": "1.0",
  "v1/Event": "1.0",
  "v1/LimitRange": "1.0",
  "v1/Namespace": "1.0",
  "v1/Node": "1.0",
  "v1/NodeProxyOptions": "1.2",
  "v1/PersistentVolume": "1.0",
  "v1/PersistentVolumeClaim": "1.0",
  "v1/Pod": "1.0",
  "v1/PodAttachOptions": "1.1",
  "v1/PodExecOptions": "1.0",
  "v1/PodLogOptions": "1.0",
  "v1/PodPortForwardOptions": "1.6",
  "v1/PodProxyOptions": "1.0",
  "v1/PodStatusResult": "1.0 - 1.37",
  "v1/PodTemplate": "1.0",
  "v1/RangeAllocation": "1.0",
  "v1/ReplicationController": "1.0",
  "v1/ResourceQuota": "1.0",
  "v1/Secret": "1.0",
  "v1/SerializedReference": "1.0",
  "v1/Service": "1.0",
  "v1/ServiceAccount": "1.0",
  "v1/ServiceProxyOptions": "1.2",
  "admission.k8s.io/v1/AdmissionReview": "1.19",
  "admission.k8s.io/v1beta1/AdmissionReview": "1.9 1.19 1.22 admission.k8s.io/v1/AdmissionReview",
  "admissionregistration.k8s.io/v1/MutatingAdmissionPolicy": "1.36",
  "admissionregistration.k8s.io/v1/MutatingAdmissionPolicyBinding": "1.36",
  "admissionregistration.k8s.io/v1/MutatingWebhookConfiguration": "1.16",
  "admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy": "1.30",
  "admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding": "1.30",
  "admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration": "1.16",
  "admissionregistration.k8s.io/v1alpha1/MutatingAdmissionPolicy": "1.32 1.35 1.38",
  "admissionregistration.k8s.io/v1alpha1/MutatingAdmissionPolicyBinding": "1.32 1.35 1.38",
  "admissionregistration.k8s.io/v1alpha1/ValidatingAdmissionPolicy": "1.26 1.29 1.32",
  "admissionregistration.k8s.io/v1alpha1/ValidatingAdmissionPolicyBinding": "1.26 1.29 1.32",
  "admissionregistration.k8s.io/v1beta1/MutatingAdmissionPolicy": "1.34 1.37 1.40 admissionregistration.k8s.io/v1/MutatingAdmissionPolicy",
  "admissionregistration.k8s.io/v1beta1/MutatingAdmissionPolicyBinding": "1.34 1.37 1.40 admissionregistration.k8s.io/v1/MutatingAdmissionPolicyBinding",
  "admissionregistration.k8s.io/v1beta1/MutatingWebhookConfiguration": "1.9 1.16 1.22 admissionregistration.k8s.io/v1/MutatingWebhookConfiguration",
  "admissionregistration.k8s.io/v1beta1/ValidatingAdmissionPolicy": "1.28 1.31 1.34",
  "admissionregistration.k8s.io/v1beta1/ValidatingAdmissionPolicyBinding": "1.28 1.31 1.34",
  "admissionregistration.k8s.io/v1beta1/ValidatingWebhookConfiguration": "1.9 1.16 1.22 admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration",
  "apidiscovery.k8s.io/v2/APIGroupDiscovery": "1.30",
  "apidiscovery.k8s.io/v2beta1/APIGroupDiscovery": "1.26 1.32 1.35",
  "apiextensions.k8s.io/v1/ConversionReview": "1.16",
  "apiextensions.k8s.io/v1/CustomResourceDefinition": "1.16",
  "apiextensions.k8s.io/v1beta1/ConversionReview": "1.13 1.19 1.22 apiextensions.k8s.io/v1/ConversionReview",
  "apiextensions.k8s.io/v1beta1/CustomResourceDefinition": "1.7 1.16 1.22 apiextensions.k8s.io/v1/CustomResourceDefinition",
  "apiregistration.k8s.io/v1/APIService": "1.10",
  "apiregistration.k8s.io/v1beta1/APIService": "1.7 1.19 1.22 apiregistration.k8s.io/v1/APIService",
  "apps/v1/ControllerRevision": "1.9",
  "apps/v1/DaemonSet": "1.9",
  "apps/v1/Deployment": "1.9",
  "apps/v1/ReplicaSet": "1.9",
  "apps/v1/StatefulSet": "1.9",
  "apps/v1beta1/ControllerRevision": "1.7 1.8 1.16 apps/v1/ControllerRevision",
  "apps/v1beta1/Deployment": "1.6 1.8 1.16 apps/v1/Deployment",
  "apps/v1beta1/DeploymentRollback": "1.6 1.8 1.16 apps/v1/DeploymentRollback",
  "apps/v1beta1/Scale": "1.6 1.8 1.16 autoscaling/v1/Scale",
  "apps/v1beta1/StatefulSet": "1.5 1.8 1.16 apps/v1/StatefulSet",
  "apps/v1beta2/ControllerRevision": "1.8 1.9 1.16 apps/v1/ControllerRevision",
  "apps/v1beta2/DaemonSet": "1.8 1.9 1.16 apps/v1/DaemonSet",
  "apps/v1beta2/Deployment": "1.8 1.9 1.16 apps/v1/Deployment",
  "apps/v1beta2/ReplicaSet": "1.8 1.9 1.16 apps/v1/ReplicaSet",
  "apps/v1beta2/Scale": "1.8 1.9 1.16 autoscaling/v1/Scale",
  "apps/v1beta2/StatefulSet": "1.8 1.9 1.16 apps/v1/StatefulSet",
  "authentication.k8s.io/v1/SelfSubjectReview": "1.28",
  "authentication.k8s.io/v1/TokenRequest": "1.10",
  "authentication.k8s.io/v1/TokenReview": "1.6",
  "authentication.k8s.io/v1alpha1/SelfSubjectReview": "1.26 1.29 1.32",
  "authentication.k8s.io/v1beta1/SelfSubjectReview": "1.27 1.30 1.33",
  "authentication.k8s.io/v1beta1/TokenReview": "1.4 1.19 1.22 authentication.k8s.io/v1/TokenReview",
  "authorization.k8s.io/v1/LocalSubjectAccessReview": "1.19",
  "authorization.k8s.io/v1/SelfSubjectAccessReview": "1.19",
  "authorization.k8s.io/v1/SelfSubjectRulesReview": "1.19",
  "authorization.k8s.io/v1/SubjectAccessReview": "1.6",
  "authorization.k8s.io/v1beta1/LocalSubjectAccessReview": "1.2 1.19 1.22 authorization.k8s.io/v1/LocalSubjectAccessReview",
  "authorization.k8s.io/v1beta1/SelfSubjectAccessReview": "1.2 1.19 1.22 authorization.k8s.io/v1/SelfSubjectAccessReview",
  "authorization.k8s.io/v1beta1/SelfSubjectRulesReview": "1.8 1.19 1.22 authorization.k8s.io/v1/SelfSubjectRulesReview",
  "authorization.k8s.io/v1beta1/SubjectAccessReview": "1.2 1.19 1.22 authorization.k8s.io/v1/SubjectAccessReview",
  "autoscaling/v1/HorizontalPodAutoscaler": "1.2",
  "autoscaling/v1/Scale": "1.2",
  "autoscaling/v2/HorizontalPodAutoscaler": "1.23",
  "autoscaling/v2beta1/HorizontalPodAutoscaler": "1.8 1.22 1.25 autoscaling/v2/HorizontalPodAutoscaler",
  "autoscaling/v2beta2/HorizontalPodAutoscaler": "1.12 1.23 1.26 autoscaling/v2/HorizontalPodAutoscaler",
  "batch/v1/CronJob": "1.21",
  "batch/v1/Job": "1.2",
  "batch/v1beta1/CronJob": "1.8 1.21 1.25 batch/v1/CronJob",
  "batch/v1beta1/JobTemplate": "1.8 1.22 1.25",
  "certificates.k8s.io/v1/CertificateSigningRequest": "1.19",
  "certificates.k8s.io/v1/ClusterTrustBundle": "1.37",
  "certificates.k8s.io/v1/PodCertificateRequest": "1.37",
  "certificates.k8s.io/v1alpha1/ClusterTrustBundle": "1.26 1.34 1.37",
  "certificates.k8s.io/v1alpha1/PodCertificateRequest": "1.34 - 1.35",
  "certificates.k8s.io/v1beta1/CertificateSigningRequest": "1.12 1.19 1.22 certificates.k8s.io/v1/CertificateSigningRequest",
  "certificates.k8s.io/v1beta1/ClusterTrustBundle": "1.33 1.37 1.40 certificates.k8s.io/v1/ClusterTrustBundle",
  "certificates.k8s.io/v1beta1/PodCertificateRequest": "1.35 1.37 1.40 certificates.k8s.io/v1/PodCertificateRequest",
  "coordination.k8s.io/v1/Lease": "1.14",
  "coordination.k8s.io/v1alpha1/LeaseCandidate": "1.31 - 1.32",
  "coordination.k8s.io/v1alpha2/LeaseCandidate": "1.32 1.35 1.38",
  "coordination.k8s.io/v1beta1/Lease": "1.12 1.19 1.22 coordination.k8s.io/v1/Lease",
  "coordination.k8s.io/v1beta1/LeaseCandidate": "1.33 1.36 1.39",
  "discovery.k8s.io/v1/EndpointSlice": "1.21",
  "discovery.k8s.io/v1beta1/EndpointSlice": "1.16 1.21 1.25 discovery.k8s.io/v1/EndpointSlice",
  "events.k8s.io/v1/Event": "1.19",
  "events.k8s.io/v1beta1/Event": "1.8 1.22 1.25",
  "extensions/v1beta1/DaemonSet": "1.1 1.8 1.16 apps/v1/DaemonSet",
  "extensions/v1beta1/Deployment": "1.1 1.8 1.16 apps/v1/Deployment",
  "extensions/v1beta1/DeploymentRollback": "1.2 1.8 1.16",
  "extensions/v1beta1/Ingress": "1.1 1.14 1.22 networking.k8s.io/v1/Ingress",
  "extensions/v1beta1/NetworkPolicy": "1.3 1.9 1.16 networking.k8s.io/v1/NetworkPolicy",
  "extensions/v1beta1/PodSecurityPolicy": "1.2 1.11 1.16 policy/v1beta1/PodSecurityPolicy",
  "extensions/v1beta1/ReplicaSet": "1.2 1.8 1.16 apps/v1/ReplicaSet",
  "extensions/v1beta1/Scale": "1.1 1.2 1.16",
  "flowcontrol.apiserver.k8s.io/v1/FlowSchema": "1.29",
  "flowcontrol.apiserver.k8s.io/v1/PriorityLevelConfiguration": "1.29",
  "flowcontrol.apiserver.k8s.io/v1alpha1/FlowSchema": "1.18 1.20 1.21 flowcontrol.apiserver.k8s.io/v1beta3/FlowSchema",
  "flowcontrol.apiserver.k8s.io/v1alpha1/PriorityLevelConfiguration": "1.18 1.20 1.21 flowcontrol.apiserver.k8s.io/v1beta3/PriorityLevelConfiguration",
  "flowcontrol.apiserver.k8s.io/v1beta1/FlowSchema": "1.20 1.23 1.26 flowcontrol.apiserver.k8s.io/v1beta3/FlowSchema",
  "flowcontrol.apiserver.k8s.io/v1beta1/PriorityLevelConfiguration": "1.20 1.23 1.26 flowcontrol.apiserver.k8s.io/v1beta3/PriorityLevelConfiguration",
  "flowcontrol.apiserver.k8s.io/v1beta2/FlowSchema": "1.23 1.26 1.29 flowcontrol.apiserver.k8s.io/v1beta3/FlowSchema",
  "flowcontrol.apiserver.k8s.io/v1beta2/PriorityLevelConfiguration": "1.23 1.26 1.29 flowcontrol.apiserver.k8s.io/v1beta3/PriorityLevelConfiguration",
  "flowcontrol.apiserver.k8s.io/v1beta3/FlowSchema": "1.26 1.29 1.32 flowcontrol.apiserver.k8s.io/v1/FlowSchema",
  "flowcontrol.apiserver.k8s.io/v1beta3/PriorityLevelConfiguration": "1.26 1.29 1.32 flowcontrol.apiserver.k8s.io/v1/PriorityLevelConfiguration",
  "lifecycle.k8s.io/v1alpha1/Eviction": "1.37 1.40 1.43",
  "lifecycle.k8s.io/v1alpha1/EvictionRequest": "1.37 1.40 1.43",
  "networking.k8s.io/v1/IPAddress": "1.33",
  "networking.k8s.io/v1/Ingress": "1.19",
  "networking.k8s.io/v1/IngressClass": "1.19",
  "networking.k8s.io/v1/NetworkPolicy": "1.7",
  "networking.k8s.io/v1/ServiceCIDR": "1.33",
  "networking.k8s.io/v1alpha1/ClusterCIDR": "1.25 1.28 1.29",
  "networking.k8s.io/v1alpha1/IPAddress": "1.27 1.30 1.33",
  "networking.k8s.io/v1alpha1/ServiceCIDR": "1.27 1.30 1.33",
  "networking.k8s.io/v1beta1/IPAddress": "1.31 1.34 1.37",
  "networking.k8s.io/v1beta1/Ingress": "1.14 1.19 1.22 networking.k8s.io/v1/Ingress",
  "networking.k8s.io/v1beta1/IngressClass": "1.18 1.19 1.22 networking.k8s.io/v1/IngressClassList",
  "networking.k8s.io/v1beta1/ServiceCIDR": "1.31 1.34 1.37",
  "node.k8s.io/v1/RuntimeClass": "1.20",
  "node.k8s.io/v1beta1/RuntimeClass": "1.13 1.22 1.25",
  "policy/v1/Eviction": "1.22",
  "policy/v1/PodDisruptionBudget": "1.21",
  "policy/v1beta1/Eviction": "1.5 1.22 1.25",
  "policy/v1beta1/PodDisruptionBudget": "1.5 1.21 1.25 policy/v1/PodDisruptionBudget",
  "policy/v1beta1/PodSecurityPolicy": "1.10 1.21 1.25",
  "rbac.authorization.k8s.io/v1/ClusterRole": "1.8",
  "rbac.authorization.k8s.io/v1/ClusterRoleBinding": "1.8",
  "rbac.authorization.k8s.io/v1/Role": "1.8",
  "rbac.authorization.k8s.io/v1/RoleBinding": "1.8",
  "rbac.authorization.k8s.io/v1beta1/ClusterRole": "1.6 1.17 1.22 rbac.authorization.k8s.io/v1/ClusterRole",
  "rbac.authorization.k8s.io/v1beta1/ClusterRoleBinding": "1.6 1.17 1.22 rbac.authorization.k8s.io/v1/ClusterRoleBinding",
  "rbac.authorization.k8s.io/v1beta1/Role": "1.6 1.17 1.22 rbac.authorization.k8s.io/v1/Role",
  "rbac.authorization.k8s.io/v1beta1/RoleBinding": "1.6 1.17 1.22 rbac.authorization.k8s.io/v1/RoleBinding",
  "resource.k8s.io/v1/DeviceClass": "1.34",
  "resource.k8s.io/v1/DeviceTaintRule": "1.37",
  "resource.k8s.io/v1/ResourceClaim": "1.34",
  "resource.k8s.io/v1/ResourceClaimTemplate": "1.34",
  "resource.k8s.io/v1/ResourceSlice": "1.34",
  "resource.k8s.io/v1alpha3/DeviceClass": "1.31 1.34 1.34 resource.k8s.io/v1beta1/DeviceClass",
  "resource.k8s.io/v1alpha3/DeviceTaintRule": "1.33 1.36 1.39",
  "resource.k8s.io/v1alpha3/ResourceClaim": "1.31 1.34 1.34 resource.k8s.io/v1beta1/ResourceClaim",
  "resource.k8s.io/v1alpha3/ResourceClaimTemplate": "1.31 1.34 1.34 resource.k8s.io/v1beta1/ResourceClaimTemplate",
  "resource.k8s.io/v1alpha3/ResourcePoolStatusRequest": "1.36 1.39 1.42",
  "resource.k8s.io/v1alpha3/ResourceSlice": "1.31 1.34 1.34 resource.k8s.io/v1beta1/ResourceSlice",
  "resource.k8s.io/v1beta1/DeviceClass": "1.32 1.35 1.38",
  "resource.k8s.io/v1beta1/ResourceClaim": "1.32 1.35 1.38",
  "resource.k8s.io/v1beta1/ResourceClaimTemplate": "1.32 1.35 1.38",
  "resource.k8s.io/v1beta1/ResourceSlice": "1.32 1.35 1.38",
  "resource.k8s.io/v1beta2/DeviceClass": "1.33 1.36 1.39",
  "resource.k8s.io/v1beta2/DeviceTaintRule": "1.36 1.39 1.42",
  "resource.k8s.io/v1beta2/ResourceClaim": "1.33 1.36 1.39",
  "resource.k8s.io/v1beta2/ResourceClaimTemplate": "1.33 1.36 1.39",
  "resource.k8s.io/v1beta2/ResourceSlice": "1.33 1.36 1.39",
  "scheduling.k8s.io/v1/PriorityClass": "1.14",
  "scheduling.k8s.io/v1beta1/PodGroup": "1.37 1.40 1.43",
  "scheduling.k8s.io/v1beta1/PriorityClass": "1.11 1.14 1.22 scheduling.k8s.io/v1/PriorityClass",
  "scheduling.k8s.io/v1beta1/Workload": "1.37 1.40 1.43",
  "storage.k8s.io/v1/CSIDriver": "1.18",
  "storage.k8s.io/v1/CSINode": "1.17",
  "storage.k8s.io/v1/CSIStorageCapacity": "1.24",
  "storage.k8s.io/v1/StorageClass": "1.6",
  "storage.k8s.io/v1/VolumeAttachment": "1.13",
  "storage.k8s.io/v1/VolumeAttributesClass": "1.34",
  "storage.k8s.io/v1alpha1/CSIStorageCapacity": "1.19 1.21 1.24 storage.k8s.io/v1beta1/CSIStorageCapacity",
  "storage.k8s.io/v1alpha1/VolumeAttachment": "1.9 1.21 1.24 storage.k8s.io/v1/VolumeAttachment",
  "storage.k8s.io/v1alpha1/VolumeAttributesClass": "1.29 1.32 1.35 storage.k8s.io/v1/VolumeAttributesClass",
  "storage.k8s.io/v1beta1/CSIDriver": "1.14 1.19 1.22 storage.k8s.io/v1/CSIDriver",
  "storage.k8s.io/v1beta1/CSINode": "1.14 1.17 1.22 storage.k8s.io/v1/CSINode",
  "storage.k8s.io/v1beta1/CSIStorageCapacity": "1.21 1.24 1.27 storage.k8s.io/v1/CSIStorageCapacity",
  "storage.k8s.io/v1beta1/StorageClass": "1.4 1.19 1.22 storage.k8s.io/v1/StorageClass",
  "storage.k8s.io/v1beta1/VolumeAttachment": "1.10 1.19 1.22 storage.k8s.io/v1/VolumeAttachment",
  "storage.k8s.io/v1beta1/VolumeAttributesClass": "1.31 1.34 1.37 storage.k8s.io/v1/VolumeAttributesClass",
  "storagemigration.k8s.io/v1/StorageVersionMigration": "1.37",
  "storagemigration.k8s.io/v1alpha1/StorageVersionMigration": "1.30 1.33 1.35",
  "storagemigration.k8s.io/v1beta1/StorageVersionMigration": "1.35 1.37 1.40 storagemigration.k8s.io/v1/StorageVersionMigration"
};

// src/lifecycle/lifecycle.ts
function lifecycleOf(group, version, kind) {
  const name = `${formatGroupVersion({ group, version })}/${kind}`;
  const row = Object.hasOwn(table, name) ? table[name] : void 0;
  if (row === void 0) return void 0;
  const [introduced = "", deprecated, removed, replacement] = row.split(" ").map((cell) => cell === "-" ? void 0 : cell);
  const successor = replacement === void 0 ? void 0 : parseName(replacement);
  return {
    introduced,
    ...deprecated !== void 0 && { deprecated },
    ...removed !== void 0 && { removed },
    ...successor !== void 0 && { replacement: successor }
  };
}
function successorsOf(group, version, kind) {
  const successors = [];
  for (let next = lifecycleOf(group, version, kind)?.replacement; next !== void 0 && !successors.some((known) => isSame(known, next)); next = lifecycleOf(next.group, next.version, next.kind)?.replacement) {
    successors.push(next);
  }
  return successors;
}
function isSame(left, right) {
  return left.group === right?.group && left.version === right.version && left.kind === right.kind;
}
function parseName(name) {
  const slash = name.lastIndexOf("/");
  const groupVersion = parseGroupVersion(name.slice(0, slash));
  return groupVersion && { ...groupVersion, kind: name.slice(slash + 1) };
}

// src/verdict/server-release.ts
function releaseOf({ gitVersion, major, minor }) {
  return parseRelease(gitVersion) ?? parseRelease(`${major}.${minor}`);
}
function hasReached(release, since) {
  const from = parseRelease(since);
  return from !== void 0 && compareReleases(release, from) >= 0;
}

// src/verdict/replacement.ts
function replacementOf(type, served, target) {
  const named = successorsOf(type.group, type.version, type.kind);
  const newer = served.groupVersionsOfKind(type.kind).filter(({ group, version }) => group === type.group && compareKubeAwareVersions(version, type.version) < 0).map((groupVersion) => ({ ...groupVersion, kind: type.kind }));
  const lasting = [...named, ...newer].filter((name) => target === void 0 || !isRemovedBy(name, target));
  const usable = lasting.find((name) => served.resources(name)?.byKind.has(name.kind));
  if (usable !== void 0) return { name: usable, served: true };
  const last = lasting.at(-1);
  return last && { name: last, served: false };
}
function describeReplacement({ name, served }) {
  return `${formatType(name)}, which this cluster ${served ? "serves" : "does not serve"}`;
}
function formatType(name) {
  return `${formatGroupVersion(name)} ${name.kind}`;
}
function isRemovedBy({ group, version, kind }, target) {
  const removed = lifecycleOf(group, version, kind)?.removed;
  return removed !== void 0 && hasReached(target, removed);
}

// src/verdict/served-apis.ts
function indexSnapshot(snapshot) {
  const groups = new Map(snapshot.groups.map((group) => [group.name, group]));
  const indexed = /* @__PURE__ */ new Map();
  const resources = (groupVersion) => {
    const version = groups.get(groupVersion.group)?.versions.find((served) => served.version === groupVersion.version);
    if (version === void 0) return void 0;
    const known = indexed.get(version) ?? indexResources(groupVersion, version.resources);
    indexed.set(version, known);
    return known;
  };
  const byKind = once(() => whereServed(snapshot, (resource) => isWhole(resource) ? resource.kind : void 0));
  const byName = once(() => whereServed(snapshot, ({ name }) => name));
  return {
    version: snapshot.version,
    gaps: snapshot.gaps,
    groups: snapshot.groups,
    group: (name) => groups.get(name),
    resources,
    groupVersionsOfKind: (kind) => byKind().get(kind) ?? [],
    kinds: once(() => [...byKind().keys()]),
    groupVersionsOfResource: (name) => byName().get(name) ?? [],
    ...indexGaps(snapshot.gaps)
  };
}
function indexResources(groupVersion, all2) {
  return {
    groupVersion,
    all: all2,
    byName: new Map(all2.map((resource) => [resource.name, resource])),
    byKind: Map.groupBy(all2, ({ kind }) => kind),
    plurals: once(() => new Map(all2.filter(isWhole).map((resource) => [singularOf(resource), resource.name])))
  };
}
function isWhole({ name }) {
  return !name.includes("/");
}
function singularOf({ singularName, kind }) {
  return singularName === "" ? kind.toLowerCase() : singularName;
}
function whereServed({ groups }, keyOf) {
  const places = /* @__PURE__ */ new Map();
  for (const { name: group, versions } of groups) {
    for (const { version, resources } of versions) {
      for (const key of new Set(resources.map(keyOf))) {
        if (key === void 0) continue;
        const known = places.get(key);
        if (known === void 0) places.set(key, [{ group, version }]);
        else known.push({ group, version });
      }
    }
  }
  return places;
}
function indexGaps(gaps) {
  const at = (endpoint) => gaps.filter((gap) => gap.kind === "endpoint" && gap.endpoint === endpoint);
  const core = at("/api");
  const others = at("/apis");
  const byGroup = Map.groupBy(
    gaps.filter((gap) => gap.kind === "group-version"),
    ({ groupVersion }) => groupVersion.slice(0, Math.max(0, groupVersion.indexOf("/")))
  );
  return {
    versionGaps: at("/version"),
    gapsOver: (group, version) => {
      const own = byGroup.get(group) ?? [];
      const covering = version === void 0 ? own : own.filter(({ groupVersion }) => groupVersion === formatGroupVersion({ group, version }));
      return [...covering, ...group === "" ? core : others];
    }
  };
}
function once(compute) {
  let known;
  return () => {
    known ??= { value: compute() };
    return known.value;
  };
}

// src/verdict/history.ts
function historyOf(api, served) {
  const type = typeOf(api, served);
  if (type === void 0) return historyElsewhere(api, served);
  const { introduced, removed } = type.lifecycle;
  const release = served.version && releaseOf(served.version);
  const subject = api.kind === "kind" ? "it" : `its ${type.name.kind}`;
  if (removed !== void 0 && isGone(removed, served)) {
    return { found: `Kubernetes removed ${subject} in ${removed}.`, ...wayOut(type.name, served) };
  }
  if (release !== void 0 && !hasReached(release, introduced)) {
    return {
      found: `Kubernetes serves ${subject} from ${introduced} on, and this server is ${served.version?.gitVersion}.`,
      advice: `Upgrade the cluster to ${introduced} or newer, or use an API that it serves.`
    };
  }
  if (!/alpha|beta/.test(type.name.version)) return void 0;
  const groupVersion = formatGroupVersion(type.name);
  return {
    found: `Kubernetes has ${subject} since ${introduced}, as an API that may have to be switched on.`,
    advice: `Start the API server with --runtime-config=${groupVersion}=true, or use a stable version.`
  };
}
function isGone(removed, { version }) {
  const release = version && releaseOf(version);
  return release === void 0 || hasReached(release, removed);
}
var VERSIONS = [
  "v1",
  "v2",
  "v1beta1",
  "v1beta2",
  "v2beta1",
  "v2beta2",
  "v1alpha1",
  "v1alpha2",
  "v1alpha3",
  "v2alpha1"
];
function historyElsewhere(api, served) {
  if (api.kind !== "kind") return void 0;
  const types = VERSIONS.flatMap((version) => knownType({ ...api.groupVersion, version, kind: api.name }));
  const last = longest(types);
  const removed = last?.lifecycle.removed;
  if (last === void 0 || removed === void 0 || !isGone(removed, served)) return void 0;
  return {
    found: `Kubernetes had it in ${formatGroupVersion(last.name)}, and removed it in ${removed}.`,
    ...wayOut(last.name, served)
  };
}
function wayOut(name, served) {
  const replacement = replacementOf(name, served, void 0);
  return replacement === void 0 ? { advice: "Nothing replaces it: do without." } : { replacement, advice: `Use ${describeReplacement(replacement)}.` };
}
function typeOf(api, served) {
  if (api.kind !== "kind" && api.kind !== "group-version") return void 0;
  const kinds = api.kind === "kind" ? [api.name] : kindsThatMayBeIn(api.groupVersion, served);
  return longest(kinds.flatMap((kind) => knownType({ ...api.groupVersion, kind })));
}
function knownType(name) {
  const lifecycle = lifecycleOf(name.group, name.version, name.kind);
  return lifecycle === void 0 ? [] : [{ name, lifecycle }];
}
function longest(types) {
  return types.toSorted((left, right) => stay(right) - stay(left))[0];
}
function stay({ lifecycle: { removed } }) {
  const { major, minor } = removed !== void 0 && parseRelease(removed) || FOR_EVER;
  return major * 1e3 + minor;
}
var FOR_EVER = { major: 1e3, minor: 0 };
function kindsThatMayBeIn({ group }, served) {
  const own = served.group(group);
  if (own === void 0 && group.includes(".") && !group.endsWith(".k8s.io")) return [];
  if (own === void 0) return served.kinds();
  return [...new Set(own.versions.flatMap(({ resources }) => resources.filter(isWhole).map(({ kind }) => kind)))];
}

// src/verdict/naming.ts
function nameOf(api) {
  if (api.kind === "group") return api.group;
  const verbs = "verbs" in api ? api.verbs : [];
  return verbs.length === 0 ? bareNameOf(api) : `${bareNameOf(api)} with ${verbsInWords(verbs)}`;
}
function bareNameOf(api) {
  return formatApi("verbs" in api ? { ...api, verbs: [] } : api);
}
function verbsInWords(verbs) {
  return `${verbs.length === 1 ? "verb" : "verbs"} ${verbs.join(", ")}`;
}
function groupOf(api) {
  if (api.kind === "group") return api.group;
  return "groupVersion" in api ? api.groupVersion.group : "";
}
function groupVersionNameOf(api) {
  return "groupVersion" in api ? formatGroupVersion(api.groupVersion) : "";
}

// src/verdict/explain-absence.ts
function explainAbsence(api, absence, context) {
  switch (absence.kind) {
    case "server-version": {
      const { gitVersion, release } = absence;
      const counted = gitVersion.replace(/^v/, "") === release ? "" : ` (release ${release})`;
      return {
        found: `The server is ${gitVersion}${counted}, which is not in ${api.kind === "server-version" ? api.range : ""}.`,
        advice: "Upgrade the cluster or choose another, or change server-version."
      };
    }
    case "withdrawn":
      return {
        found: `${nameOf(api)}: the CustomResourceDefinition of this change at ${formatPlace(absence.by.place)} ${isOfVersion(api, absence.by) ? "has served: false for this version" : "does not have this version"}.`,
        advice: "Serve it there, or use a version that is served."
      };
    case "verbs": {
      const { name, verbs } = absence.resource;
      const offers = verbs.length === 0 ? "none" : verbs.join(", ");
      return {
        found: `${bareNameOf(api)} is served without the ${verbsInWords(absence.lacking)}; its resource ${name} offers ${offers}.`,
        advice: "Ask for no more than it offers, or for another resource."
      };
    }
    case "subresource-only":
      return {
        found: `${nameOf(api)} is served only through ${absence.resource.name}, a subresource: no object of it can be created.`,
        advice: "Take the object out: a subresource changes only through its parent."
      };
    case "group":
    case "version":
    case "name":
      return explainNotServed(api, absence.kind, context);
    default:
      return assertNever(absence);
  }
}
function isOfVersion(api, by) {
  return "groupVersion" in api && api.groupVersion.version === by.groupVersion.version;
}
var MOST_PLACES = 5;
function explainNotServed(api, level, { served, near }) {
  const history = historyOf(api, served);
  const elsewhere = elsewhereOf(api, served);
  const replacement = history?.replacement && formatGroupVersion(history.replacement.name);
  const others = elsewhere.filter((groupVersion) => groupVersion !== replacement).slice(0, MOST_PLACES);
  const found = [
    whereItEnds(api, level, served),
    ...history === void 0 ? [] : [history.found],
    ...others.length === 0 ? [] : [`This cluster serves ${memberOf(api)} in ${others.join(", ")}.`]
  ];
  const slips = history === void 0 ? near.of(api, level) : [];
  const guess = slips.length > 0 ? `Did you mean ${slips.join(" or ")}?` : void 0;
  return { found: found.join(" "), advice: history?.advice ?? guess ?? adviceWithout(api, level, elsewhere, served) };
}
function whereItEnds(api, level, served) {
  const name = nameOf(api);
  const group = groupOf(api) === "" ? "the core group" : groupOf(api);
  switch (level) {
    case "group":
      if (api.kind === "group") return `No version of ${group} is served.`;
      return `${name} is not served; no version of ${group} is.`;
    case "version": {
      const versions = (served.group(groupOf(api))?.versions ?? []).map(({ version }) => version);
      return `${name} is not served; of ${group}, this cluster serves ${versions.join(", ")}.`;
    }
    case "name":
      return `${name} is not served; ${groupVersionNameOf(api)} is, without such a ${api.kind}.`;
    default:
      return assertNever(level);
  }
}
function memberOf(api) {
  return api.kind === "kind" || api.kind === "resource" ? api.name : "";
}
function elsewhereOf(api, served) {
  if (api.kind !== "kind" && api.kind !== "resource") return [];
  const places = api.kind === "kind" ? served.groupVersionsOfKind(api.name) : served.groupVersionsOfResource(api.name);
  const isForeign = ({ group }) => Number(group !== api.groupVersion.group);
  return places.toSorted((left, right) => isForeign(left) - isForeign(right)).map(formatGroupVersion);
}
function adviceWithout(api, level, elsewhere, served) {
  const group = groupOf(api);
  const [newest2] = served.group(group)?.versions ?? [];
  if (api.kind === "group-version" && newest2 !== void 0) {
    const other = formatGroupVersion({ group, version: newest2.version });
    return `Use ${other}; or, where either will do, require ${other} | ${groupVersionNameOf(api)}.`;
  }
  const [first] = elsewhere;
  if (first !== void 0) return `Use ${first}/${memberOf(api)} if that is what is meant.`;
  if (!group.includes(".") || isBuiltIn(group)) {
    return level === "group" ? "kubectl api-versions lists what this cluster serves." : `kubectl api-resources --api-group=${group === "" ? "''" : group} lists what this cluster serves.`;
  }
  return level === "group" ? `Install what brings ${group} (its CustomResourceDefinitions or its APIService) on this cluster first; if this change brings it, let manifests cover those files.` : `Update what brings ${group} on this cluster; if this change brings it, let manifests cover its CustomResourceDefinition.`;
}
var BUILT_IN = /^(?:admissionregistration|apiextensions|apiregistration|authentication|authorization|certificates|coordination|discovery|events|flowcontrol\.apiserver|internal\.apiserver|networking|node|rbac\.authorization|resource|scheduling|storage|storagemigration)\.k8s\.io$/;
function isBuiltIn(group) {
  return BUILT_IN.test(group);
}

// src/verdict/provided-apis.ts
function indexProvided(provided) {
  const served = provided.filter((api) => api.served);
  const byGroup = Map.groupBy(served, ({ groupVersion }) => groupVersion.group);
  const byGroupVersion = Map.groupBy(served, ({ groupVersion }) => formatGroupVersion(groupVersion));
  const withdrawn = Map.groupBy(
    provided.filter((api) => !api.served),
    ({ groupVersion }) => formatGroupVersion(groupVersion)
  );
  const ofGroup = (group) => provided.filter(({ groupVersion }) => groupVersion.group === group);
  const among = (groups, groupVersion) => groups.get(formatGroupVersion(groupVersion)) ?? [];
  const bringing = (api) => {
    switch (api.kind) {
      case "group":
        return byGroup.get(api.group)?.[0];
      case "group-version":
        return among(byGroupVersion, api.groupVersion)[0];
      case "kind":
      case "resource": {
        const versions = among(byGroupVersion, api.groupVersion);
        return versions.find((own) => isNamed(own, api)) ?? versions.find(isWholeVersion);
      }
      default:
        return void 0;
    }
  };
  return {
    bringing,
    withdrawing: (api) => {
      if (api.kind !== "kind" && api.kind !== "resource") return void 0;
      if (bringing(api) !== void 0) return void 0;
      const own = among(withdrawn, api.groupVersion).find((candidate) => isNamed(candidate, api));
      return own ?? ofGroup(api.groupVersion.group).find((candidate) => isNamed(candidate, api));
    }
  };
}
function isNamed(own, api) {
  return api.kind === "kind" ? own.kind === api.name : own.resource === api.name;
}
function isWholeVersion(own) {
  return own.kind === void 0 && own.resource === void 0;
}

// src/verdict/explain.ts
function explain(api, standing, context) {
  switch (standing.kind) {
    case "served":
      return { found: explainServed(api, standing.resource, context.served) };
    case "provided": {
      const by = isWholeVersion(standing.by) ? "an APIService" : "a CustomResourceDefinition";
      return { found: `${nameOf(api)} is brought by this change itself: ${by} at ${formatPlace(standing.by.place)}.` };
    }
    case "missing":
      return explainAbsence(api, standing.absence, context);
    case "unknown":
      return explainUnknown(api, standing.gaps, context.served);
    default:
      return assertNever(standing);
  }
}
function explainPresence(api, standing) {
  if (standing.kind === "provided") {
    return {
      found: `${nameOf(api)} must not be served, and this change brings it: ${formatPlace(standing.by.place)}.`,
      advice: "Take it out of the change, or drop the requirement."
    };
  }
  return {
    found: `${nameOf(api)} is served, and must not be.`,
    advice: "Take it out of service on this cluster, or drop the requirement."
  };
}
function explainServed(api, resource, served) {
  switch (api.kind) {
    case "server-version":
      return `The server is ${served.version?.gitVersion}, which is in ${api.range}.`;
    case "group": {
      const versions = served.group(api.group)?.versions ?? [];
      return `${api.group} is served in ${versions.map(({ version }) => version).join(", ")}.`;
    }
    case "resource":
      return `${nameOf(api)} is served${resource === void 0 || resource.name === api.name ? "" : `, as ${resource.name}`}.`;
    default:
      return `${nameOf(api)} is served.`;
  }
}
function explainUnknown(api, gaps, { version }) {
  const asked = api.kind === "server-version" ? `its version is in ${api.range}` : `${nameOf(api)} is served`;
  const [first] = gaps;
  if (first !== void 0) {
    return {
      found: `The cluster did not tell whether ${asked}: ${gaps.map(describeGap).join("; ")}.`,
      advice: adviceOnGap(first)
    };
  }
  const said = version === void 0 ? "said no version" : `calls itself ${JSON.stringify(version.gitVersion)}`;
  return { found: `The server ${said}, which does not tell whether ${asked}.` };
}

// called-seldom:semver/functions/satisfies.js
var load = () => require_satisfies();
var satisfies_default = (...given) => load()(...given);

// src/verdict/version-range.ts
var LAST_PATCH = 9999;
function isInRange(version, range) {
  const release = releaseOf(version);
  if (release === void 0) return { kind: "unreadable" };
  const patches = release.patch === void 0 ? [0, LAST_PATCH] : [release.patch];
  const answers = new Set(patches.map((patch) => satisfies_default(formatRelease({ ...release, patch }), range)));
  if (answers.size > 1) return { kind: "unreadable" };
  return { kind: answers.has(true) ? "inside" : "outside", release: formatRelease(release) };
}

// src/verdict/standing.ts
function standingOf(api, served, provided, options) {
  const withdrawnBy = provided.withdrawing(api);
  if (withdrawnBy !== void 0) return { kind: "missing", absence: { kind: "withdrawn", by: withdrawnBy } };
  const standing = clusterStanding(api, served, options);
  if (standing.kind === "served") return standing;
  const by = provided.bringing(api);
  if (by === void 0 || isHeldByBackend(standing) || isWholeVersion(by) && !isUntold(standing)) return standing;
  return { kind: "provided", by };
}
function isHeldByBackend(standing) {
  return standing.kind === "unknown" && standing.gaps.some(
    (gap) => gap.kind === "group-version" && (gap.reason === "stale" || gap.reason === "unavailable")
  );
}
function isUntold(standing) {
  switch (standing.kind) {
    case "missing":
      return standing.absence.kind === "group" || standing.absence.kind === "version";
    case "unknown":
      return standing.gaps.every(({ kind }) => kind === "endpoint");
    default:
      return false;
  }
}
function clusterStanding(api, served, options) {
  switch (api.kind) {
    case "group": {
      const versions = served.group(api.group)?.versions ?? [];
      return versions.length > 0 ? SERVED : absent({ kind: "group" }, served.gapsOver(api.group));
    }
    case "group-version":
      return served.resources(api.groupVersion) === void 0 ? versionAbsent(api, served) : SERVED;
    case "kind":
    case "resource": {
      const resources = served.resources(api.groupVersion);
      if (resources === void 0) return versionAbsent(api, served);
      const standing = api.kind === "kind" ? kindStanding(api, resources, options) : resourceStanding(api, resources);
      const { group, version } = api.groupVersion;
      const partly = served.gapsOver(group, version).filter((gap) => gap.kind === "group-version");
      return standing.kind === "missing" && standing.absence.kind === "name" ? absent({ kind: "name" }, partly) : standing;
    }
    case "server-version":
      return serverVersionStanding(api.range, served);
    default:
      return assertNever(api);
  }
}
var SERVED = { kind: "served" };
function absent(absence, gaps) {
  return gaps.length > 0 ? { kind: "unknown", gaps } : { kind: "missing", absence };
}
function versionAbsent({ groupVersion }, served) {
  const { group, version } = groupVersion;
  const known = (served.group(group)?.versions.length ?? 0) > 0;
  return absent({ kind: known ? "version" : "group" }, served.gapsOver(group, version));
}
function kindStanding({ name, verbs }, { byKind }, { creatable }) {
  const all2 = byKind.get(name) ?? [];
  const whole = all2.filter(isWhole);
  const [subresource] = all2;
  if (subresource === void 0) return { kind: "missing", absence: { kind: "name" } };
  if (whole.length === 0 && creatable) {
    return { kind: "missing", absence: { kind: "subresource-only", resource: subresource } };
  }
  const standing = withVerbs(verbs, whole.length > 0 ? whole : all2);
  return creatable && standing.kind === "served" ? writable(standing) : standing;
}
var WRITING = ["create", "patch", "update"];
function writable(standing) {
  const { resource } = standing;
  if (resource === void 0 || resource.verbs.length === 0) return standing;
  if (WRITING.some((verb) => resource.verbs.includes(verb))) return standing;
  return { kind: "missing", absence: { kind: "verbs", resource, lacking: ["create"] } };
}
function resourceStanding({ name, verbs }, resources) {
  const resource = resources.byName.get(name) ?? resources.byName.get(pluralName(name, resources));
  return resource === void 0 ? { kind: "missing", absence: { kind: "name" } } : withVerbs(verbs, [resource]);
}
function pluralName(name, { plurals }) {
  const [parent = "", ...subresource] = name.split("/");
  return [plurals().get(parent) ?? parent, ...subresource].join("/");
}
function withVerbs(verbs, resources) {
  const offers = resources.map((resource) => ({ resource, lacking: verbs.filter((verb) => !resource.verbs.includes(verb)) })).sort((left, right) => left.lacking.length - right.lacking.length);
  const [best] = offers;
  if (best === void 0) return { kind: "missing", absence: { kind: "name" } };
  if (best.lacking.length === 0) return { kind: "served", resource: best.resource };
  return { kind: "missing", absence: { kind: "verbs", ...best } };
}
function serverVersionStanding(range, { version, versionGaps }) {
  if (version === void 0) return { kind: "unknown", gaps: versionGaps };
  const answer = isInRange(version, range);
  switch (answer.kind) {
    case "inside":
      return SERVED;
    case "outside":
      return {
        kind: "missing",
        absence: { kind: "server-version", gitVersion: version.gitVersion, release: answer.release }
      };
    case "unreadable":
      return { kind: "unknown", gaps: [] };
    default:
      return assertNever(answer);
  }
}

// src/verdict/lifecycle-notes.ts
function lifecycleNotes(alternatives, served, target) {
  const dated = alternatives.map((judged) => ({ ...judged, types: typesOf(judged.api, served) }));
  const notes = [];
  const inUse = dated.filter(({ standing }) => standing.kind !== "missing");
  const reference = newest(served.version && releaseOf(served.version), target);
  const deprecated = inUse.map(({ types }) => types.find((type) => isDeprecated(type, reference)));
  const [first] = deprecated;
  if (first !== void 0 && inUse.every(({ types }) => all(types, (type) => isDeprecated(type, reference)))) {
    notes.push(note("deprecated", first, served, target));
  }
  if (target !== void 0) {
    const gone = dated.flatMap(({ types }) => types).find((type) => isRemovedBy(type.name, target));
    if (gone !== void 0 && dated.every((judged) => !survives(judged, target))) {
      notes.push(note("removed-by-target", gone, served, target));
    }
  }
  return notes;
}
function typesOf(api, served) {
  if (api.kind === "group" || api.kind === "server-version") return [];
  const resources = served.resources(api.groupVersion);
  const kinds = () => {
    switch (api.kind) {
      case "kind":
        return [api.name];
      case "resource": {
        const parent = resources && pluralName(api.name, resources).split("/")[0];
        return [parent === void 0 ? void 0 : resources?.byName.get(parent)?.kind];
      }
      default:
        return resources?.all.filter(isWhole).map(({ kind }) => kind) ?? [];
    }
  };
  const types = [];
  for (const kind of new Set(kinds())) {
    if (kind === void 0) return [];
    const lifecycle = lifecycleOf(api.groupVersion.group, api.groupVersion.version, kind);
    if (lifecycle === void 0) return [];
    types.push({ name: { ...api.groupVersion, kind }, lifecycle });
  }
  return types;
}
function all(types, holds) {
  return types.length > 0 && types.every(holds);
}
function isDeprecated({ lifecycle: { deprecated } }, reference) {
  return deprecated !== void 0 && (reference === void 0 || hasReached(reference, deprecated));
}
function survives({ types, standing }, target) {
  if (types.length === 0) return standing.kind !== "missing";
  return types.some((type) => hasReached(target, type.lifecycle.introduced) && !isRemovedBy(type.name, target));
}
function newest(left, right) {
  if (left === void 0 || right === void 0) return left ?? right;
  return compareReleases(left, right) >= 0 ? left : right;
}
function note(kind, { name, lifecycle: { deprecated, removed } }, served, target) {
  const replacement = replacementOf(name, served, target);
  const fate = [
    ...kind === "deprecated" && deprecated !== void 0 ? [`deprecated in ${deprecated}`] : [],
    ...removed === void 0 ? [] : [`removed in ${removed}`]
  ].join(", ");
  const ahead = kind === "deprecated" || target === void 0 ? "" : `, and the target is ${formatMinor(target)}`;
  const wayOut2 = replacement === void 0 ? "nothing replaces it" : `use ${describeReplacement(replacement)}`;
  return {
    kind,
    message: `${formatType(name)}: ${fate}${ahead}; ${wayOut2}.`,
    ...replacement === void 0 ? {} : { replacement: formatType(replacement.name) }
  };
}
function formatMinor({ major, minor }) {
  return `${major}.${minor}`;
}

// src/verdict/judge-requirement.ts
var BEST_FIRST = ["served", "provided", "unknown", "missing"];
function judgeRequirement(requirement, judging) {
  const judged = (api) => ({ api, standing: standingIn(api, requirement, judging) });
  const first = judged(requirement.anyOf[0]);
  const alternatives = [first, ...requirement.anyOf.slice(1).map(judged)];
  const answer = requirement.negated ? judgeAgainst(first.api, first.standing, judging) : judgeFor(alternatives, judging);
  const gaps = alternatives.flatMap((own) => own.standing.kind === "unknown" ? own.standing.gaps : []);
  return { ...answer, gaps: answer.met === "unknown" ? gaps : [] };
}
function standingIn(api, { place }, { served, provided }) {
  return standingOf(api, served, provided, { creatable: place.kind === "file" });
}
function judgeFor(alternatives, judging) {
  const standing = BEST_FIRST.find((kind) => alternatives.some((own) => own.standing.kind === kind)) ?? "unknown";
  const met = standing === "unknown" ? "unknown" : standing === "missing" ? "no" : "yes";
  const deciding = alternatives.filter((own) => own.standing.kind === standing);
  const told = met === "yes" ? deciding.slice(0, 1) : alternatives;
  const lifecycle = lifecycleNotes(alternatives, judging.served, judging.target);
  return { standing, met, lifecycle, ...inOne(told.map((own) => explain(own.api, own.standing, judging))) };
}
function judgeAgainst(api, standing, judging) {
  switch (standing.kind) {
    case "served":
    case "provided":
      return { standing: standing.kind, met: "no", lifecycle: [], ...inOne([explainPresence(api, standing)]) };
    case "unknown":
      return { standing: "unknown", met: "unknown", lifecycle: [], ...inOne([explain(api, standing, judging)]) };
    default:
      return { standing: "missing", met: "yes", lifecycle: [], ...holding(api, standing.absence, judging) };
  }
}
function holding(api, absence, judging) {
  switch (absence.kind) {
    case "group":
    case "version":
      return { explanation: `${nameOf(api)} is not served, as it must not be.` };
    case "name": {
      const near = judging.near.of(api, "name").join(" and ");
      return {
        explanation: `${nameOf(api)} is not served, as it must not be.`,
        ...near !== "" && {
          doubt: `!${formatApi(api)} holds, as nothing is called so; but ${near} is served: is that what must not be?`
        }
      };
    }
    default:
      return { explanation: `!${formatApi(api)} holds: ${explain(api, { kind: "missing", absence }, judging).found}` };
  }
}
function inOne(explanations) {
  const advices = new Set(explanations.map(({ advice }) => advice).filter((advice) => advice !== void 0));
  return {
    explanation: explanations.map(({ found }) => found).join(" "),
    ...advices.size === 0 ? {} : { advice: [...advices].join(" ") }
  };
}

// src/verdict/near-misses.ts
var MOST_GUESSES = 100;
function findNearMisses(served) {
  const groups = once(() => speller(served.groups.map(({ name }) => name).filter((name) => name !== "")));
  const spellers = /* @__PURE__ */ new Map();
  const namesIn = (groupVersion, kind, names) => {
    const key = `${kind} ${groupVersion}`;
    const known = spellers.get(key) ?? speller(names());
    spellers.set(key, known);
    return known;
  };
  let guesses = 0;
  return {
    of: (api, level) => {
      if (api.kind === "server-version" || guesses === MOST_GUESSES) return [];
      guesses += 1;
      if (level === "group") {
        const group = api.kind === "group" ? api.group : api.groupVersion.group;
        return groups()(group).map((name) => withGroup(api, name));
      }
      if (level !== "name" || api.kind !== "kind" && api.kind !== "resource") return resourceForVersion(api, served);
      const resources = served.resources(api.groupVersion);
      if (resources === void 0) return [];
      const groupVersion = formatGroupVersion(api.groupVersion);
      const suggest = namesIn(
        groupVersion,
        api.kind,
        () => api.kind === "kind" ? resources.byKind.keys() : resources.byName.keys()
      );
      return suggest(api.name).map((name) => `${groupVersion}/${name}`);
    }
  };
}
function withGroup(api, group) {
  if (api.kind === "group") return `${group}/*`;
  const groupVersion = formatGroupVersion({ group, version: api.groupVersion.version });
  return api.kind === "group-version" ? groupVersion : `${groupVersion}/${api.name}`;
}
function resourceForVersion(api, served) {
  if (api.kind !== "group-version") return [];
  const { group, version: name } = api.groupVersion;
  return (served.group(group)?.versions ?? []).filter(({ resources }) => resources.some((resource) => isWhole(resource) && resource.name === name)).map(({ version }) => `${formatGroupVersion({ group, version })}/${name}`).slice(0, 1);
}

// src/verdict/capabilities.ts
function capabilitiesOf({ groups }) {
  return groups.flatMap(
    ({ name: group, versions }) => versions.flatMap(({ version, resources }) => {
      const groupVersion = formatGroupVersion({ group, version });
      const kinds = new Set(resources.map(({ kind }) => kind).filter((kind) => kind !== ""));
      return [groupVersion, ...[...kinds].map((kind) => `${groupVersion}/${kind}`)];
    })
  );
}

// src/verdict/outcome.ts
function outcomeOf(findings) {
  const failing = findings.filter(({ fails }) => fails);
  if (failing.length === 0) return "compatible";
  return failing.some(({ met }) => met !== "unknown") ? "incompatible" : "undetermined";
}
var SEVERITY = [
  "internal-error",
  "incompatible",
  "invalid-input",
  "denied",
  "unreachable",
  "undetermined",
  "compatible"
];
function combine(outcomes) {
  return SEVERITY.find((outcome) => outcomes.includes(outcome)) ?? "internal-error";
}

// src/verdict/judge.ts
function judge(snapshot, requirements, options) {
  const served = indexSnapshot(snapshot);
  const judging = {
    served,
    near: findNearMisses(served),
    provided: indexProvided(options.provided),
    target: options.targetVersion === void 0 ? void 0 : parseRelease(options.targetVersion)
  };
  const known = /* @__PURE__ */ new Map();
  const warnings = [];
  const findings = requirements.map((requirement) => {
    const key = `${requirement.place.kind} ${formatRequirement(requirement)}`;
    const judged = known.get(key) ?? judgeRequirement(requirement, judging);
    if (!known.has(key) && judged.doubt !== void 0) {
      warnings.push({ message: `${options.cluster}: ${judged.doubt}`, place: requirement.place });
    }
    known.set(key, judged);
    return findingOf(requirement, judged, options);
  });
  const touched = new Set([...known.values()].flatMap(({ gaps }) => gaps));
  const untouched = snapshot.gaps.filter((gap) => !touched.has(gap));
  return { findings, warnings: [...warnings, ...warnOfGaps(untouched, options.cluster)] };
}
function findingOf(requirement, judged, { cluster, failOn, accept }) {
  const { standing, met, explanation, advice, lifecycle } = judged;
  const finding = {
    requirement,
    cluster,
    standing,
    met,
    fails: whyItFails(judged).some((reason) => failOn.includes(reason)),
    explanation,
    ...advice === void 0 ? {} : { advice },
    lifecycle
  };
  const acceptance = finding.fails ? accept?.(finding) : void 0;
  return acceptance === void 0 ? finding : { ...finding, standing: "exempt", fails: false, acceptance };
}
function whyItFails({ met, lifecycle }) {
  const unmet = { no: ["missing"], unknown: ["unknown"], yes: [] };
  return [...unmet[met], ...lifecycle.map(({ kind }) => kind)];
}
export {
  capabilitiesOf,
  combine,
  judge,
  outcomeOf
};
