/** GitHub's OIDC provider as far as a job and an API server see it: an issuer with its keys, and the endpoint at which a job asks for its token. */
import { randomBytes } from 'node:crypto';
import { createServer as createPlainServer, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { createAuthority } from './certificates.ts';

export type OidcIssuer = {
  /** What stands in `iss`. */
  readonly url: string;
  /** The CA behind the issuer's own certificate. */
  readonly caPem: string;
  /** The claims of tokens from now on, beside `iss`, `aud` and the times. */
  readonly claims: Record<string, unknown>;
  /** All tokens that were given out. */
  readonly minted: string[];
  /** What a runner sets in a job that has the permission `id-token: write`. */
  readonly jobVariables: Readonly<Record<string, string>>;
  close(): Promise<void>;
};

/** Starts an issuer whose tokens last five minutes, as GitHub's do. */
export async function startOidcIssuer(claims: Readonly<Record<string, unknown>>): Promise<OidcIssuer> {
  const authority = createAuthority('issuer');
  const own = authority.server(['127.0.0.1']);
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const key = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
  const requestToken = randomBytes(16).toString('hex');
  const current: Record<string, unknown> = { ...claims };
  const minted: string[] = [];

  const issuer = createSecureServer({ cert: own.certificate, key: own.key }, (request, response) => {
    const documents: Readonly<Record<string, unknown>> = {
      '/.well-known/openid-configuration': {
        issuer: url,
        jwks_uri: `${url}/keys`,
        id_token_signing_alg_values_supported: ['RS256'],
        response_types_supported: ['id_token'],
        subject_types_supported: ['public'],
      },
      '/keys': { keys: [key] },
    };
    const document = documents[request.url ?? ''];
    response.writeHead(document === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(document ?? {}));
  });
  const url = `https://127.0.0.1:${await listen(issuer)}`;

  const endpoint = createPlainServer(async (request, response) => {
    const audience = new URL(request.url ?? '', 'http://endpoint').searchParams.get('audience') ?? '';
    if (request.headers.authorization !== `Bearer ${requestToken}`) {
      response.writeHead(401).end('{}');
      return;
    }
    const token = await new SignJWT(current)
      .setProtectedHeader({ alg: 'RS256', kid: 'one', typ: 'JWT' })
      .setIssuer(url)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(privateKey);
    minted.push(token);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ value: token }));
  });
  const endpointPort = await listen(endpoint);

  return {
    url,
    caPem: authority.certificate,
    claims: current,
    minted,
    jobVariables: {
      ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${endpointPort}/token?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
    },
    close: async () => {
      for (const server of [issuer, endpoint]) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}

async function listen(server: Server): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  return (server.address() as AddressInfo).port;
}
