// src/lifecycle/fields.generated.ts
var lastRelease = "1.37";
var fields = {
  "io.k8s.api.admissionregistration.v1": {
    MutatingWebhook: "matchConditions 1.27",
    ValidatingWebhook: "matchConditions 1.27"
  },
  "io.k8s.api.admissionregistration.v1alpha1": {
    ParamRef: "parameterNotFoundAction 1.28, selector 1.28",
    ValidatingAdmissionPolicy: "status 1.27",
    ValidatingAdmissionPolicyBindingSpec: "validationActions 1.27",
    ValidatingAdmissionPolicySpec: "auditAnnotations 1.27, matchConditions 1.27, variables 1.28",
    Validation: "messageExpression 1.27"
  },
  "io.k8s.api.apiserverinternal.v1alpha1": {
    ServerStorageVersion: "servedVersions 1.28"
  },
  "io.k8s.api.apps.v1": {
    DeploymentStatus: "terminatingReplicas 1.33",
    ReplicaSetStatus: "terminatingReplicas 1.33",
    RollingUpdateDaemonSet: "maxSurge 1.21",
    RollingUpdateStatefulSetStrategy: "maxUnavailable 1.24",
    StatefulSetSpec: "minReadySeconds 1.22, ordinals 1.26, persistentVolumeClaimRetentionPolicy 1.23",
    StatefulSetStatus: "availableReplicas 1.22"
  },
  "io.k8s.api.authentication.v1": {
    TokenRequestSpec: "attestations 1.37"
  },
  "io.k8s.api.authorization.v1": {
    ResourceAttributes: "fieldSelector 1.31, labelSelector 1.31"
  },
  "io.k8s.api.autoscaling.v2": {
    HPAScalingRules: "tolerance 1.33",
    HorizontalPodAutoscalerCondition: "observedGeneration 1.37"
  },
  "io.k8s.api.autoscaling.v2beta1": {
    MetricSpec: "containerResource 1.20",
    MetricStatus: "containerResource 1.20"
  },
  "io.k8s.api.autoscaling.v2beta2": {
    MetricSpec: "containerResource 1.20",
    MetricStatus: "containerResource 1.20"
  },
  "io.k8s.api.batch.v1": {
    CronJobSpec: "timeZone 1.24",
    JobSpec: "backoffLimitPerIndex 1.28, completionMode 1.21, managedBy 1.30, maxFailedIndexes 1.28, podFailurePolicy 1.25, podReplacementPolicy 1.28, scheduling 1.37, successPolicy 1.30, suspend 1.21",
    JobStatus: "completedIndexes 1.21, failedIndexes 1.28, ready 1.23, terminating 1.28, uncountedTerminatedPods 1.22"
  },
  "io.k8s.api.batch.v1beta1": {
    CronJobSpec: "timeZone 1.24",
    CronJobStatus: "lastSuccessfulTime 1.21"
  },
  "io.k8s.api.certificates.v1": {
    CertificateSigningRequestSpec: "expirationSeconds 1.22"
  },
  "io.k8s.api.certificates.v1beta1": {
    PodCertificateRequestSpec: "stubPKCS10Request 1.36"
  },
  "io.k8s.api.coordination.v1": {
    LeaseSpec: "preferredHolder 1.31, strategy 1.31"
  },
  "io.k8s.api.core.v1": {
    CSIPersistentVolumeSource: "nodeExpandSecretRef 1.25",
    ClusterTrustBundleProjection: "user 1.37",
    ConfigMapVolumeSource: "defaultUser 1.37",
    Container: "resizePolicy 1.27, restartPolicy 1.28, restartPolicyRules 1.34",
    ContainerStatus: "allocatedResources 1.27, allocatedResourcesStatus 1.31, resources 1.27, stopSignal 1.33, user 1.31, volumeMounts 1.30",
    DownwardAPIVolumeFile: "user 1.37",
    DownwardAPIVolumeSource: "defaultUser 1.37",
    EmptyDirVolumeSource: "mode 1.37",
    EnvVarSource: "fileKeyRef 1.34",
    EphemeralContainer: "resizePolicy 1.27, restartPolicy 1.28, restartPolicyRules 1.34",
    EphemeralVolumeSource: "readOnly -1.21",
    GRPCAction: "mode 1.37",
    HTTPGetAction: "protocol 1.37",
    KeyToPath: "user 1.37",
    Lifecycle: "postStart.sleep 1.29, preStop.sleep 1.29, stopSignal 1.33",
    LifecycleHandler: "sleep 1.29",
    LoadBalancerIngress: "ipMode 1.29, ports 1.20",
    NodeAllocatableResourceClaimStatus: "mapping 1.37, overhead 1.37, resources -1.37",
    NodeRuntimeHandlerFeatures: "userNamespaces 1.31",
    NodeSpec: "podPreemptionPolicy 1.37",
    NodeStatus: "declaredFeatures 1.35, features 1.31, runtimeHandlers 1.30",
    NodeSystemInfo: "runningInUserNamespace 1.37, swap 1.33",
    PersistentVolumeClaimSpec: "dataSourceRef 1.22, dataSourceRef.namespace 1.26, resources.claims 1.26-1.29, volumeAttributesClassName 1.29",
    PersistentVolumeClaimStatus: "allocatedResourceStatuses 1.28, allocatedResources 1.23, currentVolumeAttributesClassName 1.29, healthStatus 1.37, modifyVolumeStatus 1.29, resizeStatus 1.23-1.28",
    PersistentVolumeSpec: "volumeAttributesClassName 1.29",
    PersistentVolumeStatus: "lastPhaseTransitionTime 1.28",
    PodAffinityTerm: "matchLabelKeys 1.29, mismatchLabelKeys 1.29, namespaceSelector 1.21",
    PodCertificateProjection: "user 1.37, userAnnotations 1.35",
    PodCondition: "observedGeneration 1.33",
    PodLogOptions: "stream 1.32",
    PodResourceClaim: "resourceClaimName 1.31, resourceClaimTemplateName 1.31, source -1.31",
    PodSecurityContext: "appArmorProfile 1.30, seLinuxChangePolicy 1.32, supplementalGroupsPolicy 1.31",
    PodSpec: "evictionResponders 1.37, hostUsers 1.25, hostnameOverride 1.34, os 1.23, resourceClaims 1.26, resources 1.32, schedulingGates 1.26, schedulingGroup 1.36, workloadRef 1.35-1.36",
    PodStatus: "allocatedResources 1.35, extendedResourceClaimStatus 1.34, hostIPs 1.28, nodeAllocatableResourceClaimStatuses 1.36, observedGeneration 1.33, resize 1.27, resourceClaimStatuses 1.28, resources 1.35, volumeHealth 1.37",
    Probe: "grpc 1.23, terminationGracePeriodSeconds 1.21",
    ProjectedVolumeSource: "defaultUser 1.37",
    ResourceClaim: "request 1.31",
    ResourceHealth: "message 1.36",
    ResourceRequirements: "claims 1.26",
    SecretVolumeSource: "defaultUser 1.37",
    SecurityContext: "appArmorProfile 1.30",
    ServiceAccountTokenProjection: "user 1.37",
    ServiceSpec: "allocateLoadBalancerNodePorts 1.20, clusterIPs 1.20, internalTrafficPolicy 1.21, ipFamilies 1.20, ipFamily -1.20, ipFamilyPolicy 1.20, loadBalancerClass 1.21, topologyKeys -1.22, trafficDistribution 1.30",
    ServiceStatus: "conditions 1.20",
    TopologySpreadConstraint: "matchLabelKeys 1.25, minDomains 1.24, nodeAffinityPolicy 1.25, nodeTaintsPolicy 1.25",
    Volume: "image 1.31",
    VolumeMount: "bindMountOptions 1.37, recursiveReadOnly 1.30",
    VolumeMountStatus: "volumeStatus 1.36",
    VolumeProjection: "clusterTrustBundle 1.29, podCertificate 1.34",
    WindowsSecurityContextOptions: "hostProcess 1.22"
  },
  "io.k8s.api.discovery.v1": {
    EndpointHints: "forNodes 1.33"
  },
  "io.k8s.api.discovery.v1alpha1": {
    Endpoint: "nodeName 1.20",
    EndpointConditions: "serving 1.20, terminating 1.20"
  },
  "io.k8s.api.discovery.v1beta1": {
    Endpoint: "hints 1.21, nodeName 1.20",
    EndpointConditions: "serving 1.20, terminating 1.20"
  },
  "io.k8s.api.flowcontrol.v1beta2": {
    LimitedPriorityLevelConfiguration: "borrowingLimitPercent 1.26, lendablePercent 1.26",
    PriorityLevelConfigurationSpec: "exempt 1.28"
  },
  "io.k8s.api.flowcontrol.v1beta3": {
    PriorityLevelConfigurationSpec: "exempt 1.28"
  },
  "io.k8s.api.networking.v1": {
    IngressClassSpec: "parameters.namespace 1.21, parameters.scope 1.21",
    NetworkPolicy: "status 1.24-1.28",
    NetworkPolicyPort: "endPort 1.21"
  },
  "io.k8s.api.networking.v1alpha1": {
    ParentReference: "uid -1.29"
  },
  "io.k8s.api.networking.v1beta1": {
    IngressClassSpec: "parameters.namespace 1.21, parameters.scope 1.21"
  },
  "io.k8s.api.policy.v1": {
    PodDisruptionBudgetSpec: "unhealthyPodEvictionPolicy 1.26"
  },
  "io.k8s.api.policy.v1beta1": {
    PodDisruptionBudgetStatus: "conditions 1.21"
  },
  "io.k8s.api.resource.v1": {
    Device: "nodeAllocatableResourceMappings 1.36-1.37, nodeAllocatableResources 1.37",
    DeviceAttribute: "bools 1.36, ints 1.36, strings 1.36, versions 1.36",
    DeviceCounterConsumption: "compatibilityGroups 1.37",
    DeviceRequestAllocationResult: "skipNodeOperations 1.37",
    DeviceSubRequest: "derivedAttributes 1.37",
    ExactDeviceRequest: "derivedAttributes 1.37",
    ResourceSliceSpec: "partitionTypeAttribute 1.37, skipNodeOperations 1.37"
  },
  "io.k8s.api.resource.v1alpha2": {
    ResourceClass: "structuredParameters 1.30",
    ResourceHandle: "structuredData 1.30"
  },
  "io.k8s.api.resource.v1alpha3": {
    AllocationResult: "controller -1.32",
    BasicDevice: "allNodes 1.33, consumesCounters 1.33, nodeName 1.33, nodeSelector 1.33, taints 1.33",
    DeviceClassSpec: "suitableNodes -1.32",
    DeviceRequest: "firstAvailable 1.33, tolerations 1.33",
    DeviceRequestAllocationResult: "adminAccess 1.32, tolerations 1.33",
    DeviceTaintRule: "status 1.35",
    DeviceTaintSelector: "deviceClassName -1.35, selectors -1.35",
    PoolStatus: "partitionSummary 1.37, shareableSummary 1.37",
    ResourceClaimSpec: "controller -1.32",
    ResourceClaimStatus: "deallocationRequested -1.32, devices 1.32",
    ResourcePoolStatusRequestSpec: "defaultPartitionTypeAttribute 1.37",
    ResourceSliceSpec: "perDeviceNodeSelection 1.33, sharedCounters 1.33"
  },
  "io.k8s.api.resource.v1beta1": {
    AllocatedDeviceStatus: "shareID 1.34",
    AllocationResult: "allocationTimestamp 1.34",
    BasicDevice: "allNodes 1.33, allowMultipleAllocations 1.34, bindingConditions 1.34, bindingFailureConditions 1.34, bindsToNode 1.34, consumesCounters 1.33, nodeAllocatableResourceMappings 1.36-1.37, nodeAllocatableResources 1.37, nodeName 1.33, nodeSelector 1.33, taints 1.33",
    DeviceAttribute: "bools 1.36, ints 1.36, strings 1.36, versions 1.36",
    DeviceCapacity: "requestPolicy 1.34",
    DeviceClassSpec: "extendedResourceName 1.34",
    DeviceConstraint: "distinctAttribute 1.34",
    DeviceCounterConsumption: "compatibilityGroups 1.37",
    DeviceRequest: "capacity 1.34, derivedAttributes 1.37, firstAvailable 1.33, tolerations 1.33",
    DeviceRequestAllocationResult: "bindingConditions 1.34, bindingFailureConditions 1.34, consumedCapacity 1.34, shareID 1.34, skipNodeOperations 1.37, tolerations 1.33",
    DeviceSubRequest: "capacity 1.34, derivedAttributes 1.37",
    ResourceSliceSpec: "partitionTypeAttribute 1.37, perDeviceNodeSelection 1.33, sharedCounters 1.33, skipNodeOperations 1.37"
  },
  "io.k8s.api.resource.v1beta2": {
    AllocatedDeviceStatus: "shareID 1.34",
    AllocationResult: "allocationTimestamp 1.34",
    Device: "allowMultipleAllocations 1.34, bindingConditions 1.34, bindingFailureConditions 1.34, bindsToNode 1.34, nodeAllocatableResourceMappings 1.36-1.37, nodeAllocatableResources 1.37",
    DeviceAttribute: "bools 1.36, ints 1.36, strings 1.36, versions 1.36",
    DeviceCapacity: "requestPolicy 1.34",
    DeviceClassSpec: "extendedResourceName 1.34",
    DeviceConstraint: "distinctAttribute 1.34",
    DeviceCounterConsumption: "compatibilityGroups 1.37",
    DeviceRequestAllocationResult: "bindingConditions 1.34, bindingFailureConditions 1.34, consumedCapacity 1.34, shareID 1.34, skipNodeOperations 1.37",
    DeviceSubRequest: "capacity 1.34, derivedAttributes 1.37",
    ExactDeviceRequest: "capacity 1.34, derivedAttributes 1.37",
    ResourceSliceSpec: "partitionTypeAttribute 1.37, skipNodeOperations 1.37"
  },
  "io.k8s.api.storage.v1": {
    CSIDriverSpec: "nodeAllocatableUpdatePeriodSeconds 1.33, preventPodSchedulingIfMissing 1.36, requiresRepublish 1.20, seLinuxMount 1.25, serviceAccountTokenInSecrets 1.35, tokenRequests 1.20",
    CSINode: "status 1.37",
    VolumeError: "errorCode 1.33"
  },
  "io.k8s.api.storage.v1alpha1": {
    CSIStorageCapacity: "maximumVolumeSize 1.21"
  },
  "io.k8s.api.storage.v1beta1": {
    CSIDriverSpec: "requiresRepublish 1.20, tokenRequests 1.20"
  },
  "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1": {
    CustomResourceDefinitionCondition: "observedGeneration 1.35",
    CustomResourceDefinitionStatus: "observedGeneration 1.35",
    CustomResourceDefinitionVersion: "selectableFields 1.30",
    JSONSchemaProps: "x-kubernetes-validations 1.23",
    ValidationRule: "fieldPath 1.28, messageExpression 1.27, optionalOldSelf 1.29, reason 1.28"
  },
  "io.k8s.apimachinery.pkg.apis.meta.v1": {
    CreateOptions: "fieldValidation 1.23",
    DeleteOptions: "ignoreStoreReadErrorWithClusterBreakingPotential 1.32",
    ListMeta: "shardInfo 1.36",
    ListOptions: "sendInitialEvents 1.27, shardSelector 1.36",
    ManagedFieldsEntry: "subresource 1.22",
    ObjectMeta: "clusterName -1.25",
    PatchOptions: "fieldValidation 1.23",
    UpdateOptions: "fieldValidation 1.23"
  }
};

// src/lifecycle/field-lifecycle.ts
function fieldLifecycle({ component, property }, parent) {
  if (property.includes(".")) return void 0;
  const below = parent && spansOf(parent.component)?.get(`${parent.property}.${property}`);
  return below ?? spansOf(component)?.get(property);
}
var read = /* @__PURE__ */ new Map();
function spansOf(component) {
  const known = read.get(component);
  if (known !== void 0) return known;
  const dot = component.lastIndexOf(".");
  const row = own(own(fields, component.slice(0, dot)), component.slice(dot + 1));
  if (row === void 0) return void 0;
  const spans = new Map(row.split(", ").map(readSpan));
  read.set(component, spans);
  return spans;
}
function readSpan(text) {
  const [field = "", span = ""] = text.split(" ");
  const [since, removed] = span.split("-");
  return [field, { since: since || void 0, removed }];
}
function own(record, key) {
  return record !== void 0 && Object.hasOwn(record, key) ? record[key] : void 0;
}

export {
  lastRelease,
  fieldLifecycle
};
