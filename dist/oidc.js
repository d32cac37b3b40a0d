import {
  GateError,
  headerValue,
  maskSecret
} from "./shared-scanner.js";
import "./shared-runtime.js";

// src/cluster/credentials/oidc.ts
var LEEWAY_MS = 3e4;
var DEFAULT_LIFE_MS = 3e5;
function oidcCredentials(audience, world) {
  let minted;
  let minting;
  const mint = async (signal) => {
    const token = await untilAborted(idToken(audience, world), signal, audience);
    const credential = { authorization: `Bearer ${headerValue(token)}` };
    minted = { credential, expiresAt: expiryOf(token) ?? world.clock.now() + DEFAULT_LIFE_MS };
    return credential;
  };
  const once = (signal) => {
    minting ??= mint(signal).finally(() => {
      minting = void 0;
    });
    return minting;
  };
  return {
    current: async (signal) => minted !== void 0 && world.clock.now() < minted.expiresAt - LEEWAY_MS ? minted.credential : await once(signal),
    // A token is refused for good reason (audience, issuer, claims) more often than for its age; a new one costs one request.
    refresh: (signal) => once(signal)
  };
}
async function idToken(audience, { secrets, environment }) {
  let token;
  try {
    token = (await secrets.idToken(audience)).trim();
  } catch (cause) {
    const permitted = (environment.variables["ACTIONS_ID_TOKEN_REQUEST_URL"] ?? "") !== "";
    throw permitted ? unavailable(audience, cause) : notPermitted(audience, cause);
  }
  maskSecret(token, secrets);
  if (token === "") throw unavailable(audience, void 0);
  return token;
}
function notPermitted(audience, cause) {
  const message = `The job may not have a GitHub OIDC token, and the input \`oidc-audience\` asks for one for \`${audience}\``;
  const hint = "Give the job `permissions: { contents: read, id-token: write }`. Pull requests from forks never get that permission.";
  return new GateError("invalid-input", "oidc-not-permitted", message, { hint, cause });
}
function unavailable(audience, cause) {
  return new GateError(
    "unreachable",
    "oidc-unavailable",
    `GitHub did not give the job an OIDC token for the audience \`${audience}\``,
    { hint: "Run the job again; GitHub\u2019s status page says whether its token service is in trouble.", cause }
  );
}
async function untilAborted(token, signal, audience) {
  const late = () => new GateError(
    "unreachable",
    "oidc-timeout",
    `GitHub did not give the job its OIDC token for the audience \`${audience}\` in time`,
    {
      hint: "Run the job again, or raise `timeout`."
    }
  );
  if (signal.aborted) {
    token.catch(() => void 0);
    throw late();
  }
  const { promise, reject } = Promise.withResolvers();
  const onAbort = () => reject(late());
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([token, promise]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
function expiryOf(token) {
  const [, payload] = token.split(".");
  if (payload === void 0) return void 0;
  try {
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString("utf8"));
    if (typeof claims !== "object" || claims === null || !("exp" in claims) || typeof claims.exp !== "number")
      return void 0;
    return claims.exp * 1e3;
  } catch {
    return void 0;
  }
}
export {
  oidcCredentials
};
