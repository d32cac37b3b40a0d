import {
  require_comparator,
  require_gt,
  require_gte,
  require_lt,
  require_lte,
  require_range,
  require_semver
} from "./shared-semver.js";
import {
  hasReached,
  releaseOf
} from "./shared-server-release.js";
import {
  assertNever,
  compareKubeAwareVersions,
  compareReleases,
  formatApi,
  formatGroupVersion,
  formatPlace,
  formatRelease,
  formatRequirement,
  parseGroupVersion,
  parseRelease,
  speller
} from "./shared-scanner.js";
import {
  __commonJS,
  __toESM
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

// node_modules/semver/ranges/min-version.js
var require_min_version = __commonJS({
  "node_modules/semver/ranges/min-version.js"(exports, module) {
    "use strict";
    var SemVer = require_semver();
    var Range = require_range();
    var gt = require_gt();
    var minVersion2 = (range, loose) => {
      range = new Range(range, loose);
      let minver = new SemVer("0.0.0");
      if (range.test(minver)) {
        return minver;
      }
      minver = new SemVer("0.0.0-0");
      if (range.test(minver)) {
        return minver;
      }
      minver = null;
      for (let i = 0; i < range.set.length; ++i) {
        const comparators = range.set[i];
        let setMin = null;
        comparators.forEach((comparator) => {
          const compver = new SemVer(comparator.semver.version);
          switch (comparator.operator) {
            case ">":
              if (compver.prerelease.length === 0) {
                compver.patch++;
              } else {
                compver.prerelease.push(0);
              }
              compver.raw = compver.format();
            /* fallthrough */
            case "":
            case ">=":
              if (!setMin || gt(compver, setMin)) {
                setMin = compver;
              }
              break;
            case "<":
            case "<=":
              break;
            /* istanbul ignore next */
            default:
              throw new Error(`Unexpected operation: ${comparator.operator}`);
          }
        });
        if (setMin && (!minver || gt(minver, setMin))) {
          minver = setMin;
        }
      }
      if (minver && range.test(minver)) {
        return minver;
      }
      return null;
    };
    module.exports = minVersion2;
  }
});

// node_modules/semver/ranges/outside.js
var require_outside = __commonJS({
  "node_modules/semver/ranges/outside.js"(exports, module) {
    "use strict";
    var SemVer = require_semver();
    var Comparator = require_comparator();
    var { ANY } = Comparator;
    var Range = require_range();
    var satisfies = require_satisfies();
    var gt = require_gt();
    var lt = require_lt();
    var lte = require_lte();
    var gte = require_gte();
    var outside2 = (version, range, hilo, options) => {
      version = new SemVer(version, options);
      range = new Range(range, options);
      let gtfn, ltefn, ltfn, comp, ecomp;
      switch (hilo) {
        case ">":
          gtfn = gt;
          ltefn = lte;
          ltfn = lt;
          comp = ">";
          ecomp = ">=";
          break;
        case "<":
          gtfn = lt;
          ltefn = gte;
          ltfn = gt;
          comp = "<";
          ecomp = "<=";
          break;
        default:
          throw new TypeError('Must provide a hilo val of "<" or ">"');
      }
      if (satisfies(version, range, options)) {
        return false;
      }
      for (let i = 0; i < range.set.length; ++i) {
        const comparators = range.set[i];
        let high = null;
        let low = null;
        comparators.forEach((comparator) => {
          if (comparator.semver === ANY) {
            comparator = new Comparator(">=0.0.0");
          }
          high = high || comparator;
          low = low || comparator;
          if (gtfn(comparator.semver, high.semver, options)) {
            high = comparator;
          } else if (ltfn(comparator.semver, low.semver, options)) {
            low = comparator;
          }
        });
        if (high.operator === comp || high.operator === ecomp) {
          return false;
        }
        if ((!low.operator || low.operator === comp) && ltefn(version, low.semver)) {
          return false;
        } else if (low.operator === ecomp && ltfn(version, low.semver)) {
          return false;
        }
      }
      return true;
    };
    module.exports = outside2;
  }
});

// src/verdict/built-in-groups.ts
var BUILT_IN = /^(?:admissionregistration|apiextensions|apiregistration|authentication|authorization|certificates|coordination|discovery|events|flowcontrol\.apiserver|internal\.apiserver|networking|node|rbac\.authorization|resource|scheduling|storage|storagemigration)\.k8s\.io$/;
function isBuiltInGroup(group) {
  return BUILT_IN.test(group);
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
  const byGroup2 = Map.groupBy(
    gaps.filter((gap) => gap.kind === "group-version"),
    ({ groupVersion }) => groupVersion.slice(0, Math.max(0, groupVersion.indexOf("/")))
  );
  return {
    versionGaps: at("/version"),
    gapsOver: (group, version) => {
      const own = byGroup2.get(group) ?? [];
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

// src/verdict/name-conflicts.ts
function whyNotAccepted(definition, before, accepted) {
  const { names, namespaced, group, isWhole: isDefinition } = definition;
  if (!isDefinition || names.plural === "") return void 0;
  if (isBuiltInGroup(group)) return `the group ${group} is the API server's own, which serves nothing else in it`;
  const own = servedAs(group, names.plural, before);
  if (own !== void 0) {
    if (own.kind !== names.kind) {
      return `this cluster has ${names.plural}.${group} with the kind ${own.kind}, and the kind of a definition cannot change`;
    }
    if (namespaced !== void 0 && own.namespaced !== namespaced) {
      const scope = own.namespaced ? "Namespaced" : "Cluster";
      return `this cluster has ${names.plural}.${group} with the scope ${scope}, and the scope of a definition cannot change`;
    }
    return void 0;
  }
  const taken = takenNames(group, names.plural, before, accepted);
  for (const name of [names.plural, names.singular, ...names.shortNames]) {
    const by = taken.resources.get(name);
    if (by !== void 0) return `its name ${name} is in use by ${by}.${group}`;
  }
  for (const kind of [names.kind, names.listKind]) {
    const by = taken.kinds.get(kind);
    if (by !== void 0) return `its kind ${kind} is in use by ${by}.${group}`;
  }
  return void 0;
}
function namesInUse(group, names, before) {
  const own = servedAs(group, names.plural, before);
  if (own === void 0) return names;
  const taken = takenNames(group, names.plural, before, []);
  const hadShort = own.shortNames ?? [];
  const isFree = (name) => hadShort.includes(name) || !taken.resources.has(name);
  return {
    singular: taken.resources.has(names.singular) ? singularOf(own) : names.singular,
    shortNames: names.shortNames.every(isFree) ? names.shortNames : hadShort
  };
}
function isServed({ group, names }, before) {
  return names.plural !== "" && servedAs(group, names.plural, before) !== void 0;
}
function servedAs(group, plural, { group: groupOf2 }) {
  for (const { resources } of groupOf2(group)?.versions ?? []) {
    const found = resources.find(({ name }) => name === plural);
    if (found !== void 0) return found;
  }
  return void 0;
}
function takenNames(group, plural, before, accepted) {
  const resources = /* @__PURE__ */ new Map();
  const kinds = /* @__PURE__ */ new Map();
  const redefined = accepted.filter((own) => own.group === group);
  const add = (by, names, ownKinds) => {
    if (by === plural) return;
    for (const name of names) resources.set(name, by);
    for (const kind of ownKinds) kinds.set(kind, by);
  };
  for (const version of before.group(group)?.versions ?? []) {
    for (const own of version.resources.filter(isWhole)) {
      if (redefined.some(({ names }) => names.plural === own.name)) continue;
      add(own.name, [own.name, singularOf(own), ...own.shortNames ?? []], [own.kind, `${own.kind}List`]);
    }
  }
  for (const { names } of redefined) {
    add(names.plural, [names.plural, names.singular, ...names.shortNames], [names.kind, names.listKind]);
  }
  return { resources, kinds };
}

// src/verdict/change.ts
var VERBS = ["delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"];
var SUBRESOURCE_VERBS = ["get", "patch", "update"];
function applyChange(snapshot, definitions) {
  const before = indexSnapshot(snapshot);
  if (definitions.length === 0) return unchanged(before);
  const groups = new Map(snapshot.groups.map((group) => [group.name, copyOf(group)]));
  const origins = /* @__PURE__ */ new Map();
  const emptied = /* @__PURE__ */ new Map();
  const accepted = /* @__PURE__ */ new Map();
  const rejected = [];
  const reject = (definition, by, why, place2 = definition.place) => {
    rejected.push({ definition, place: place2, why, by });
  };
  const isTaken = (definition, served) => {
    if (definition.fault !== void 0) {
      reject(definition, "server", definition.fault.what, definition.fault.place);
      return false;
    }
    const own = definition.groupVersion;
    if (own === void 0 || takes(own, definition.source, served)) return true;
    reject(definition, "api", `this cluster does not serve ${formatGroupVersion(own)}/${definition.source}`);
    return false;
  };
  const place = (definition) => {
    const name = `${definition.names.plural}.${definition.group}`;
    const known = accepted.get(name);
    const applied = known === void 0 ? definition : inBoth(known, definition);
    const why = known === void 0 ? whyNotAccepted(definition, before, [...accepted.values()]) : whyNotBoth(known, definition);
    if (why !== void 0) {
      reject(definition, "server", why);
      return;
    }
    if (definition.isWhole && definition.names.plural !== "") accepted.set(name, applied);
    putInto(groups, applied, before, origins, emptied);
  };
  const registered = [];
  const take = (definition) => {
    if (definition.kind === "kind") place(definition);
    else registered.push(definition);
  };
  const whole = definitions.filter(tellsAll);
  const isKnown = (definition) => definition.kind === "kind" && isServed(definition, before);
  for (const definition of [...whole.filter(isKnown), ...whole.filter((own) => !isKnown(own))]) {
    if (isTaken(definition, before)) take(definition);
  }
  const between = indexSnapshot({ ...snapshot, groups: [...groups.values()] });
  const registeredNow = (own) => registered.some(({ brings }) => isSame(brings, own));
  for (const definition of definitions) {
    if (tellsAll(definition)) continue;
    const own = definition.groupVersion;
    if (own !== void 0 && registeredNow(own) && definition.fault === void 0 || isTaken(definition, between)) {
      take(definition);
    }
  }
  const after = indexSnapshot({ ...snapshot, groups: [...groups.values()].filter(hasSomething(before)) });
  const kinds = definitions.filter((definition) => definition.kind === "kind");
  const inEffect = [...accepted.values()];
  return {
    before,
    after,
    rejected,
    defines: (group, kind) => kinds.some((own) => own.group === group && own.names.kind === kind),
    registering: (api) => {
      const found = registered.find(
        ({ brings }) => api.kind === "group" ? brings.group === api.group : "groupVersion" in api && isSame(brings, api.groupVersion)
      );
      return found && { definition: found, place: found.place };
    },
    bringing: (api, resource) => {
      const direct = resource && origins.get(resource);
      if (direct !== void 0) return direct;
      const versions = (api.kind === "group" ? after.group(api.group)?.versions : void 0) ?? [];
      const all2 = api.kind === "group-version" ? after.resources(api.groupVersion)?.all ?? [] : versions.flatMap(({ resources }) => resources);
      return all2.map((own) => origins.get(own)).find((source) => source !== void 0);
    },
    withdrawing: (api) => {
      if (api.kind === "group-version") return emptied.get(formatGroupVersion(api.groupVersion));
      if (api.kind === "group") return [...emptied].find(([name]) => name.startsWith(`${api.group}/`))?.[1];
      const definition = inEffect.find((own) => isNamed(own, api));
      return definition && { definition, place: placeOfVersion(definition, api) };
    },
    deprecating: (api) => deprecationOf(api, after, inEffect),
    rejecting: (api) => rejected.find(({ definition }) => wouldBring(definition, api))
  };
}
function deprecationOf(api, after, inEffect) {
  if (api.kind !== "kind" && api.kind !== "resource" && api.kind !== "group-version") return void 0;
  const { groupVersion } = api;
  const ofApi = (own) => {
    const definition = inEffect.find((known) => isNamed(known, own));
    const version = definition?.versions.find(({ name }) => name === groupVersion.version);
    if (definition === void 0 || version?.deprecated !== true) return void 0;
    return { definition, version };
  };
  if (api.kind !== "group-version") return ofApi(api);
  const kinds = after.resources(groupVersion)?.all.filter(isWhole) ?? [];
  const all2 = kinds.map(({ kind: name }) => ofApi({ kind: "kind", groupVersion, name, verbs: [] }));
  return all2.every((own) => own !== void 0) ? all2[0] : void 0;
}
function tellsAll(definition) {
  return definition.kind === "group-version" ? definition.groupVersion !== void 0 : definition.isWhole;
}
function unchanged(served) {
  const nothing = () => void 0;
  return {
    before: served,
    after: served,
    rejected: [],
    defines: () => false,
    registering: nothing,
    bringing: nothing,
    withdrawing: nothing,
    deprecating: nothing,
    rejecting: nothing
  };
}
function copyOf(group) {
  return {
    ...group,
    versions: group.versions.map(({ version, resources }) => ({ version, resources: [...resources] }))
  };
}
function hasSomething(before) {
  return ({ name, versions }) => versions.length > 0 || before.group(name)?.versions.length === 0;
}
function takes(groupVersion, kind, served) {
  const resources = served.resources(groupVersion);
  if (resources !== void 0) return resources.byKind.has(kind);
  const hidden = served.gapsOver(groupVersion.group, groupVersion.version).some((gap) => gap.kind === "endpoint");
  return hidden && groupVersion.version === "v1";
}
function whyNotBoth(first, second) {
  const other = `another definition of ${second.names.plural}.${second.group}, at ${formatPlace(first.place)},`;
  if (first.names.kind !== second.names.kind) return `${other} has the kind ${first.names.kind}`;
  return first.namespaced === second.namespaced ? void 0 : `${other} has another scope`;
}
function inBoth(first, second) {
  const others = new Map(second.versions.map((version) => [version.name, version]));
  const versions = first.versions.map((version) => {
    const other = others.get(version.name);
    if (other === void 0) return { ...version, served: false, place: second.place };
    const subresources = version.subresources.filter((name) => other.subresources.includes(name));
    return { ...other.served ? version : other, subresources, deprecated: version.deprecated || other.deprecated };
  });
  return { ...first, versions };
}
function putInto(groups, definition, before, origins, emptied) {
  const { group: name, names, versions, isWhole: isDefinition } = definition;
  const group = groups.get(name) ?? { name, versions: [] };
  groups.set(name, group);
  if (isDefinition) {
    for (const version of group.versions) {
      const kept = version.resources.filter((own) => own.name.split("/")[0] !== names.plural);
      if (kept.length === 0 && version.resources.length > 0) {
        const said = versions.find((own) => own.name === version.version);
        emptied.set(formatGroupVersion({ group: name, version: version.version }), {
          definition,
          place: said?.place ?? definition.place
        });
        version.resources = [];
      } else version.resources = kept;
    }
  }
  for (const version of versions) {
    if (!version.served || isHeldByBackend(name, version.name, before)) continue;
    const resources = resourcesOf(definition, version, before);
    const source = { definition, place: version.place };
    for (const resource of resources) origins.set(resource, source);
    const known = group.versions.find((own) => own.version === version.name);
    if (known === void 0) group.versions.push({ version: version.name, resources: [...resources] });
    else known.resources.push(...resources.filter((own) => isDefinition || !hasNamed(known.resources, own)));
  }
  group.versions = group.versions.filter(
    ({ version, resources }) => resources.length > 0 || !emptied.has(formatGroupVersion({ group: name, version }))
  );
  group.versions.sort((left, right) => compareKubeAwareVersions(left.version, right.version));
}
function isHeldByBackend(group, version, before) {
  return before.gapsOver(group, version).some((gap) => gap.kind === "group-version" && (gap.reason === "stale" || gap.reason === "unavailable"));
}
function hasNamed(resources, { name, kind }) {
  return resources.some((own) => own.kind === kind && (own.name === name || name === ""));
}
function resourcesOf({ group, names, namespaced = true }, version, before) {
  const kept = namesInUse(group, names, before);
  const whole = {
    name: names.plural,
    kind: names.kind,
    singularName: kept.singular,
    shortNames: kept.shortNames,
    categories: names.categories,
    namespaced,
    verbs: VERBS
  };
  const subresources = version.subresources.map(
    (subresource) => ({
      name: `${names.plural}/${subresource}`,
      singularName: "",
      namespaced,
      verbs: SUBRESOURCE_VERBS,
      ...subresource === "scale" ? { kind: "Scale", group: "autoscaling", version: "v1" } : { kind: names.kind }
    })
  );
  return names.plural === "" ? [whole] : [whole, ...subresources];
}
function isSame(left, right) {
  return left.group === right.group && left.version === right.version;
}
function isNamed({ group, names }, api) {
  if (api.kind !== "kind" && api.kind !== "resource") return false;
  if (api.groupVersion.group !== group) return false;
  if (api.kind === "kind") return names.kind === api.name;
  const [parent = ""] = api.name.split("/");
  return parent !== "" && (parent === names.plural || parent === names.singular);
}
function placeOfVersion({ versions, place }, api) {
  if (!("groupVersion" in api)) return place;
  return versions.find(({ name }) => name === api.groupVersion.version)?.place ?? versions[0]?.place ?? place;
}
function wouldBring(definition, api) {
  if (api.kind === "server-version") return false;
  if (definition.kind === "group-version") {
    return api.kind === "group" ? definition.brings.group === api.group : isSame(definition.brings, api.groupVersion);
  }
  const served = definition.versions.filter((version) => version.served);
  switch (api.kind) {
    case "group":
      return definition.group === api.group && served.length > 0;
    case "group-version":
      return definition.group === api.groupVersion.group && served.some(({ name }) => name === api.groupVersion.version);
    default:
      return isNamed(definition, api) && (definition.versions.length === 0 || served.some(({ name }) => name === api.groupVersion.version));
  }
}

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
    case "not-recorded":
      return "was not asked";
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
    case "not-recorded":
      return "Ask the cluster, without `cache: only`; or renew what kubectl keeps, for example by kubectl api-resources.";
    default:
      return assertNever(gap.reason);
  }
}
function adviceOnBackend(groupVersion) {
  const { group, version } = parseGroupVersion(groupVersion) ?? { group: "", version: "" };
  if (group === "") return adviceOnEndpoint(`/api/${version}`);
  return `kubectl get apiservice ${version}.${group} -o yaml says why; fix its backend, or delete the APIService if nothing needs it.`;
}
function adviceOnEndpoint(path) {
  return `Look at the API server: kubectl get --raw ${path}, and kubectl get --raw '/readyz?verbose'. If it only needs time, set wait.`;
}

// src/verdict/gap-warnings.ts
var MOST_ALONE = 5;
function warnOfGaps(gaps, cluster) {
  const told = gaps.filter(({ reason }) => reason !== "not-recorded");
  const alike = Map.groupBy(told, (gap) => gap.kind === "endpoint" ? gap.endpoint : gap.reason);
  return [...alike.values()].flatMap(
    (some) => some.length > MOST_ALONE ? [{ message: `${cluster}: ${describeMany(some)}`, isQuiet: true }] : some.map((gap) => ({
      message: `${cluster}: ${describeGap(gap)}; no requirement depends on it. ${adviceOnGap(gap)}`,
      isQuiet: true
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
    deprecated,
    removed,
    replacement: successor
  };
}
function builtInTypes(group, version) {
  byGroup ??= Map.groupBy(
    Object.keys(table).flatMap((name) => parseName(name) ?? []),
    (name) => name.group
  );
  const types = byGroup.get(group) ?? [];
  return version === void 0 ? types : types.filter((type) => type.version === version);
}
var byGroup;
function successorsOf(group, version, kind) {
  const successors = [];
  for (let next = lifecycleOf(group, version, kind)?.replacement; next !== void 0 && !successors.some((known) => isSame2(known, next)); next = lifecycleOf(next.group, next.version, next.kind)?.replacement) {
    successors.push(next);
  }
  return successors;
}
function isSame2(left, right) {
  return left.group === right?.group && left.version === right.version && left.kind === right.kind;
}
function parseName(name) {
  const slash = name.lastIndexOf("/");
  const groupVersion = parseGroupVersion(name.slice(0, slash));
  return groupVersion && { ...groupVersion, kind: name.slice(slash + 1) };
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

// called-seldom:semver/functions/satisfies.js
var load = () => require_satisfies();
var satisfies_default = (...given) => load()(...given);

// src/verdict/version-range.ts
var import_min_version = __toESM(require_min_version(), 1);
var import_outside = __toESM(require_outside(), 1);
var LAST_PATCH = 9999;
function isInRange(version, range) {
  const release = releaseOf(version);
  if (release === void 0) return { kind: "unreadable" };
  const patches = release.patch === void 0 ? [0, LAST_PATCH] : [release.patch];
  const answers = new Set(patches.map((patch) => satisfies_default(formatRelease({ ...release, patch }), range)));
  if (answers.size > 1) return { kind: "unreadable" };
  return { kind: answers.has(true) ? "inside" : "outside", release: formatRelease(release) };
}
function adviceOnRange(release, range) {
  const version = /^\d+\.\d+$/.test(release) ? `${release}.0` : release;
  if ((0, import_outside.default)(version, range, "<")) return "Upgrade the cluster or choose another, or change server-version.";
  if (!(0, import_outside.default)(version, range, ">")) return "Choose another cluster, or change server-version.";
  const least = (0, import_min_version.default)(range)?.version.replace(/\.0$/, "");
  const open = least === void 0 || least === "0.0" ? void 0 : `>=${least}`;
  return open === void 0 ? "The server is newer than that. Choose an older cluster, or change server-version." : `The server is newer than that. Write ${open} if newer ones will do, or choose an older cluster.`;
}

// src/verdict/explain-absence.ts
function explainAbsence(api, absence, context) {
  switch (absence.kind) {
    case "server-version": {
      const { gitVersion, release } = absence;
      const range = api.kind === "server-version" ? api.range : "";
      const counted = gitVersion.replace(/^v/, "") === release ? "" : ` (release ${release})`;
      return {
        found: `The server is ${gitVersion}${counted}, which is not in ${range}.`,
        advice: adviceOnRange(release, range)
      };
    }
    case "withdrawn":
      return explainWithdrawn(api, absence.by);
    case "rejected":
      return explainRejected(api, absence.by, context.change);
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
function explainWithdrawn(api, { definition, place }) {
  const version = "groupVersion" in api ? api.groupVersion.version : void 0;
  const own = definition.kind === "kind" ? definition.versions.find(({ name }) => name === version) : void 0;
  const what = own?.served === true ? "does not have this subresource" : own === void 0 ? `does not have ${version === void 0 ? "any version that is served" : "this version"}` : "has served: false for this version";
  return {
    found: `${nameOf(api)}: the ${definition.source} of this change at ${formatPlace(place)} ${what}.`,
    advice: "Serve it there, or use a version that is served."
  };
}
function explainRejected(api, { definition, place, why, by }, { before }) {
  const { source, groupVersion } = definition;
  const found = `${nameOf(api)} is not served, and the ${source} of this change at ${formatPlace(place)} does not bring it: ${why}.`;
  if (by === "server") return { found, advice: `Correct that ${source}.` };
  const other = before.groupVersionsOfKind(source).find(({ group }) => group === groupVersion?.group);
  return {
    found,
    advice: other === void 0 ? `Install what brings ${source} on this cluster first.` : `Write that ${source} for ${formatGroupVersion(other)}, which this cluster serves.`
  };
}
var MOST_PLACES = 5;
function explainNotServed(api, level, context) {
  const { served, near } = context;
  const history = historyOf(api, served);
  const elsewhere = elsewhereOf(api, served);
  const replacement = history?.replacement && formatGroupVersion(history.replacement.name);
  const others = elsewhere.map(formatGroupVersion).filter((groupVersion) => groupVersion !== replacement);
  const found = [
    whereItEnds(api, level, context),
    ...history === void 0 ? [] : [history.found],
    ...others.length === 0 ? [] : [`${whoServes(elsewhere, context)} ${memberOf(api)} in ${others.slice(0, MOST_PLACES).join(", ")}.`]
  ];
  if (history !== void 0) return { found: found.join(" "), advice: history.advice };
  const slips = elsewhere.length === 0 ? near.of(api, level) : [];
  return { found: found.join(" "), advice: adviceOn(api, level, elsewhere, slips, context) };
}
function whoServes(places, { change: { before } }, verb = "serves") {
  return places.every((groupVersion) => before.resources(groupVersion) !== void 0) ? `This cluster ${verb}` : `With this change applied, this cluster ${verb}`;
}
function whereItEnds(api, level, context) {
  const { served } = context;
  const name = nameOf(api);
  const group = groupOf(api) === "" ? "the core group" : groupOf(api);
  switch (level) {
    case "group":
      if (api.kind === "group") return `No version of ${group} is served.`;
      return `${name} is not served; no version of ${group} is.`;
    case "version": {
      const versions = (served.group(groupOf(api))?.versions ?? []).map(({ version }) => version);
      const places = versions.map((version) => ({ group: groupOf(api), version }));
      const subject = whoServes(places, context).replace(/^This/, "this").replace(/^With/, "with");
      return `${name} is not served; of ${group}, ${subject} ${versions.join(", ")}.`;
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
  return places.toSorted((left, right) => isForeign(left) - isForeign(right));
}
function adviceOn(api, level, elsewhere, slips, context) {
  const { served } = context;
  const group = groupOf(api);
  const [first] = elsewhere;
  const isOwn = group.includes(".") && !isBuiltInGroup(group);
  if (slips.length > 0) {
    const guess = `Did you mean ${slips.join(" or ")}?`;
    return isOwn && level === "group" ? `${guess} ${otherwise(bring(api, level, context))}` : guess;
  }
  if (first !== void 0) {
    const other = `${formatGroupVersion(first)}/${memberOf(api)}`;
    const use = `Use ${other} if that is what is meant.`;
    return isOwn && first.group !== group ? `${use} ${otherwise(bring(api, level, context))}` : use;
  }
  const [newest2] = served.group(group)?.versions ?? [];
  if (api.kind === "group-version" && newest2 !== void 0) {
    const other = formatGroupVersion({ group, version: newest2.version });
    return `Use ${other}; or, where either will do, require ${other} | ${groupVersionNameOf(api)}.`;
  }
  if (isOwn) return bring(api, level, context);
  return level === "group" ? "kubectl api-versions lists what this cluster serves." : `kubectl api-resources --api-group=${group === "" ? "''" : group} lists what this cluster serves.`;
}
function otherwise(advice) {
  return `If not, ${advice.charAt(0).toLowerCase()}${advice.slice(1)}`;
}
var DEFINITION_NAME = /^[a-z0-9-]+s\.([a-z0-9-]+(?:\.[a-z0-9-]+)+)$/;
function bring(api, level, { fromFile }) {
  const group = groupOf(api);
  const first = level === "group" ? `Install what brings ${group} on this cluster first` : `Update what brings ${group} on this cluster`;
  const cover = "let manifests cover its CustomResourceDefinition, if this change brings it";
  if (fromFile) return `${first}; or ${cover}; or exclude the file, if it is not meant for this cluster.`;
  const [, rest] = DEFINITION_NAME.exec(group) ?? [];
  const isName = api.kind === "group" && rest !== void 0;
  const other = isName ? ` If ${group} is the name of a CustomResourceDefinition, its group is ${rest}.` : "";
  return `${first}; or ${cover}.${other}`;
}

// src/verdict/explain.ts
function explain(api, standing, context) {
  switch (standing.kind) {
    case "served":
      return { found: explainServed(api, standing.resource, context.served) };
    case "provided":
      return { found: explainProvided(api, standing.by) };
    case "missing":
      return explainAbsence(api, standing.absence, context);
    case "unknown":
      return explainUnknown(api, standing.gaps, context.served);
    default:
      return assertNever(standing);
  }
}
function explainProvided(api, { definition: { source }, place }) {
  if (source === "provides") return `${nameOf(api)} is brought by something else, as ${formatPlace(place)} says.`;
  const article = /^[AEIO]/.test(source) ? "an" : "a";
  return `${nameOf(api)} is brought by this change itself: ${article} ${source} at ${formatPlace(place)}.`;
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

// src/verdict/standing.ts
function standingOf(api, change, options) {
  const then = clusterStanding(api, change.after, options);
  if (change.before === change.after) return then;
  const now = clusterStanding(api, change.before, options);
  if (then.kind === "served") {
    const by = now.kind === "served" ? void 0 : change.bringing(api, then.resource);
    return by === void 0 ? then : { kind: "provided", by };
  }
  const registered = isUntold(then) ? change.registering(api) : void 0;
  if (registered !== void 0) return { kind: "provided", by: registered };
  return then.kind === "missing" ? missingAfter(api, then, now, change) : then;
}
function missingAfter(api, then, now, change) {
  const rejected = change.rejecting(api);
  if (rejected !== void 0) return { kind: "missing", absence: { kind: "rejected", by: rejected } };
  const isAbsent = then.absence.kind === "group" || then.absence.kind === "version" || then.absence.kind === "name";
  const by = isAbsent || now.kind === "served" ? change.withdrawing(api) : void 0;
  return by === void 0 ? then : { kind: "missing", absence: { kind: "withdrawn", by } };
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
function lifecycleNotes(alternatives, change, target) {
  const served = change.after;
  const dated = alternatives.map((judged) => ({ ...judged, types: typesOf(judged.api, served) }));
  const notes = [];
  const inUse = dated.filter(({ standing }) => standing.kind !== "missing");
  const reference = newest(served.version && releaseOf(served.version), target);
  const deprecations = inUse.map(({ api, types }) => {
    const type = all(types, (own2) => isDeprecated(own2, reference)) ? types[0] : void 0;
    if (type !== void 0) return note("deprecated", type, served, target);
    const own = change.deprecating(api);
    return own && noteOfDefinition(api, own);
  });
  const [first] = deprecations;
  if (first !== void 0 && deprecations.every((own) => own !== void 0)) notes.push(first);
  if (target !== void 0) {
    const gone = dated.flatMap(({ types }) => types).find((type) => isRemovedBy(type.name, target));
    if (gone !== void 0 && dated.every((judged) => !survives(judged, target, served))) {
      notes.push(note("removed-by-target", gone, served, target));
    }
  }
  return notes;
}
function typesOf(api, served) {
  if (api.kind === "server-version") return [];
  if (api.kind === "group") return served.group(api.group) === void 0 ? datedTypes(builtInTypes(api.group)) : [];
  const { groupVersion } = api;
  const resources = served.resources(groupVersion);
  switch (api.kind) {
    case "kind":
      return datedTypes([{ ...groupVersion, kind: api.name }]);
    case "resource": {
      const parent = resources ? pluralName(api.name, resources).split("/")[0] : api.name.split("/")[0];
      const kind = parent === void 0 ? void 0 : resources?.byName.get(parent)?.kind ?? kindCalled(parent, groupVersion);
      return kind === void 0 ? [] : datedTypes([{ ...groupVersion, kind }]);
    }
    default: {
      if (resources === void 0) return datedTypes(builtInTypes(groupVersion.group, groupVersion.version));
      const kinds = new Set(resources.all.filter(isWhole).map(({ kind }) => kind));
      return datedTypes([...kinds].map((kind) => ({ ...groupVersion, kind })));
    }
  }
}
function datedTypes(names) {
  const types = [];
  for (const name of names) {
    const lifecycle = lifecycleOf(name.group, name.version, name.kind);
    if (lifecycle === void 0) return [];
    types.push({ name, lifecycle });
  }
  return types;
}
function kindCalled(name, { group, version }) {
  return builtInTypes(group, version).find(({ kind }) => {
    const singular = kind.toLowerCase();
    const plural = singular.endsWith("s") ? `${singular}es` : singular.endsWith("y") ? `${singular.slice(0, -1)}ies` : `${singular}s`;
    return name === singular || name === plural;
  })?.kind;
}
function all(types, holds) {
  return types.length > 0 && types.every(holds);
}
function isDeprecated({ lifecycle: { deprecated } }, reference) {
  return deprecated !== void 0 && (reference === void 0 || hasReached(reference, deprecated));
}
function survives({ types, standing }, target, { version }) {
  const isMissing = standing.kind === "missing";
  if (types.length === 0) return !isMissing;
  const release = version && releaseOf(version);
  return types.some(
    (type) => hasReached(target, type.lifecycle.introduced) && !isRemovedBy(type.name, target) && (!isMissing || comesWith(type, release))
  );
}
function comesWith({ name, lifecycle: { introduced } }, release) {
  if (release !== void 0 && hasReached(release, introduced)) return false;
  if (!/alpha|beta/.test(name.version)) return true;
  const since = parseRelease(introduced);
  return name.version.includes("beta") && since !== void 0 && !hasReached(since, "1.24");
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
    replacement: replacement === void 0 ? void 0 : formatType(replacement.name)
  };
}
function noteOfDefinition(api, { definition, version }) {
  const { group, names, versions } = definition;
  const named = formatType({ group, version: version.name, kind: names.kind });
  const better = versions.filter((other) => other.served && !other.deprecated && compareKubeAwareVersions(other.name, version.name) < 0).toSorted((left, right) => compareKubeAwareVersions(left.name, right.name))[0];
  const replacement = better && formatType({ group, version: better.name, kind: names.kind });
  const words = version.deprecationWarning === void 0 ? "" : ` (${version.deprecationWarning.replace(/\.$/, "")})`;
  return {
    kind: "deprecated",
    message: `${api.kind === "group-version" ? formatGroupVersion(api.groupVersion) : named}: deprecated by the ${definition.source} of this change at ${formatPlace(version.place)}${words}; ${replacement === void 0 ? "it names nothing newer" : `use ${replacement}`}.`,
    replacement
  };
}
function formatMinor({ major, minor }) {
  return `${major}.${minor}`;
}

// src/verdict/judge-requirement.ts
var BEST_FIRST = ["served", "provided", "unknown", "missing"];
function judgeRequirement(requirement, context) {
  const judging = { ...context, fromFile: requirement.place.kind === "file" };
  const judged = (api) => ({ api, standing: standingIn(api, requirement, judging) });
  const first = judged(requirement.anyOf[0]);
  const alternatives = [first, ...requirement.anyOf.slice(1).map(judged)];
  const answer = requirement.negated ? judgeAgainst(first.api, first.standing, judging) : judgeFor(alternatives, judging);
  const gaps = alternatives.flatMap((own) => own.standing.kind === "unknown" ? own.standing.gaps : []);
  return { ...answer, gaps: answer.met === "unknown" ? gaps : [] };
}
function standingIn(api, { place }, { change }) {
  return standingOf(api, change, { creatable: place.kind === "file" });
}
function judgeFor(alternatives, judging) {
  const standing = BEST_FIRST.find((kind) => alternatives.some((own) => own.standing.kind === kind)) ?? "unknown";
  const met = standing === "unknown" ? "unknown" : standing === "missing" ? "no" : "yes";
  const deciding = alternatives.filter((own) => own.standing.kind === standing);
  const told = met === "yes" ? deciding.slice(0, 1) : alternatives;
  const lifecycle = lifecycleNotes(alternatives, judging.change, judging.target);
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
      const near = shortFor(api, judging) ?? judging.near.of(api, "name").join(" and ");
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
function shortFor(api, { served }) {
  if (api.kind !== "resource") return void 0;
  const [parent = "", ...subresource] = api.name.split("/");
  const resources = served.resources(api.groupVersion)?.all.filter(isWhole) ?? [];
  const meant = resources.find(({ shortNames }) => shortNames?.includes(parent) === true) ?? resources.find(({ categories }) => categories?.includes(parent) === true);
  return meant && formatApi({ ...api, name: [meant.name, ...subresource].join("/"), verbs: [] });
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
        const slips2 = groups()(group).flatMap((name) => withGroup(api, name, served));
        return slips2.length > 0 ? slips2 : resourceInName(group, served);
      }
      if (level !== "name" || api.kind !== "kind" && api.kind !== "resource") return resourceForVersion(api, served);
      const resources = served.resources(api.groupVersion);
      if (resources === void 0) return [];
      const groupVersion = formatGroupVersion(api.groupVersion);
      const plural = api.kind === "resource" ? pluralOfShortName(api.name, resources) : void 0;
      if (plural !== void 0) return [`${groupVersion}/${plural}`];
      const suggest = namesIn(
        groupVersion,
        api.kind,
        () => [...api.kind === "kind" ? resources.byKind.keys() : resources.byName.keys()].filter((name) => name !== "")
      );
      const slips = suggest(api.name).map((name) => `${groupVersion}/${name}`);
      return slips.length > 0 || api.kind === "kind" ? slips : byShortName(api.name, served);
    }
  };
}
function withGroup(api, group, served) {
  if (api.kind === "group") return [`${group}/*`];
  const versions = (served.group(group)?.versions ?? []).map(({ version: version2 }) => version2);
  const [own, others] = [versions.filter(isVersionOf(api)), versions.filter((name) => !isVersionOf(api)(name))];
  const has = (version2) => {
    if (api.kind === "group-version") return true;
    const resources = served.resources({ group, version: version2 });
    return (api.kind === "kind" ? resources?.byKind.has(api.name) : resources?.byName.has(api.name)) === true;
  };
  const version = [...own, ...others].find(has);
  if (version === void 0) return [];
  const groupVersion = formatGroupVersion({ group, version });
  return [api.kind === "group-version" ? groupVersion : `${groupVersion}/${api.name}`];
}
function isVersionOf({ groupVersion }) {
  return (version) => version === groupVersion.version;
}
function pluralOfShortName(name, { all: all2 }) {
  const [parent = "", ...subresource] = name.split("/");
  const whole = all2.find((own) => isWhole(own) && own.shortNames?.includes(parent) === true);
  return whole && [whole.name, ...subresource].join("/");
}
function byShortName(name, served) {
  const found = served.groups.flatMap(({ name: group, versions: [newest2] }) => {
    if (newest2 === void 0) return [];
    const groupVersion = { group, version: newest2.version };
    const resources = served.resources(groupVersion);
    const plural = resources && pluralOfShortName(name, resources);
    return plural === void 0 ? [] : [`${formatGroupVersion(groupVersion)}/${plural}`];
  });
  return found.slice(0, 3);
}
function resourceInName(group, served) {
  const [, name = "", rest = ""] = /^([^.]+)\.(.+)$/.exec(group) ?? [];
  return (served.group(rest)?.versions ?? []).filter(({ resources }) => resources.some((own) => own.name === name)).map(({ version }) => `${formatGroupVersion({ group: rest, version })}/${name}`).slice(0, 1);
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
  const change = applyChange(snapshot, options.definitions);
  const judging = {
    change,
    served: change.after,
    near: findNearMisses(change.after),
    target: options.targetVersion === void 0 ? void 0 : parseRelease(options.targetVersion)
  };
  const known = /* @__PURE__ */ new Map();
  const warnings = [...rejections(change, options.cluster)];
  const findings = [];
  const notJudged = {};
  for (const requirement of requirements) {
    if (!isObject(requirement, change)) {
      const name = nameOfType(requirement);
      if (notJudged[name] === void 0) warnings.push(...leftOut(requirement, name, options.cluster));
      notJudged[name] = (notJudged[name] ?? 0) + 1;
      continue;
    }
    const key = `${requirement.place.kind} ${formatRequirement(requirement)}`;
    const judged = known.get(key) ?? judgeRequirement(requirement, judging);
    if (!known.has(key) && judged.doubt !== void 0) {
      warnings.push({ message: `${options.cluster}: ${judged.doubt}`, place: requirement.place });
    }
    known.set(key, judged);
    findings.push(findingOf(requirement, judged, options));
  }
  const touched = new Set([...known.values()].flatMap(({ gaps }) => gaps));
  const untouched = snapshot.gaps.filter((gap) => !touched.has(gap));
  return { findings, warnings: [...warnings, ...warnOfGaps(untouched, options.cluster)], notJudged };
}
function rejections({ rejected }, cluster) {
  return rejected.filter(({ by, definition }) => by === "server" && definition.fault === void 0).map(({ definition: { source }, why, place }) => ({
    message: `${cluster}: The API server does not accept this ${source}, so it provides nothing: ${why}.`,
    place
  }));
}
function isObject({ configuration, anyOf: [api] }, { after, defines }) {
  if (configuration === void 0 || api.kind !== "kind") return true;
  const { group, version } = api.groupVersion;
  if (defines(group, api.name)) return true;
  const inGroup = after.group(group);
  if (configuration.of === "group" && group !== "") return inGroup !== void 0;
  const versions = group === "" ? [version] : (inGroup?.versions ?? []).map((served) => served.version);
  return versions.some((own) => after.resources({ group, version: own })?.byKind.has(api.name) === true);
}
function nameOfType({ text, anyOf: [api] }) {
  return api.kind === "kind" ? `${formatGroupVersion(api.groupVersion)} ${api.name}` : text;
}
function leftOut({ configuration, place }, name, cluster) {
  const readBy = configuration?.readBy;
  if (readBy === void 0) return [];
  return [
    {
      message: `${cluster}: ${name} is not served, and taken for configuration of ${readBy}, so it is not judged. If an operator on this cluster is to read it, install its CustomResourceDefinition first.`,
      place
    }
  ];
}
function findingOf(requirement, judged, options) {
  const { cluster, failOn, accept, nearly } = options;
  const { standing, met, explanation, advice, lifecycle } = judged;
  const finding = {
    requirement,
    cluster,
    standing,
    met,
    fails: whyItFails(judged).some((reason) => failOn.includes(reason)),
    explanation,
    advice,
    lifecycle
  };
  if (!finding.fails) return finding;
  const acceptance = accept?.(finding);
  if (acceptance !== void 0) return { ...finding, standing: "exempt", fails: false, acceptance };
  const near = nearly?.(finding);
  return near === void 0 ? finding : { ...finding, advice: advice === void 0 ? near : `${advice} ${near}` };
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
