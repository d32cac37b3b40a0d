import type { Credential } from '../access.ts';

/** What can be read of a credential without asking anybody. */
export interface CredentialState {
  /** Whether it has run out, or does not hold yet: then that is the reason. */
  readonly invalid: boolean;
  /** As a part of a sentence: which credential, and since when, until when and for whom it holds. */
  readonly message: string;
}

/** What a refused credential says of itself: the reason, where it has run out; else until when and for whom it is meant. `undefined` for one that says nothing. */
export function stateOf(
  { certificate, authorization, expiresAt }: Credential,
  now: number,
): CredentialState | undefined {
  const states = [
    certificate === undefined ? undefined : certificateState(certificate.cert, now),
    authorization === undefined ? undefined : tokenState(authorization, now),
    expiresAt === undefined || expiresAt > now
      ? undefined
      : { invalid: true, message: `the exec plugin's credential expired on ${time(expiresAt)}` },
  ].filter((state) => state !== undefined);
  const invalid = states.filter((state) => state.invalid);
  const told = invalid.length > 0 ? invalid : states;
  if (told.length === 0) return undefined;
  return { invalid: invalid.length > 0, message: told.map(({ message }) => message).join(', and ') };
}

function certificateState(pem: string, now: number): CredentialState | undefined {
  const { X509Certificate } = process.getBuiltinModule('node:crypto');
  let from: number;
  let to: number;
  try {
    const { validFromDate, validToDate } = new X509Certificate(pem);
    [from, to] = [validFromDate.getTime(), validToDate.getTime()];
  } catch {
    return undefined;
  }
  if (now > to) return { invalid: true, message: `the client certificate expired on ${time(to)}` };
  if (now < from) return { invalid: true, message: `the client certificate is not valid before ${time(from)}` };
  return { invalid: false, message: `the client certificate is valid until ${time(to)}` };
}

function tokenState(authorization: string, now: number): CredentialState | undefined {
  const claims = claimsOf(/^Bearer [\w-]+\.([\w-]+)\.[\w-]*$/.exec(authorization)?.[1]);
  if (claims === undefined) return undefined;
  const [expires, begins] = [secondsOf(claims['exp']), secondsOf(claims['nbf'])];
  if (expires !== undefined && now > expires)
    return { invalid: true, message: `the token expired on ${time(expires)}` };
  if (begins !== undefined && now < begins) {
    return { invalid: true, message: `the token is not valid before ${time(begins)}` };
  }
  const audience = [claims['aud']].flat().filter((each) => typeof each === 'string');
  const facts = [
    ...(expires === undefined ? [] : [`is valid until ${time(expires)}`]),
    ...(audience.length === 0
      ? []
      : [`is for the audience ${audience.map((each) => JSON.stringify(each)).join(', ')}`]),
  ];
  return facts.length === 0 ? undefined : { invalid: false, message: `the token ${facts.join(' and ')}` };
}

function claimsOf(payload: string | undefined): Readonly<Record<string, unknown>> | undefined {
  if (payload === undefined) return undefined;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return typeof claims === 'object' && claims !== null ? { ...claims } : undefined;
  } catch {
    return undefined;
  }
}

function secondsOf(claim: unknown): number | undefined {
  return typeof claim === 'number' && Math.abs(claim) < 8.64e12 ? claim * 1000 : undefined;
}

function time(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}
