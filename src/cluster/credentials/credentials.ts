import { assertNever } from '../../model/assert-never.ts';
import { GateError } from '../../model/errors.ts';
import type { Secrets } from '../../model/world.ts';
import type { Credential, CredentialSource, ServerAccess, SignIn, UserAccess } from '../access.ts';
import { requireTextFile } from '../named-file.ts';
import { execIdentity } from './exec-identity.ts';
import { headerValue, isSendable } from './header.ts';
import { maskSecret } from './mask.ts';
import type { CredentialWorld } from './world.ts';

/** The source of a user's credentials for one server; runs and asks nothing until it is asked. */
export function credentialSource(user: UserAccess, server: ServerAccess, world: CredentialWorld): CredentialSource {
  const { certificate } = user;
  const pair = certificate === undefined ? {} : { certificate: { cert: certificate.cert, key: certificate.key } };
  const { signIn } = user;
  switch (signIn.kind) {
    case 'anonymous':
      return constant(pair);
    case 'token':
      return constant({ ...pair, authorization: `Bearer ${headerValue(signIn.token)}` });
    case 'basic': {
      const encoded = Buffer.from(`${signIn.username}:${signIn.password}`, 'utf8').toString('base64');
      maskSecret(encoded, world.secrets);
      return constant({ ...pair, authorization: `Basic ${encoded}` });
    }
    case 'token-file':
      return tokenFile(signIn.path, signIn.fallback, pair, world);
    case 'exec':
      return onDemand(async () => (await import('./exec-plugin.ts')).execCredentials(signIn.config, server, world));
    case 'oidc':
      return onDemand(async () => (await import('./oidc.ts')).oidcCredentials(signIn.audience, world));
    default:
      return assertNever(signIn);
  }
}

/** The part of a user's credentials that is the same in every run; none of it is secret. */
export function credentialIdentity({ name, signIn, certificate }: UserAccess): string {
  const parts = [
    ...(certificate === undefined ? [] : [`certificate ${certificate.subject}`]),
    ...signInIdentity(signIn, name),
  ];
  return parts.length === 0 ? 'anonymous' : parts.join('; ');
}

function signInIdentity(signIn: SignIn, name: string): readonly string[] {
  switch (signIn.kind) {
    case 'anonymous':
      return [];
    case 'token':
    case 'token-file':
      return [name === '' ? 'token' : `token of ${name}`];
    case 'basic':
      return [`user name ${signIn.username}`];
    case 'exec':
      return [execIdentity(signIn.config)];
    case 'oidc':
      return [`oidc ${signIn.audience}`];
    default:
      return assertNever(signIn);
  }
}

function constant(credential: Credential): CredentialSource {
  return { current: async () => credential };
}

/** A source whose code most runs never need. */
function onDemand(load: () => Promise<CredentialSource>): CredentialSource {
  let source: Promise<CredentialSource> | undefined;
  const loaded = () => {
    source ??= load();
    return source;
  };
  return {
    current: async (signal) => (await loaded()).current(signal),
    refresh: async (signal) => (await loaded()).refresh?.(signal),
  };
}

/** client-go takes a token file's content for a minute, less ten seconds. */
const TOKEN_FILE_MS = 50_000;

/** Read again now and then, since whoever writes the file replaces the token before it expires. @see client-go transport/token_source.go */
function tokenFile(
  path: string,
  fallback: string,
  pair: Credential,
  { clock, secrets }: CredentialWorld,
): CredentialSource {
  const credentialOf = (token: string): Credential => ({ ...pair, authorization: `Bearer ${headerValue(token)}` });
  let credential = fallback === '' ? undefined : credentialOf(fallback);
  let readAt = Number.NEGATIVE_INFINITY;

  const read = (): Credential => {
    readAt = clock.now();
    const answer = readToken(path, secrets);
    if (answer.kind === 'token') {
      const fresh = credentialOf(answer.token);
      if (credential?.authorization !== fresh.authorization) credential = fresh;
    }
    // A token that was good a moment ago is better than none, as in client-go.
    if (credential !== undefined) return credential;
    throw answer.kind === 'error' ? answer.error : new TypeError('a token was read and not kept');
  };
  return {
    current: async () => (credential !== undefined && clock.now() - readAt < TOKEN_FILE_MS ? credential : read()),
    refresh: async () => {
      const before = credential;
      const after = read();
      return after === before ? undefined : after;
    },
  };
}

function readToken(
  path: string,
  secrets: Secrets,
): { readonly kind: 'token'; readonly token: string } | { readonly kind: 'error'; readonly error: GateError } {
  try {
    const token = requireTextFile(path, 'token file').trim();
    maskSecret(token, secrets);
    if (token !== '' && isSendable(token)) return { kind: 'token', token };
  } catch (error) {
    if (error instanceof GateError) return { kind: 'error', error };
    throw error;
  }
  const error = new GateError('invalid-input', 'token-file-empty', `The token file ${path} holds no token`, {
    hint: 'Check the step that writes it.',
  });
  return { kind: 'error', error };
}
