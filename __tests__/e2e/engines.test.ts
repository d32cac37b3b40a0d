import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startControlPlane } from '../helpers/control-plane.ts';
import { ask, bearer } from '../helpers/https.ts';
import { isRunning, run } from '../helpers/processes.ts';
import { mediaTypes } from '../helpers/recording.ts';

const allFormats = Object.values(mediaTypes).reverse().join(',');

test.each([
  { generation: '1.37', gitVersion: 'v1.37.2', format: 'v2' },
  { generation: '1.28', gitVersion: 'v1.28.15', format: 'v2beta1' },
  { generation: '1.25', gitVersion: 'v1.25.16', format: 'plain' },
] as const)(
  '$generation starts, answers discovery as $format, and is gone after stop',
  async ({ generation, gitVersion, format }) => {
    const controlPlane = await startControlPlane({ generation });
    try {
      const { server, caPem, tokens } = controlPlane;
      const version = await ask(`${server}/version`, { caPem });
      const groups = await ask(`${server}/apis`, {
        caPem,
        headers: { accept: allFormats, ...bearer(tokens['user']) },
      });
      expect(JSON.parse(version.body)).toMatchObject({ gitVersion });
      expect([groups.status, groups.headers['content-type']]).toEqual([200, mediaTypes[format]]);
      expect(await controlPlane.kubectlOk(['api-versions'])).toContain('apps/v1\n');
    } finally {
      await controlPlane.stop();
    }
    expect(controlPlane.pids.filter(isRunning)).toEqual([]);
    expect(existsSync(controlPlane.folder)).toBe(false);
  },
);

test('who asks decides what comes: certificates, users, a wrong token, nobody, and a user without discovery', async () => {
  const controlPlane = await startControlPlane({
    generation: '1.37',
    users: { blind: [], reader: ['readers'] },
    auditLog: true,
  });
  try {
    const { authority } = controlPlane;
    const apis = async (as: Parameters<typeof controlPlane.kubeconfig>[0]) =>
      (await controlPlane.kubectl(['get', '--raw', '/apis'], { as })).stderr;
    const who = async (as: Parameters<typeof controlPlane.kubeconfig>[0]) =>
      await controlPlane.kubectlOk(['auth', 'whoami', '--output=jsonpath={.status.userInfo.username}'], { as });
    expect(await who({ kind: 'certificate', credential: authority.client('jane', ['developers']) })).toBe('jane');
    expect(await who({ kind: 'user', name: 'reader' })).toBe('reader');
    expect(await apis({ kind: 'user', name: 'blind' })).toBe('');
    expect(await apis({ kind: 'token', token: 'wrong' })).toContain('Unauthorized');

    await controlPlane.withoutDiscovery(['blind']);

    expect(await apis({ kind: 'user', name: 'blind' })).toContain('User "blind" cannot get path "/apis"');
    expect(await apis({ kind: 'user', name: 'reader' })).toBe('');
    expect(await apis({ kind: 'user', name: 'admin' })).toBe('');
    expect(existsSync(controlPlane.auditLogPath)).toBe(true);
  } finally {
    await controlPlane.stop();
  }
});

test('an authentication configuration and further flags reach the server', async () => {
  const controlPlane = await startControlPlane({
    generation: '1.37',
    authenticationConfig: `
apiVersion: apiserver.config.k8s.io/v1
kind: AuthenticationConfiguration
anonymous: { enabled: false }
`,
    extraArgs: ['--emulated-version=kube=1.36'],
  });
  try {
    const { server, caPem, tokens } = controlPlane;
    const nobody = await ask(`${server}/version`, { caPem });
    const user = await ask(`${server}/version`, { caPem, headers: bearer(tokens['user']) });
    expect([nobody.status, user.status]).toEqual([401, 200]);
    expect(JSON.parse(user.body)).toMatchObject({ emulationMinor: '36' });
  } finally {
    await controlPlane.stop();
  }
});

test('a killed test leaves no server behind', async () => {
  const helper = join(import.meta.dirname, '..', 'helpers', 'control-plane.ts');
  const script = `
    import { startControlPlane } from ${JSON.stringify(helper)};
    const controlPlane = await startControlPlane({ generation: '1.37' });
    process.stdout.write(JSON.stringify([controlPlane.folder, ...controlPlane.pids]), () => process.kill(process.pid, 'SIGKILL'));
  `;
  const { code, stdout, stderr } = await run(process.execPath, ['--input-type=module', '--eval', script], {
    timeoutMs: 60_000,
  });
  expect({ code, stderr }).toEqual({ code: -1, stderr: '' });
  const [folder, ...pids] = JSON.parse(stdout) as [string, ...number[]];
  const deadline = Date.now() + 5000;
  while ((pids.some(isRunning) || existsSync(folder)) && Date.now() < deadline) await sleep(50);
  expect(pids.filter(isRunning)).toEqual([]);
  expect(existsSync(folder)).toBe(false);
});

test('a server that cannot start says why', async () => {
  const start = startControlPlane({ generation: '1.37', extraArgs: ['--no-such-flag'] });
  await expect(start).rejects.toThrow(
    /kube-apiserver 1\.37 ended before it was ready:[\s\S]*unknown flag: --no-such-flag/,
  );
});
