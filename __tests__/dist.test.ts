/** The built action where its bundle differs from src: what is split off, loaded late, or left out. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCacheService } from './helpers/cache-service.ts';
import { readRecording } from './helpers/recording.ts';
import { type ReplayServer, startReplayServer } from './helpers/replay-server.ts';
import { runAction } from './helpers/runner.ts';
import { wholeRecording } from './helpers/whole-recording.ts';

let server: ReplayServer;

beforeAll(async () => {
  server = await startReplayServer({ recording: wholeRecording(readRecording('1.37')) });
});

afterAll(async () => {
  await server?.stop();
});

describe('the toolkit that is bundled apart', () => {
  test.each(['v1', 'v2'] as const)('saves and restores a snapshot with the cache service %s', async (protocol) => {
    const service = await startCacheService(protocol);
    try {
      const run = () =>
        runAction({ inputs: { require: 'apps/v1', kubeconfig: server.kubeconfig() }, env: service.variables });
      const first = await run();
      expect(first.log).toContain('saved in the Actions cache, good for 10m');
      expect(first.outputs).toMatchObject({ outcome: 'compatible', cache: 'miss' });
      const asked = server.requests.length;
      const second = await run();
      expect(second.outputs).toMatchObject({ outcome: 'compatible', cache: 'hit' });
      expect(server.requests.slice(asked)).toEqual([]);
    } finally {
      await service.close();
    }
  });

  test('has in a file of its own what loads an archive from Azure', async () => {
    const archive = Buffer.from('an archive of some bytes');
    const host = createServer((request, response) => {
      const [, from = 0, to = archive.length - 1] =
        /bytes=(\d+)-(\d+)/.exec(String(request.headers['x-ms-range'] ?? '')) ?? [];
      const body = archive.subarray(Number(from), Number(to) + 1);
      response.writeHead(request.method === 'HEAD' ? 200 : 206, { 'content-length': body.length, etag: '"1"' });
      response.end(request.method === 'HEAD' ? undefined : body);
    });
    await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = host.address() as AddressInfo;
      const storage: typeof import('@azure/storage-blob') = await import(
        /* @vite-ignore */ new URL('../dist/azure-storage.js', import.meta.url).href
      );
      const blob = new storage.BlockBlobClient(`http://127.0.0.1:${port}/container/blob?sig=x`);
      const { contentLength } = await blob.getProperties();
      expect(contentLength).toBe(archive.length);
      expect(await blob.downloadToBuffer(0, archive.length)).toEqual(archive);
    } finally {
      host.closeAllConnections();
      host.close();
    }
  });
});

test.each([
  ['YAML that only a whole parser reads', (json: string) => `# as YAML\n${json}`],
  ['JSON', (json: string) => json],
])('a kubeconfig in %s is taken', async (_, write) => {
  const { outputs } = await runAction({
    inputs: { require: 'apps/v1', kubeconfig: write(server.kubeconfig()), cache: 'off' },
  });
  expect(outputs).toMatchObject({ outcome: 'compatible' });
});

test('a failure finds its words', async () => {
  const kubeconfig = server.kubeconfig().replace(/https:\/\/127\.0\.0\.1:\d+/, 'https://127.0.0.1:1');
  const { exitCode, log } = await runAction({ inputs: { require: 'apps/v1', kubeconfig, cache: 'off' } });
  expect(log).toContain('Nothing listens there');
  expect(exitCode).toBe(1);
});
