import { GateError } from '../../model/errors.ts';
import type { Credential, CredentialSource } from '../access.ts';
import { headerValue } from './header.ts';
import { maskSecret } from './mask.ts';
import type { CredentialWorld } from './world.ts';

/** A token this near to its end may have expired by the time it arrives. */
const LEEWAY_MS = 30_000;

/** GitHub's own tokens last five minutes; one that does not say is taken to last as long. */
const DEFAULT_LIFE_MS = 300_000;

/** Credentials that the job mints itself: its GitHub OIDC token for one audience, minted when first asked for and again before it expires. */
export function oidcCredentials(audience: string, world: CredentialWorld): CredentialSource {
  let minted: { readonly credential: Credential; readonly expiresAt: number } | undefined;
  let minting: Promise<Credential> | undefined;

  const mint = async (signal: AbortSignal): Promise<Credential> => {
    const token = await untilAborted(idToken(audience, world), signal, audience);
    const credential = { authorization: `Bearer ${headerValue(token)}` };
    minted = { credential, expiresAt: expiryOf(token) ?? world.clock.now() + DEFAULT_LIFE_MS };
    return credential;
  };
  const once = (signal: AbortSignal) => {
    minting ??= mint(signal).finally(() => {
      minting = undefined;
    });
    return minting;
  };

  return {
    current: async (signal) =>
      minted !== undefined && world.clock.now() < minted.expiresAt - LEEWAY_MS ? minted.credential : await once(signal),
    // A token is refused for good reason (audience, issuer, claims) more often than for its age; a new one costs one request.
    refresh: (signal) => once(signal),
  };
}

async function idToken(audience: string, { secrets, environment }: CredentialWorld): Promise<string> {
  let token: string;
  try {
    token = (await secrets.idToken(audience)).trim();
  } catch (cause) {
    // The runner sets this variable for jobs that have the permission, and for no others.
    const permitted = (environment.variables['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? '') !== '';
    throw permitted ? unavailable(audience, cause) : notPermitted(audience, cause);
  }
  maskSecret(token, secrets);
  if (token === '') throw unavailable(audience, undefined);
  return token;
}

function notPermitted(audience: string, cause: unknown): GateError {
  const message = `The job may not have a GitHub OIDC token, and the input \`oidc-audience\` asks for one for \`${audience}\``;
  const hint =
    'Give the job `permissions: { contents: read, id-token: write }`. Pull requests from forks never get that permission.';
  return new GateError('invalid-input', 'oidc-not-permitted', message, { hint, cause });
}

function unavailable(audience: string, cause: unknown): GateError {
  return new GateError(
    'unreachable',
    'oidc-unavailable',
    `GitHub did not give the job an OIDC token for the audience \`${audience}\``,
    { hint: 'Run the job again; GitHub’s status page says whether its token service is in trouble.', cause },
  );
}

async function untilAborted(token: Promise<string>, signal: AbortSignal, audience: string): Promise<string> {
  const late = () =>
    new GateError(
      'unreachable',
      'oidc-timeout',
      `GitHub did not give the job its OIDC token for the audience \`${audience}\` in time`,
      {
        hint: 'Run the job again, or raise `timeout`.',
      },
    );
  if (signal.aborted) {
    token.catch(() => undefined);
    throw late();
  }
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(late());
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([token, promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** When a JWT expires, in milliseconds since the epoch; only for keeping it, never for trusting it. */
function expiryOf(token: string): number | undefined {
  const [, payload] = token.split('.');
  if (payload === undefined) return undefined;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    if (typeof claims !== 'object' || claims === null || !('exp' in claims) || typeof claims.exp !== 'number')
      return undefined;
    return claims.exp * 1000;
  } catch {
    return undefined;
  }
}
