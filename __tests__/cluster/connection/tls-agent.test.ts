import { request } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import { FailureError } from '../../../src/cluster/connection/failure.ts';
import type { Progress } from '../../../src/cluster/connection/progress.ts';
import { type AgentOptions, openAgent, type RequestWithProgress } from '../../../src/cluster/connection/tls-agent.ts';
import { createAuthority } from '../../helpers/certificates.ts';
import { closedPort, type FaultServer, startFaultServer } from '../../helpers/fault-server.ts';

const authority = createAuthority('cluster CA');
const { certificate, key } = authority.server(['127.0.0.1']);
const defaults: AgentOptions = {
  secure: true,
  trust: { authorities: () => [authority.certificate] },
  insecureSkipTlsVerify: false,
  maxSockets: 4,
};

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function serve(tls: object = {}): Promise<FaultServer> {
  const server = await startFaultServer(
    async ({ nextRequest, send }) => {
      for (;;) {
        await nextRequest();
        send('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}');
      }
    },
    { cert: certificate, key, ...tls },
  );
  cleanups.push(server.stop);
  return server;
}

/** The TLS socket that a request went over, or the error it ended with; and how far it came. */
function socketTo(
  port: number,
  options: Partial<AgentOptions>,
  signal = new AbortController().signal,
  agent = openAgent({ ...defaults, ...options }),
) {
  cleanups.push(() => agent.destroy());
  const progress: Progress = { phase: 'turn', signal };
  const settings: RequestWithProgress = { host: '127.0.0.1', port, agent, progress };
  const ended = new Promise<TLSSocket>((resolve, reject) => {
    const made = request(settings, (answer) => {
      answer.resume();
      resolve(answer.socket as TLSSocket);
    });
    made.on('error', reject);
    made.end();
  });
  return { ended, progress, agent };
}

test('TLS is 1.2 at least, offers http/1.1, and the server is verified before anything is sent', async () => {
  const server = await serve({ ALPNProtocols: ['http/1.1'] });
  const { ended, progress } = socketTo(server.port, {});
  const socket = await ended;
  expect({ alpn: socket.alpnProtocol, authorized: socket.authorized }).toEqual({ alpn: 'http/1.1', authorized: true });
  expect(['TLSv1.2', 'TLSv1.3']).toContain(socket.getProtocol());
  expect(progress.certificate?.subjectaltname).toBe('IP Address:127.0.0.1');
});

test('a server that is not trusted gets nothing, and leaves its certificate for the message', async () => {
  const server = await serve();
  const { ended, progress } = socketTo(server.port, { trust: { authorities: () => [createAuthority().certificate] } });
  await expect(ended).rejects.toMatchObject({ code: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY' });
  expect(progress).toMatchObject({ phase: 'tls', certificate: { issuer: { CN: 'cluster CA' } } });
  expect(server.requests).toEqual([]);
});

test('the phase of a connection that is refused is connecting', async () => {
  const { ended, progress } = socketTo(await closedPort(), {});
  await expect(ended).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  expect(progress.phase).toBe('connect');
});

test('the signal ends a handshake', async () => {
  const server = await startFaultServer(() => undefined);
  cleanups.push(server.stop);
  const { ended } = socketTo(server.port, {}, AbortSignal.timeout(30));
  await expect(ended).rejects.toMatchObject({ name: 'TimeoutError' });
  await expect.poll(() => server.open()).toBe(0);
});

test('a second connection resumes the session of the first', async () => {
  const server = await serve({ maxVersion: 'TLSv1.2' });
  const first = socketTo(server.port, {});
  const socket = await first.ended;
  socket.destroy();
  const second = await socketTo(server.port, {}, undefined, first.agent).ended;
  expect(second.isSessionReused()).toBe(true);
});

describe('a client certificate', () => {
  const client = authority.client('jane');

  test.each([
    { name: 'is no PEM', pair: { cert: 'no', key: client.key } },
    { name: 'has a key that is no PEM', pair: { cert: client.certificate, key: 'no' } },
    { name: 'has the key of another', pair: { cert: client.certificate, key: authority.client('joe').key } },
  ])('that $name is a failure before anything is connected', ({ pair }) => {
    let thrown: unknown;
    try {
      openAgent({ ...defaults, certificate: pair });
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(FailureError);
    expect((thrown as FailureError).failure).toMatchObject({ kind: 'client-certificate-invalid' });
    expect(JSON.stringify((thrown as FailureError).failure)).not.toMatch(/error:|BEGIN/);
  });
});
