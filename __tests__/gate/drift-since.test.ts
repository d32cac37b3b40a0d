import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { runGate } from '../../src/gate/gate.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { consoleSections } from '../../src/report/console.ts';
import { headline } from '../../src/report/headline.ts';
import { jsonReport } from '../../src/report/json.ts';
import { junitReport } from '../../src/report/junit.ts';
import { outputsOf } from '../../src/report/outputs.ts';
import { sarifReport } from '../../src/report/sarif.ts';
import { summaryOf } from '../../src/report/summary.ts';
import { encodeSnapshot } from '../../src/snapshots/snapshot-file.ts';
import { readRecording } from '../helpers/recording.ts';
import { type ReplayServer, startReplayServer } from '../helpers/replay-server.ts';
import { faultsBySarif, faultsBySchema } from '../helpers/schemas.ts';
import { resource, snapshotOf } from '../helpers/snapshots.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { wholeRecording } from '../helpers/whole-recording.ts';
import { createWorld, inputsOf, memoryStore } from '../helpers/world.ts';

const servers: ReplayServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

const budgets = [resource('poddisruptionbudgets', 'PodDisruptionBudget')];
const before = snapshotOf({ 'policy/v1': budgets, 'policy/v1beta1': budgets }, { version: 'v1.24.1' });
const after = snapshotOf({ 'policy/v1': budgets }, { version: 'v1.25.0' });

const now = Date.now();
const file = (snapshot: Snapshot, ageMs = 0, cluster = 'production'): string =>
  encodeSnapshot({ cluster, snapshot: { ...snapshot, takenAt: now - ageMs } });

async function compare(inputs: Readonly<Record<string, string>>, files: Readonly<Record<string, string>> = {}) {
  const folder = temporaryFolder({ 'old/a.json': file(before, 3_600_000), 'new/a.json': file(after), ...files });
  const world = createWorld({ workingDirectory: folder });
  const outcome = await runGate(inputsOf({ snapshots: 'new/*.json', compare: 'old/*.json', ...inputs }), world);
  return { outcome, verdict: world.verdicts[0], error: world.errors[0] };
}

describe('drift', () => {
  test('is said, and fails nothing by itself; nothing has to be required', async () => {
    const { outcome, verdict } = await compare({});
    expect(outcome).toBe('compatible');
    expect(verdict && outputsOf(verdict)['drift']).toBe(
      'production: lost policy/v1beta1 (PodDisruptionBudget)\nproduction: changed server version from v1.24.1 to v1.25.0',
    );
    expect(verdict && headline(verdict)).toBe(
      'Compatible: nothing was required of production, and production changed since its earlier snapshot',
    );
  });

  test('fails with fail-on: drift', async () => {
    const { outcome, verdict } = await compare({ 'fail-on': 'drift' });
    expect(outcome).toBe('incompatible');
    expect(verdict?.clusters[0]).toMatchObject({ outcome: 'incompatible', drift: { fails: true } });
    expect(verdict && headline(verdict)).toBe('Incompatible: production changed since its earlier snapshot');
  });

  test('names what of the change depends on what was lost, in every report', async () => {
    const { verdict } = await compare(
      { manifests: 'deploy/*.yaml', 'fail-on': 'drift' },
      { 'deploy/web.yaml': 'apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata:\n  name: web\n' },
    );
    if (verdict === undefined) throw new Error('no verdict');
    expect(verdict.clusters[0]?.drift?.changes[0]?.neededBy).toMatchObject([
      {
        text: 'policy/v1beta1/PodDisruptionBudget',
        place: { file: 'deploy/web.yaml', line: 1 },
        object: { name: 'web' },
      },
    ]);
    const need = 'needed by policy/v1beta1/PodDisruptionBudget at deploy/web.yaml:1:1 (web)';
    const lines = consoleSections(verdict).flatMap((section) => [section.title, ...section.lines]);
    expect(lines).toContainEqual(expect.stringMatching(/^production since .* UTC: 1 lost, 1 changed$/));
    expect(lines).toContain('✗ lost policy/v1beta1 (PodDisruptionBudget)');
    expect(lines).toContain(`    ${need}`);
    const summary = summaryOf(verdict);
    expect(summary).toMatch(/### Drift of production since .* UTC: 1 lost, 1 changed\n/);
    expect(summary).toContain(`| lost policy/v1beta1 (PodDisruptionBudget) | ${need} |`);
    expect(junitReport(verdict)).toContain('<failure type="drift"');
    expect(faultsBySchema('report', JSON.parse(jsonReport(verdict)))).toEqual([]);
    const sarif = JSON.parse(sarifReport(verdict));
    expect(faultsBySarif(sarif)).toEqual([]);
    expect(sarif.runs[0].results.map(({ ruleId }: { ruleId: string }) => ruleId)).toContain('drift');
  });

  test('a cluster without an earlier snapshot is said, not failed', async () => {
    const { outcome, verdict } = await compare({ 'fail-on': 'drift' }, { 'old/a.json': file(before, 0, 'other') });
    expect(outcome).toBe('compatible');
    expect(verdict?.clusters[0]?.warnings.map(({ message }) => message)).toEqual([
      'production has no earlier snapshot among the files of `compare`, so nothing is known of its drift.',
    ]);
  });

  test('nothing changed: nothing fails', async () => {
    const { outcome, verdict } = await compare({ 'fail-on': 'drift' }, { 'old/a.json': file(after, 5000) });
    expect(outcome).toBe('compatible');
    expect(verdict && outputsOf(verdict)['drift']).toBe('');
    expect(verdict && summaryOf(verdict)).toContain('nothing changed');
  });

  test('an earlier snapshot that is the later one is said', async () => {
    const { verdict } = await compare({}, { 'old/a.json': file(before, -60_000) });
    expect(verdict?.clusters[0]?.warnings[0]?.message).toContain('was taken after the one that is judged');
  });

  test('drift found in cached data is asked again live before it fails the job', async () => {
    const server = await startReplayServer({ recording: wholeRecording(readRecording('1.37')) });
    servers.push(server);
    const saved = new Map<string, Uint8Array>();
    const folder = temporaryFolder();
    const job = async (inputs: Readonly<Record<string, string>>) => {
      const world = createWorld({ workingDirectory: folder, store: memoryStore(saved) });
      const given = { kubeconfig: server.kubeconfig(), cluster: 'p', require: 'v1', 'cache-ttl': '1h', ...inputs };
      const outcome = await runGate(inputsOf(given), world);
      return { outcome, cache: world.verdicts[0]?.clusters[0]?.cache };
    };
    await job({ 'save-snapshots': 'same' });
    writeFileSync(join(folder, 'other.json'), file(after, 0, 'p'));
    const judged = { compare: 'same/*.json', 'fail-on': 'missing, drift' };
    expect(await job(judged)).toEqual({ outcome: 'compatible', cache: 'hit' });
    expect(await job({ compare: 'other.json' })).toEqual({ outcome: 'compatible', cache: 'hit' });
    expect(await job({ ...judged, compare: 'other.json' })).toEqual({ outcome: 'incompatible', cache: 'rechecked' });
  });
});
