import "./shared-scanner.js";
import "./shared-runtime.js";

// src/cluster/connection/refused-credential.ts
function stateOf({ certificate, authorization, expiresAt }, now) {
  const states = [
    certificate === void 0 ? void 0 : certificateState(certificate.cert, now),
    authorization === void 0 ? void 0 : tokenState(authorization, now),
    expiresAt === void 0 || expiresAt > now ? void 0 : { invalid: true, message: `the exec plugin's credential expired on ${time(expiresAt)}` }
  ].filter((state) => state !== void 0);
  const invalid = states.filter((state) => state.invalid);
  const told = invalid.length > 0 ? invalid : states;
  if (told.length === 0) return void 0;
  return { invalid: invalid.length > 0, message: told.map(({ message }) => message).join(", and ") };
}
function certificateState(pem, now) {
  const { X509Certificate } = process.getBuiltinModule("node:crypto");
  let from;
  let to;
  try {
    const { validFromDate, validToDate } = new X509Certificate(pem);
    [from, to] = [validFromDate.getTime(), validToDate.getTime()];
  } catch {
    return void 0;
  }
  if (now > to) return { invalid: true, message: `the client certificate expired on ${time(to)}` };
  if (now < from) return { invalid: true, message: `the client certificate is not valid before ${time(from)}` };
  return { invalid: false, message: `the client certificate is valid until ${time(to)}` };
}
function tokenState(authorization, now) {
  const claims = claimsOf(/^Bearer [\w-]+\.([\w-]+)\.[\w-]*$/.exec(authorization)?.[1]);
  if (claims === void 0) return void 0;
  const [expires, begins] = [secondsOf(claims["exp"]), secondsOf(claims["nbf"])];
  if (expires !== void 0 && now > expires)
    return { invalid: true, message: `the token expired on ${time(expires)}` };
  if (begins !== void 0 && now < begins) {
    return { invalid: true, message: `the token is not valid before ${time(begins)}` };
  }
  const audience = [claims["aud"]].flat().filter((each) => typeof each === "string");
  const facts = [
    ...expires === void 0 ? [] : [`is valid until ${time(expires)}`],
    ...audience.length === 0 ? [] : [`is for the audience ${audience.map((each) => JSON.stringify(each)).join(", ")}`]
  ];
  return facts.length === 0 ? void 0 : { invalid: false, message: `the token ${facts.join(" and ")}` };
}
function claimsOf(payload) {
  if (payload === void 0) return void 0;
  try {
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString("utf8"));
    return typeof claims === "object" && claims !== null ? { ...claims } : void 0;
  } catch {
    return void 0;
  }
}
function secondsOf(claim) {
  return typeof claim === "number" && Math.abs(claim) < 864e10 ? claim * 1e3 : void 0;
}
function time(ms) {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");
}
export {
  stateOf
};
