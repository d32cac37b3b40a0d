/** What judging fields adds to the whole action, on a real 1.37 with 53 definitions, and what its cache entry holds. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startControlPlane } from '../__tests__/helpers/control-plane.ts';
import { openFieldOracle } from '../__tests__/helpers/field-oracle.ts';
import { watchPeakMemory } from '../__tests__/helpers/peak-memory.ts';
import { runAction } from '../__tests__/helpers/runner.ts';
import { variedCrds } from '../__tests__/helpers/varied-crds.ts';
import { encodeSchemas, type SchemaRecord } from '../src/cache/schema-entry.ts';
import { documentText } from '../src/schemas/openapi-document.ts';
import { readIndex } from '../src/schemas/openapi-index.ts';
import { definition, writeDefinitions, writeObjects } from './manifests.ts';
import { type Contestant, type Measured, milliseconds, race, ratio } from './measure.ts';

const FOUR = ['v1/Service', 'apps/v1/Deployment', 'networking.k8s.io/v1/Ingress', 'batch/v1/CronJob'];
const FIVE = ['v1', 'apps/v1', 'batch/v1', 'networking.k8s.io/v1', 'rbac.authorization.k8s.io/v1'];

export async function measureFields(): Promise<readonly Measured[]> {
  const folder = mkdtempSync(join(tmpdir(), 'kube-api-gate-bench-'));
  const plane = await startControlPlane({ generation: '1.37' });
  const gate =
    (manifests: string, fields: string, env: Readonly<Record<string, string>> = {}): Contestant =>
    async () => {
      const inputs = { manifests, fields, kubeconfig: plane.adminKubeconfig, cache: 'off' };
      const { exitCode, log } = await runAction({ inputs, env, timeoutMs: 120_000 });
      if (exitCode !== 0) throw new Error(`the gate exited ${exitCode}: ${log.slice(0, 2_000)}`);
    };
  const memory = async (what: string, pattern: string): Promise<Measured> => {
    const peak = watchPeakMemory();
    try {
      await gate(pattern, 'warn', peak.env)();
      const ours = `${peak.read()} MB`;
      return { what, ours, against: 'a limit', result: ours, aim: 'at most 300 MB' };
    } finally {
      peak.remove();
    }
  };
  try {
    const list = { apiVersion: 'v1', kind: 'List', items: variedCrds().map(({ crd }) => crd) };
    await plane.kubectlOk(['create', '-f', '-'], { stdin: JSON.stringify(list), timeoutMs: 120_000 });
    const four = join(folder, 'four.yaml');
    writeFileSync(four, FOUR.map(objectOf).join('---\n'));
    const small = writeObjects(join(folder, 'small'), 10_000);
    const large = writeObjects(join(folder, 'large'), 10_000);
    writeDefinitions(join(large, 'crds'), 760, 120_000);
    mkdirSync(join(folder, 'single'));
    const single = join(folder, 'single', 'single.yaml');
    writeFileSync(single, Array.from({ length: 840 }, (_, index) => definition(index, 120_000)).join('---\n'));
    const live = await race({ warn: gate(four, 'warn'), off: gate(four, 'off') }, 15);
    const many = await race({ warn: gate(`${small}/**/*.yaml`, 'warn'), off: gate(`${small}/**/*.yaml`, 'off') }, 7);
    return [
      {
        what: 'four group-versions, live on 1.37, whole process',
        ours: milliseconds(live.warn),
        against: `\`fields: off\`: ${milliseconds(live.off)}`,
        result: `+${milliseconds(live.warn - live.off)}`,
        aim: 'at most +120 ms',
      },
      {
        what: '10,000 manifests of one object each, 9 MB, whole process',
        ours: milliseconds(many.warn),
        against: `\`fields: off\`: ${milliseconds(many.off)}`,
        result: ratio(many.warn, many.off),
        aim: 'at most 1.6',
      },
      await memory('100 MB of YAML in 10,760 files: peak memory', `${large}/**/*.yaml`),
      await memory('100 MB of YAML in one file: peak memory', single),
      ...(await entrySizes(plane.server, plane.caPem, plane.tokens['admin'] ?? '')),
      codeSize(),
    ];
  } finally {
    await plane.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function objectOf(kind: string): string {
  const slash = kind.lastIndexOf('/');
  return `apiVersion: ${kind.slice(0, slash)}\nkind: ${kind.slice(slash + 1)}\nmetadata: {name: web}\n`;
}

async function entrySizes(server: string, caPem: string, token: string): Promise<readonly Measured[]> {
  const oracle = await openFieldOracle({ server, caPem, token, generation: '1.37' });
  const index = readIndex(JSON.parse((await oracle.get('/openapi/v3')).body));
  const records: SchemaRecord[] = [];
  for (const [groupVersion, { hash }] of index) {
    const document = await oracle.documentOf(groupVersion);
    if (document !== undefined) records.push({ groupVersion, hash, text: documentText(document) });
  }
  oracle.stop();
  const size = (what: string, chosen: readonly SchemaRecord[], aim: string): Measured => {
    const bytes = encodeSchemas({ identity: 'x', takenAt: 0, records: chosen }).byteLength;
    return {
      what,
      ours: `${(bytes / 1000).toFixed(1)} kB`,
      against: '',
      result: `${(bytes / 1000).toFixed(1)} kB`,
      aim,
    };
  };
  return [
    size(
      'cache entry of five usual group-versions',
      records.filter(({ groupVersion }) => FIVE.includes(groupVersion)),
      'at most 30 kB',
    ),
    size(`cache entry of all ${records.length} group-versions`, records, 'at most 130 kB'),
  ];
}

/** What is loaded only where fields are judged, without what patterns need. */
function codeSize(): Measured {
  const dist = join(import.meta.dirname, '..', 'dist');
  const own = readdirSync(dist).filter((name) =>
    /^(?:field-work|judge-fields|schema-cache|field-findings|walk-objects)\b.*\.js$/.test(name),
  );
  const bytes = own.reduce((sum, name) => sum + statSync(join(dist, name)).size, 0);
  return {
    what: `code of its own (${own.join(', ')}), not minified`,
    ours: `${Math.round(bytes / 1000)} kB`,
    against: '',
    result: `${Math.round(bytes / 1000)} kB`,
    aim: 'at most 30 KB',
  };
}
