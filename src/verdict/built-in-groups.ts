const BUILT_IN =
  /^(?:admissionregistration|apiextensions|apiregistration|authentication|authorization|certificates|coordination|discovery|events|flowcontrol\.apiserver|internal\.apiserver|networking|node|rbac\.authorization|resource|scheduling|storage|storagemigration)\.k8s\.io$/;

/** Whether a group with a dot in its name comes with the API server, so that nothing else brings it, or anything in it. */
export function isBuiltInGroup(group: string): boolean {
  return BUILT_IN.test(group);
}
