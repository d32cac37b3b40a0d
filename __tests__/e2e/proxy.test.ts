/** The whole action at a real kube-apiserver, by way of proxies. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ControlPlane, startControlPlane } from '../helpers/control-plane.ts';
import { startHttpProxy, startSocksProxy, type TestProxy } from '../helpers/proxies.ts';
import { runAction } from '../helpers/runner.ts';

const PASSWORD = 'proxy-pa55word';

let plane: ControlPlane;

beforeAll(async () => {
  plane = await startControlPlane({ generation: '1.37', auditLog: true });
});

afterAll(async () => {
  await plane?.stop();
});

const portOf = (url: string): number => Number(new URL(url).port);

/** Judges the cluster by a kubeconfig that names this proxy. */
function gate(proxyUrl: string) {
  const kubeconfig = plane.kubeconfig({ kind: 'user', name: 'user' }, { 'proxy-url': proxyUrl });
  return runAction({ inputs: { require: 'apps/v1/Deployment', kubeconfig, cache: 'off' } });
}

describe('a kubeconfig with proxy-url', () => {
  const ways: readonly (readonly [kind: string, start: (port: number) => Promise<TestProxy>, scheme: string])[] = [
    ['an HTTP proxy', startHttpProxy, 'http'],
    ['a SOCKS5 proxy', startSocksProxy, 'socks5'],
  ];

  test.each(ways)('reaches the server through %s, and nothing else', async (_kind, start, scheme) => {
    const proxy = await start(portOf(plane.server));
    try {
      const { exitCode, outputs, log } = await gate(`${scheme}://ci:${PASSWORD}@${proxy.authority}`);
      expect(outputs).toMatchObject({ outcome: 'compatible' });
      expect(exitCode).toBe(0);
      expect(new Set(proxy.asked)).toEqual(new Set([new URL(plane.server).host]));
      expect(log.replaceAll(/^::add-mask::.*$/gm, '')).not.toContain(PASSWORD);
    } finally {
      await proxy.stop();
    }
  });

  test('whose proxy is gone is unreachable, and names the proxy', async () => {
    const proxy = await startHttpProxy(portOf(plane.server));
    await proxy.stop();
    const { exitCode, outputs, log } = await gate(`http://ci:${PASSWORD}@${proxy.authority}`);
    expect(outputs).toMatchObject({ outcome: 'unreachable' });
    expect(log).toContain(proxy.authority);
    expect(log.replaceAll(/^::add-mask::.*$/gm, '')).not.toContain(PASSWORD);
    expect(exitCode).toBe(1);
  });
});
