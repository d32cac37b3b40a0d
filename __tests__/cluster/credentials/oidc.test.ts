import { describe, expect, test } from 'vitest';
import { oidcCredentials } from '../../../src/cluster/credentials/oidc.ts';
import { seenWorld, startOfTime } from '../../helpers/cluster-world.ts';
import { gateErrorOf } from '../../helpers/gate-error.ts';

const signal = new AbortController().signal;
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (claims: object) => `${encode({ alg: 'RS256' })}.${encode(claims)}.signature`;

function start(token: (count: number) => string = (count) => `token-${count}`) {
  const audiences: string[] = [];
  const world = seenWorld({ idToken: async (audience) => token(audiences.push(audience)) });
  return { world, audiences, source: oidcCredentials('https://k8s', world) };
}

test('the token is asked for its audience, masked and presented', async () => {
  const { source, world, audiences } = start();
  expect(await source.current(signal)).toEqual({ authorization: 'Bearer token-1' });
  expect(audiences).toEqual(['https://k8s']);
  expect(world.masked).toEqual(['token-1']);
});

test('requests that go out together share one token', async () => {
  const { source, audiences } = start();
  const [one, two] = await Promise.all([source.current(signal), source.current(signal)]);
  expect(one).toBe(two);
  expect(audiences).toHaveLength(1);
});

describe('a token is kept', () => {
  test.each<[string, (count: number) => string, number, number]>([
    ['until shortly before it expires', () => jwt({ exp: startOfTime / 1000 + 600 }), 569_000, 1],
    ['and not longer', () => jwt({ exp: startOfTime / 1000 + 600 }), 571_000, 2],
    ['for less than five minutes where it does not say', () => 'opaque', 269_000, 1],
    ['and not longer than that', () => 'opaque', 271_000, 2],
    ['likewise where its claims cannot be read', () => 'a.b.c', 269_000, 1],
    ['likewise where it has no expiry', () => jwt({}), 271_000, 2],
  ])('%s', async (_, token, afterMs, minted) => {
    const { source, world, audiences } = start(token);
    await source.current(signal);
    world.advance(afterMs);
    await source.current(signal);
    expect(audiences).toHaveLength(minted);
  });
});

test('a token that is refused is minted anew, and the new one is kept', async () => {
  const { source } = start();
  await source.current(signal);
  expect(await source.refresh?.(signal)).toEqual({ authorization: 'Bearer token-2' });
  expect(await source.current(signal)).toEqual({ authorization: 'Bearer token-2' });
});

describe('it is an error', () => {
  test('that the job may not have one; the hint names the permission', async () => {
    const source = oidcCredentials('aud', seenWorld());
    const error = await gateErrorOf(() => source.current(signal));
    expect(error).toMatchObject({ outcome: 'invalid-input', code: 'oidc-not-permitted' });
    expect(error.hint).toContain('id-token: write');
  });

  test('that the job may have one, and GitHub does not give it', async () => {
    const environment = { variables: { ACTIONS_ID_TOKEN_REQUEST_URL: 'https://github' } };
    const source = oidcCredentials('aud', seenWorld({ environment }));
    const error = await gateErrorOf(() => source.current(signal));
    expect(error).toMatchObject({ outcome: 'unreachable', code: 'oidc-unavailable' });
    expect(error.cause).toEqual(new Error('no id-token permission'));
  });

  test('that it is empty', async () => {
    const { source } = start(() => ' ');
    expect(await gateErrorOf(() => source.current(signal))).toMatchObject({ code: 'oidc-unavailable' });
  });

  test.each([
    ['before it was asked for', AbortSignal.abort()],
    ['while it is waited for', AbortSignal.timeout(20)],
  ])('that the time is up %s', async (_, ended) => {
    const source = oidcCredentials('aud', seenWorld({ idToken: () => new Promise(() => undefined) }));
    expect(await gateErrorOf(() => source.current(ended))).toMatchObject({
      outcome: 'unreachable',
      code: 'oidc-timeout',
    });
  });

  test('only once: the next request asks again', async () => {
    let count = 0;
    const world = seenWorld({
      idToken: async () => {
        count += 1;
        if (count === 1) throw new Error('not now');
        return 'later';
      },
    });
    const source = oidcCredentials('aud', world);
    await gateErrorOf(() => source.current(signal));
    expect(await source.current(signal)).toEqual({ authorization: 'Bearer later' });
  });
});
