import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runGate } from '../../src/gate/gate.ts';
import { encodeSnapshot } from '../../src/snapshots/snapshot-file.ts';
import { readRecording } from '../helpers/recording.ts';
import { startReplayServer } from '../helpers/replay-server.ts';
import { resource, snapshotOf } from '../helpers/snapshots.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { createWorld, inputsOf } from '../helpers/world.ts';

const fileOf = (cluster: string): string =>
  encodeSnapshot({
    cluster,
    snapshot: { ...snapshotOf({ 'secret-group/v1': [resource('as', 'A')] }), takenAt: Date.now() },
  });

test('each cluster has its file, whatever its name; one that was not judged has none', async () => {
  const folder = temporaryFolder({ '1.json': fileOf('Prod'), '2.json': fileOf('prod'), '3.json': fileOf('../prod') });
  const world = createWorld({ workingDirectory: folder });
  const inputs = { require: 'v1', snapshots: '*.json', 'save-snapshots': 'out' };
  await runGate(inputsOf(inputs), world);
  expect(readdirSync(join(folder, 'out')).toSorted()).toEqual([
    'prod.json',
    expect.stringMatching(/^prod~[0-9a-f]{16}\.json$/),
    expect.stringMatching(/^prod~[0-9a-f]{16}\.json$/),
  ]);
  expect(world.lines.filter((line) => line.startsWith('Snapshot of'))).toHaveLength(3);
});

test('what holds a secret of the job is not written, and the log says so', async () => {
  const folder = temporaryFolder({ '1.json': fileOf('prod') });
  const world = createWorld({ workingDirectory: folder });
  const redacting = {
    ...world,
    secrets: { ...world.secrets, redact: (text: string) => text.replaceAll('secret-group', '***') },
  };
  const outcome = await runGate(
    inputsOf({ require: 'secret-group/v1', snapshots: '1.json', 'save-snapshots': 'out' }),
    redacting,
  );
  expect(outcome).toBe('compatible');
  expect(existsSync(join(folder, 'out'))).toBe(false);
  expect(world.lines).toContainEqual(
    expect.stringMatching(/^Snapshot of prod: not written, because the answer holds a text that is also a secret/),
  );
});

test('a cluster that cannot be asked leaves no file', async () => {
  const folder = temporaryFolder();
  const world = createWorld({ workingDirectory: folder });
  const inputs = {
    require: 'v1',
    server: 'http://127.0.0.1:1',
    cluster: 'dead',
    cache: 'off',
    'save-snapshots': 'out',
  };
  expect(await runGate(inputsOf(inputs), world)).toBe('unreachable');
  expect(existsSync(join(folder, 'out'))).toBe(false);
  expect(world.lines).toContain('Snapshot of dead: not written, because the cluster was not judged.');
});

test('the cluster of the pod has no name but its address, and leaves no file', async () => {
  const server = await startReplayServer({ recording: readRecording('1.37') });
  const folder = temporaryFolder({ token: server.token, 'ca.crt': server.caPem });
  const { hostname, port } = new URL(server.server);
  const world = createWorld({
    workingDirectory: folder,
    variables: { KUBERNETES_SERVICE_HOST: hostname, KUBERNETES_SERVICE_PORT: port },
  });
  const given = { require: 'v1', cache: 'off', 'save-snapshots': 'out' };
  const outcome = await runGate(inputsOf(given), { ...world, serviceAccountFolder: folder });
  await server.stop();
  expect(outcome).toBe('compatible');
  expect(existsSync(join(folder, 'out'))).toBe(false);
  expect(world.lines).toContainEqual(
    expect.stringMatching(/^Snapshot of .*: not written, because the cluster has no name but its address, which/),
  );
});
