/**
 * `npm start`: the built action, run as a runner runs it, against an embedded HTTPS API server that replays documents recorded from a real Kubernetes 1.37.
 *
 * Once with requirements that hold, once with some that do not, once with fields that the cluster does not know. Exits 0 when both came out as they should.
 */
import { withSchemas } from '../__tests__/helpers/openapi-recording.ts';
import { readRecording } from '../__tests__/helpers/recording.ts';
import { startReplayServer } from '../__tests__/helpers/replay-server.ts';
import { type ActionRun, runAction } from '../__tests__/helpers/runner.ts';

interface Scene {
  readonly title: string;
  readonly require: string;
  readonly manifest: string;
  /** What becomes of fields that the cluster does not know; absent: the default. */
  readonly fields?: string;
  readonly exitCode: number;
  readonly outcome: string;
}

const SCENES: readonly Scene[] = [
  {
    title: 'A change that the cluster will take',
    require: `
      apps/v1
      batch/v1/CronJob verbs=create,patch
      policy/v1 | policy/v1beta1
      gateway.networking.k8s.io/* | networking.k8s.io/v1/Ingress
      !extensions/v1beta1`,
    manifest: manifestOf('apps/v1', 'Deployment', 'web'),
    exitCode: 0,
    outcome: 'compatible',
  },
  {
    title: 'A change that it will not',
    require: `
      apps/v1
      batch/v1beta1          # served by 1.24 and older
      apps/v1/Deploymnet     # a typo
      metrics.k8s.io/v1beta1 # an APIService whose backend is gone`,
    manifest: manifestOf('policy/v1beta1', 'PodDisruptionBudget', 'web'),
    exitCode: 1,
    outcome: 'incompatible',
  },
  {
    title: 'A change with a field that the cluster does not know',
    require: '',
    manifest: `${manifestOf('apps/v1', 'Deployment', 'web')}spec:\n  template:\n    spec:\n      containers:\n        - name: web\n          imagee: web:1.2.3\n          resources: {limits: {memory: 1.5Gx}}\n`,
    fields: 'fail',
    exitCode: 1,
    outcome: 'incompatible',
  },
];

function manifestOf(apiVersion: string, kind: string, name: string): string {
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n`;
}

/** The log as a person sees it in the web page: masked values hidden, commands as what they turn into. */
function shown(log: string): string {
  return log
    .split('\n')
    .filter((line) => !/^::(add-mask|debug|save-state)/.test(line))
    .map((line) => line.replace(/^::group::/, '▼ ').replace(/^::endgroup::$/, ''))
    .join('\n')
    .trim();
}

function print({ title }: Scene, { exitCode, log, summary, outputs }: ActionRun): void {
  const indented = (text: string): string => text.trim().replace(/^/gm, '    ');
  console.log(`\n═══ ${title} ═══\n\n  log\n${indented(shown(log))}\n\n  job summary\n${indented(summary)}\n`);
  console.log(
    `  outputs\n${indented(
      Object.entries(outputs)
        .map(([name, value]) => `${name}=${value.length > 100 ? `${value.slice(0, 100)}…` : value}`)
        .join('\n'),
    )}`,
  );
  console.log(`\n  exit code ${exitCode}`);
}

const server = await startReplayServer({ recording: withSchemas(readRecording('1.37')) });
let failed = 0;
try {
  for (const scene of SCENES) {
    const run = await runAction({
      inputs: {
        require: scene.require,
        manifests: 'deploy/*.yaml',
        kubeconfig: server.kubeconfig(),
        fields: scene.fields ?? 'warn',
      },
      files: { 'deploy/web.yaml': scene.manifest },
    });
    print(scene, run);
    const asExpected = run.exitCode === scene.exitCode && run.outputs['outcome'] === scene.outcome;
    if (!asExpected) {
      failed += 1;
      console.error(`\n  expected ${scene.outcome} and exit code ${scene.exitCode}`);
    }
  }
} finally {
  await server.stop();
}
console.log(`\nstart: ${SCENES.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
