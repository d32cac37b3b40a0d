import {
  formatGroupVersion
} from "./shared-scanner.js";

// src/snapshots/drift.ts
function differenceBetween(earlier, later, requirements = []) {
  const found = [];
  const unknown = [];
  compareServerVersions(earlier, later, found, unknown);
  const before = new Map(earlier.groups.map((group) => [group.name, group]));
  const after = new Map(later.groups.map((group) => [group.name, group]));
  const gaps = [gapsOf(earlier), gapsOf(later)];
  for (const name of /* @__PURE__ */ new Set([...before.keys(), ...after.keys()])) {
    comparePreferred(before.get(name), after.get(name), gaps, found);
    const versions = [versionsOf(before.get(name)), versionsOf(after.get(name))];
    for (const version of /* @__PURE__ */ new Set([...versions[0].keys(), ...versions[1].keys()])) {
      const groupVersion = { group: name, version };
      const resources = [versions[0].get(version), versions[1].get(version)];
      if (isUnknown(groupVersion, resources, gaps)) unknown.push(formatGroupVersion(groupVersion));
      else compareVersions(groupVersion, resources, found);
    }
  }
  const [was, is] = [gaps[0].groupVersions, gaps[1].groupVersions];
  unknown.push(...[...was, ...is].filter((each) => was.has(each) !== is.has(each)));
  const changes = found.map(({ change, ...about }) => ({ ...change, neededBy: neededBy(change, about, requirements) }));
  const rank = { lost: 0, changed: 1, gained: 2 };
  return { changes: changes.sort((left, right) => rank[left.kind] - rank[right.kind]), unknown: [...new Set(unknown)] };
}
function gapsOf({ gaps }) {
  const at = (endpoint) => gaps.some((gap) => gap.kind === "endpoint" && gap.endpoint === endpoint);
  return {
    groupVersions: new Set(gaps.flatMap((gap) => gap.kind === "group-version" ? [gap.groupVersion] : [])),
    core: at("/api"),
    others: at("/apis")
  };
}
function isUnknown(groupVersion, resources, gaps) {
  return gaps.some(
    ({ groupVersions, core, others }, side) => groupVersions.has(formatGroupVersion(groupVersion)) || resources[side] === void 0 && (groupVersion.group === "" ? core : others)
  );
}
function compareServerVersions(earlier, later, found, unknown) {
  const [from, to] = [earlier.version?.gitVersion, later.version?.gitVersion];
  if (from !== void 0 && to !== void 0) {
    if (from !== to)
      found.push({ change: { kind: "changed", what: "server-version", api: "server-version", from, to } });
  } else if (from !== to) unknown.push("server-version");
}
function comparePreferred(before, after, gaps, found) {
  const [from, to] = [before?.preferredVersion, after?.preferredVersion];
  if (before === void 0 || from === void 0 || to === void 0 || from === to) return;
  const api = before.name === "" ? "core" : before.name;
  const isOfGroup = (groupVersion) => groupVersion.startsWith(`${before.name}/`);
  if (gaps.some(({ groupVersions }) => [...groupVersions].some(isOfGroup))) return;
  found.push({ change: { kind: "changed", what: "preferred-version", api, from, to } });
}
function versionsOf(group) {
  return new Map((group?.versions ?? []).map(({ version, resources }) => [version, resources]));
}
function compareVersions(groupVersion, [before, after], found) {
  const name = formatGroupVersion(groupVersion);
  if (before === void 0 || after === void 0) {
    const resources = before ?? after ?? [];
    const kinds = [...new Set(resources.filter((each) => !each.name.includes("/")).map(({ kind }) => kind))].join(", ");
    const change = after === void 0 ? { kind: "lost", what: "group-version", api: name, from: kinds } : { kind: "gained", what: "group-version", api: name, to: kinds };
    found.push({ change, groupVersion });
    return;
  }
  const [old, current] = [byName(before), byName(after)];
  for (const resource of /* @__PURE__ */ new Set([...old.keys(), ...current.keys()])) {
    const [was, is] = [old.get(resource), current.get(resource)];
    const api = `${name}/${resource}`;
    const about = { groupVersion, resources: [was ?? [], is ?? []].flat() };
    if (was === void 0 && is !== void 0) {
      found.push({ change: { kind: "gained", what: "resource", api, to: is.kind }, ...about });
    } else if (was !== void 0 && is === void 0) {
      found.push({ change: { kind: "lost", what: "resource", api, from: was.kind }, ...about });
    } else if (was !== void 0 && is !== void 0) {
      for (const [what, from, to] of properties(was, is)) {
        if (from !== to) found.push({ change: { kind: "changed", what, api, from, to }, ...about });
      }
    }
  }
}
function byName(resources) {
  return new Map(resources.map((resource) => [resource.name, resource]));
}
function properties(was, is) {
  const verbs = (resource) => [...new Set(resource.verbs)].sort().join(", ");
  const scope = (resource) => resource.namespaced ? "namespaced" : "cluster-wide";
  return [
    ["kind", was.kind, is.kind],
    ["scope", scope(was), scope(is)],
    ["verbs", verbs(was), verbs(is)]
  ];
}
function neededBy({ kind, what }, { groupVersion, resources }, requirements) {
  const names = (api) => {
    if (api.kind === "server-version") return what === "server-version";
    if (groupVersion === void 0) return false;
    if (api.kind === "group") return what === "group-version" && api.group === groupVersion.group;
    if (formatGroupVersion(api.groupVersion) !== formatGroupVersion(groupVersion)) return false;
    if (resources === void 0) return true;
    switch (api.kind) {
      case "kind":
        return resources.some((resource) => resource.kind === api.name);
      case "resource":
        return resources.some(({ name, singularName }) => name === api.name || singularName === api.name);
      default:
        return false;
    }
  };
  return requirements.filter(({ anyOf, negated }) => negated === (kind === "gained") && anyOf.some(names)).map(({ text, place, object }) => ({ text, place, object }));
}

export {
  differenceBetween
};
