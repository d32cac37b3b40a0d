/** Many clusters: fifty contexts against one, a file against a live cluster, and the reports of two hundred jobs. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { load } from 'js-yaml';
import { startControlPlane } from '../__tests__/helpers/control-plane.ts';
import { watchPeakMemory } from '../__tests__/helpers/peak-memory.ts';
import { runAction } from '../__tests__/helpers/runner.ts';
import { REPORT_VERSION } from '../src/model/report-version.ts';
import { gate } from './contestants.ts';
import { type Measured, median, milliseconds, race, ratio } from './measure.ts';

const CLUSTERS = 50;
const REPORTS = 200;
const FINDINGS = 1_000;

export async function measureFleet(): Promise<readonly Measured[]> {
  const folder = mkdtempSync(join(tmpdir(), 'kube-api-gate-bench-'));
  try {
    return [...(await measureClusters(folder)), ...(await measureMerge(folder))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureClusters(folder: string): Promise<readonly Measured[]> {
  const plane = await startControlPlane({ generation: '1.37' });
  try {
    const names = Array.from({ length: CLUSTERS }, (_, index) => `cluster-${index}`);
    const kubeconfig = join(folder, 'fleet.yaml');
    writeFileSync(kubeconfig, fleetOf(readFileSync(plane.adminKubeconfig, 'utf8'), names));
    await gate({ require: 'apps/v1', kubeconfig, context: 'cluster-0', cache: 'off', 'save-snapshots': folder })();
    const judged = { require: 'apps/v1', cache: 'off' };
    const times = await race(
      {
        one: gate({ ...judged, kubeconfig, context: 'cluster-0' }),
        fifty: gate({ ...judged, kubeconfig, context: names.join('\n') }),
        file: gate({ ...judged, snapshots: join(folder, 'cluster-0.json') }, { cache: 'file' }),
      },
      10,
    );
    return [
      {
        what: `${CLUSTERS} clusters in one run, by contexts of one kubeconfig`,
        ours: milliseconds(times.fifty),
        against: `one of them: ${milliseconds(times.one)}`,
        result: ratio(times.fifty, times.one),
        aim: 'at most 6',
      },
      {
        what: 'verdict from a snapshot file',
        ours: milliseconds(times.file),
        against: `the same cluster, live: ${milliseconds(times.one)}`,
        result: ratio(times.file, times.one),
        aim: 'at most 1.0',
      },
    ];
  } finally {
    await plane.stop();
  }
}

/** A kubeconfig in which every context leads to the same server. */
function fleetOf(text: string, names: readonly string[]): string {
  const kubeconfig = load(text) as {
    readonly contexts: readonly { readonly context: object }[];
  };
  const [first] = kubeconfig.contexts;
  return JSON.stringify({ ...kubeconfig, contexts: names.map((name) => ({ ...first, name })) });
}

async function measureMerge(folder: string): Promise<readonly Measured[]> {
  for (let index = 0; index < REPORTS; index += 1) {
    const cluster = `cluster-${index}`;
    mkdirSync(join(folder, 'reports', cluster), { recursive: true });
    writeFileSync(join(folder, 'reports', cluster, 'report.json'), reportOn(cluster));
  }
  const reports = join(folder, 'reports', '**', 'report.json');
  const merged = `merge of ${REPORTS} reports with ${FINDINGS} findings each`;
  return [
    ...(await measureRun(merged, { reports }, ['less than 3 s', 'less than 300 MB'])),
    ...(await measureRun(
      `${merged}, and 160 MB of report files`,
      { reports, 'report-directory': join(folder, 'merged') },
      ['less than 4 s', 'less than 350 MB'],
    )),
  ];
}

async function measureRun(
  what: string,
  inputs: Readonly<Record<string, string>>,
  [time, space]: readonly [string, string],
): Promise<readonly Measured[]> {
  const memory = watchPeakMemory();
  try {
    const times: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      const began = performance.now();
      const { outputs, log } = await runAction({ inputs, env: memory.env });
      times.push(performance.now() - began);
      if (outputs['outcome'] !== 'incompatible') throw new Error(log.slice(-2000));
    }
    const [ms, mb] = [milliseconds(median(times)), `${memory.read()} MB`];
    return [
      { what, ours: ms, against: 'a limit', result: ms, aim: time },
      { what: 'its peak memory', ours: mb, against: 'a limit', result: mb, aim: space },
    ];
  } finally {
    memory.remove();
  }
}

/** One in ten is missing. */
function reportOn(cluster: string): string {
  const findings = Array.from({ length: FINDINGS }, (_, index) => {
    const text = `group${index % 50}.example.com/v1/Kind${index}`;
    const isMissing = index % 10 === 0;
    return {
      requirement: { text, negated: false },
      count: 1,
      places: [
        {
          kind: 'file',
          file: `deploy/object${index}.yaml`,
          line: 1,
          column: 1,
          object: { name: `object-${index}`, namespace: 'shop' },
        },
      ],
      standing: isMissing ? 'missing' : 'served',
      met: isMissing ? 'no' : 'yes',
      fails: isMissing,
      explanation: `${text} is ${isMissing ? 'not ' : ''}served.`,
      lifecycle: [],
    };
  });
  const verdict = {
    cluster,
    outcome: 'incompatible',
    cache: 'miss',
    ageSeconds: 0,
    findings,
    warnings: [],
    capabilities: ['v1'],
  };
  const report = {
    version: REPORT_VERSION,
    outcome: 'incompatible',
    clusters: [verdict],
    problems: [],
    warnings: [],
    notJudged: {},
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
