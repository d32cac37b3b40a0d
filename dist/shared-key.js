// src/cache/key.ts
var { createHash } = process.getBuiltinModule("node:crypto");
var SCHEMA = "kube-api-gate-v1";
var WINDOW_WITHOUT_TTL_SECONDS = 600;
var WINDOW_DIGITS = 10;
function snapshotKeys(identity, ttlMs, time) {
  const name = identityName(identity);
  const prefix = `${SCHEMA}-${name}-${ttlSeconds(ttlMs)}-`;
  const window = `${prefix}${windowNumber(ttlMs, time)}-`;
  return {
    identity: name,
    window,
    renewed: `${window}r${Math.floor(time / 1e3)}-`,
    lookup: [`${window}r`, window, prefix]
  };
}
function isKeyOf(key, identity, ttlMs) {
  const prefix = `${SCHEMA}-${identityName(identity)}-${ttlSeconds(ttlMs)}-`;
  return key.startsWith(prefix) && /^[0-9]{10}-(?:r[0-9]+-)?$/.test(key.slice(prefix.length));
}
function serverHash(server) {
  return sha256([server.server, server.certificateAuthority, server.tlsServerName, server.proxy]);
}
function identityName({ cluster, server }) {
  if (cluster !== void 0) {
    const readable = cluster.replace(/[^A-Za-z0-9._]/g, "_").slice(0, 60);
    return `${readable}.${sha256(["cluster", cluster]).slice(0, 16)}`;
  }
  if (server !== void 0) {
    const parts = [
      server.server,
      server.certificateAuthority,
      server.tlsServerName,
      server.proxy,
      server.impersonation
    ];
    return `server.${sha256([...parts, server.credentials]).slice(0, 32)}`;
  }
  throw new TypeError("a snapshot is cached under the name of its cluster or under its server, and neither is known");
}
function ttlSeconds(ttlMs) {
  return Math.ceil(ttlMs / 1e3);
}
function windowNumber(ttlMs, time) {
  const seconds = ttlSeconds(ttlMs) || WINDOW_WITHOUT_TTL_SECONDS;
  return String(Math.floor(time / (seconds * 1e3))).padStart(WINDOW_DIGITS, "0");
}
function sha256(parts) {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

export {
  snapshotKeys,
  isKeyOf,
  serverHash
};
