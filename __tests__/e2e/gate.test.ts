/** The built action as a process against real API servers of three generations: what it answers, and how it ends when things go wrong. */
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { load } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Generation, generations } from '../../engines/paths.ts';
import { createAuthority } from '../helpers/certificates.ts';
import { type ControlPlane, startControlPlane } from '../helpers/control-plane.ts';
import { addExtraApis, widgetDefinition } from '../helpers/extra-apis.ts';
import { closedPort, startFaultServer, type Wire } from '../helpers/fault-server.ts';
import { manyCrds, manyCrdsKind } from '../helpers/many-crds.ts';
import { watchPeakMemory } from '../helpers/peak-memory.ts';
import { readRecording } from '../helpers/recording.ts';
import { type ReplayServer, startReplayServer } from '../helpers/replay-server.ts';
import { type ActionRun, runAction } from '../helpers/runner.ts';

const TIMEOUT_MS = 5_000;
/** How long a run may take beyond what its inputs allow; one that takes longer is killed, and has no exit code. */
const GRACE_MS = 2_000;

type Inputs = Readonly<Record<string, string>>;

/** One run of the action without a cache. What it shows, but for the lines that tell the runner what to hide, holds no `secrets`. */
async function gate(inputs: Inputs, secrets: readonly string[], waitMs = 0): Promise<ActionRun> {
  const run = await runAction({
    inputs: { timeout: `${TIMEOUT_MS / 1000}s`, cache: 'off', ...inputs },
    timeoutMs: waitMs + TIMEOUT_MS + GRACE_MS,
  });
  const { log, summary, outputs, exported } = run;
  const shown = [log.replaceAll(/^::add-mask::.*$/gm, ''), summary, JSON.stringify([outputs, exported])].join('\n');
  for (const secret of secrets) expect(shown).not.toContain(secret);
  expect(shown).not.toMatch(/^\s+at .+:\d+:\d+\)?$/m);
  return run;
}

const errorsOf = ({ log }: ActionRun): readonly string[] => log.match(/^::error.*/gm) ?? [];

function tokensOf({ tokens }: ControlPlane): readonly string[] {
  return Object.values(tokens);
}

describe.each(generations)('the built action on Kubernetes %s', (generation) => {
  let plane: ControlPlane;

  beforeAll(async () => {
    plane = await startControlPlane({ generation, users: { blind: [] } });
    await addExtraApis(plane);
    await plane.withoutDiscovery(['blind']);
  });

  afterAll(async () => {
    await plane?.stop();
  });

  const judged = (inputs: Inputs): Promise<ActionRun> =>
    gate({ kubeconfig: plane.adminKubeconfig, ...inputs }, tokensOf(plane));

  test.each([
    'apps/v1',
    'batch/v1',
    'v1/Pod verbs=create,watch',
    'apps/v1/deployments/scale verbs=patch',
    'policy/v1 | policy/v1beta1',
    'example.com/v1/Widget',
    'example.com/v1/widgets/scale',
    'example.com/*',
    '!extensions/v1beta1',
    '!example.com/v1alpha1',
  ])('serves %s: compatible', async (require) => {
    const run = await judged({ require });
    expect(run.outputs).toMatchObject({ outcome: 'compatible', missing: '', unknown: '', cache: 'off' });
    expect(run.outputs['kube-version']).toMatch(new RegExp(`^v${generation.replace('.', '\\.')}\\.`));
    expect(errorsOf(run)).toEqual([]);
    expect(run.exitCode).toBe(0);
  });

  test.each([
    ['batch/v1beta1', /of batch, this cluster serves v1\./],
    ['example.com/v1alpha1/Widget', /this cluster serves v1, v1beta1\./],
    ['example.com/v1beta1/widgets/scale', /example\.com\/v1\b/],
    ['apps/v1/Deploymnet', /Deployment/],
    ['v1/ComponentStatus verbs=create', /get, list/],
    ['!apps/v1', /apps\/v1/],
  ])('does not give %s: incompatible, and says what there is', async (require, says) => {
    const run = await judged({ require: `apps/v1\n${require}` });
    expect(run.outputs).toMatchObject({ outcome: 'incompatible', missing: require, unknown: '' });
    expect(errorsOf(run)).toEqual([expect.stringContaining(require.replace('!', ''))]);
    expect(errorsOf(run)[0]).toMatch(says);
    expect(run.summary).toMatch(says);
    expect(run.exitCode).toBe(1);
  });

  test('an APIService without a backend is unknown, and no harm to what does not need it', async () => {
    const run = await judged({ require: 'apps/v1\nmetrics.k8s.io/v1beta1' });
    expect(run.outputs).toMatchObject({ outcome: 'undetermined', missing: '', unknown: 'metrics.k8s.io/v1beta1' });
    expect(errorsOf(run)).toEqual([expect.stringContaining('kubectl get apiservice v1beta1.metrics.k8s.io')]);
    expect(run.exitCode).toBe(1);

    const others = await judged({ require: 'apps/v1\nexample.com/v1' });
    // Nothing depends on it: the log says so, and no annotation does.
    expect(others.log).toMatch(/metrics\.k8s\.io\/v1beta1.*no requirement depends on it/);
    expect(others.log).not.toMatch(/^::warning/m);
    expect(others.outputs).toMatchObject({ outcome: 'compatible' });
    expect(others.exitCode).toBe(0);
  });

  test('what is not served outweighs what is unknown', async () => {
    const run = await judged({ require: 'batch/v1beta1\nmetrics.k8s.io/v1beta1' });
    expect(run.outputs).toMatchObject({
      outcome: 'incompatible',
      missing: 'batch/v1beta1',
      unknown: 'metrics.k8s.io/v1beta1',
    });
    expect(run.exitCode).toBe(1);
  });

  test.each<[name: string, kubeconfig: () => string, outcome: string, says: RegExp]>([
    [
      'a user without the right to discover is denied, and told the role',
      () => plane.kubeconfig({ kind: 'user', name: 'blind' }),
      'denied',
      /403.*system:discovery.*--user=blind/s,
    ],
    [
      'a wrong token is denied',
      () => plane.kubeconfig({ kind: 'token', token: 'wrong-token-of-nobody' }),
      'denied',
      /401/,
    ],
    [
      'a CA of another cluster leaves the server unreachable',
      () => {
        const other = createAuthority('another cluster').certificate;
        const data = Buffer.from(other).toString('base64');
        return plane.kubeconfig({ kind: 'user', name: 'admin' }, { 'certificate-authority-data': data });
      },
      'unreachable',
      /signed by.*certificate-authority-data/s,
    ],
    [
      'a certificate for another name leaves it unreachable',
      () => plane.kubeconfig({ kind: 'user', name: 'admin' }, { 'tls-server-name': 'elsewhere.example.com' }),
      'unreachable',
      /elsewhere\.example\.com/,
    ],
  ])('%s', async (_, kubeconfig, outcome, says) => {
    const run = await gate({ require: 'apps/v1', kubeconfig: kubeconfig() }, [
      ...tokensOf(plane),
      'wrong-token-of-nobody',
    ]);
    expect(run.outputs).toMatchObject({ outcome, missing: '', unknown: '' });
    expect(errorsOf(run)).toEqual([expect.stringMatching(says)]);
    expect(run.exitCode).toBe(1);
  });

  test('where nothing listens the server is unreachable', async () => {
    const server = `https://127.0.0.1:${await closedPort()}`;
    const kubeconfig = plane.kubeconfig({ kind: 'user', name: 'admin' }, { server });
    const run = await gate({ require: 'apps/v1', kubeconfig }, tokensOf(plane));
    expect(run.outputs).toMatchObject({ outcome: 'unreachable' });
    expect(errorsOf(run)).toEqual([expect.stringMatching(/refused.*Nothing listens there/)]);
    expect(run.exitCode).toBe(1);
  });

  test.each<[name: string, bytes: number, end: (wire: Wire) => void, says: RegExp]>([
    ['reset in the TLS handshake', 1, (wire) => wire.reset(), /cut|reset/],
    ['reset in the answers', 6_000, (wire) => wire.reset(), /cut|ended before/],
    ['closed in the answers', 6_000, (wire) => wire.end(), /cut|ended before|connection failed/],
    ['silent before what is required has arrived', 6_000, () => undefined, /timed out while .*5s/],
  ])('a server that is killed half-way, its connections %s, is unreachable in time', async (_, bytes, end, says) => {
    const front = await inFrontOf(plane, bytes, end);
    try {
      const kubeconfig = plane.kubeconfig({ kind: 'user', name: 'admin' }, { server: `https://${front.authority}` });
      const run = await gate({ require: 'apps/v1', kubeconfig }, tokensOf(plane));
      expect(run.outputs).toMatchObject({ outcome: 'unreachable' });
      expect(errorsOf(run)).toEqual([expect.stringMatching(says)]);
      expect(run.exitCode).toBe(1);
    } finally {
      await front.stop();
    }
  });
});

/** A way to the server that ends for good once `bytes` of its answers have passed. */
function inFrontOf({ server }: ControlPlane, bytes: number, end: (wire: Wire) => void) {
  const port = Number(new URL(server).port);
  const wires: Wire[] = [];
  let passed = 0;
  return startFaultServer((wire) => {
    wires.push(wire);
    if (passed >= bytes) {
      end(wire);
      return;
    }
    const other = wire.joinTo(port);
    other.unpipe(wire.socket);
    // To the byte: a whole chunk may hold a whole answer, and then nothing that is required is cut.
    other.on('data', (chunk: Buffer) => {
      if (passed >= bytes) return;
      wire.socket.write(chunk.subarray(0, bytes - passed));
      passed += chunk.length;
      if (passed >= bytes) for (const each of wires) end(each);
    });
    other.resume();
  });
}

describe('two clusters in one run', () => {
  let newest: ControlPlane;
  let oldest: ControlPlane;
  let kubeconfig: string;

  beforeAll(async () => {
    [newest, oldest] = await Promise.all([
      startControlPlane({ generation: '1.37' }),
      startControlPlane({ generation: '1.25' }),
    ]);
    kubeconfig = merged({ newest, oldest });
  });

  afterAll(async () => {
    await newest?.stop();
    await oldest?.stop();
  });

  const both = (inputs: Inputs): Promise<ActionRun> =>
    gate({ kubeconfig, context: 'newest\noldest', ...inputs }, [...tokensOf(newest), ...tokensOf(oldest)]);

  test('what both serve is compatible, and the outputs are what suits both', async () => {
    const run = await both({ require: 'apps/v1\nbatch/v1' });
    expect(run.outputs).toMatchObject({ outcome: 'compatible', missing: '' });
    expect(run.outputs['kube-version']).toMatch(/^v1\.25\./);
    const capabilities = run.outputs['api-versions']?.split(',');
    expect(capabilities).toEqual(expect.arrayContaining(['v1', 'apps/v1/Deployment']));
    expect(capabilities).not.toContain('flowcontrol.apiserver.k8s.io/v1');
    expect(capabilities).not.toContain('autoscaling/v2beta2');
    expect(run.exitCode).toBe(0);
  });

  test('what one of them lacks fails the job, and is told of that one alone', async () => {
    const run = await both({ require: 'apps/v1\nautoscaling/v2beta2' });
    expect(run.outputs).toMatchObject({ outcome: 'incompatible', missing: 'autoscaling/v2beta2' });
    expect(errorsOf(run)).toEqual([expect.stringMatching(/newest.*autoscaling\/v2beta2/)]);
    expect(run.summary).toMatch(/oldest.*compatible/);
    expect(run.exitCode).toBe(1);
  });

  test('one that is down does not keep the other from being judged', async () => {
    await oldest.kill();
    const run = await both({ require: 'apps/v1' });
    expect(run.outputs).toMatchObject({ outcome: 'unreachable', missing: '' });
    expect(errorsOf(run)).toEqual([expect.stringMatching(/oldest.*refused/)]);
    expect(run.summary).toMatch(/newest.*compatible/);
    expect(run.exitCode).toBe(1);
  });
});

/** One kubeconfig with a context for each. */
function merged(planes: Readonly<Record<string, ControlPlane>>): string {
  type Sections = { readonly clusters: readonly [{ cluster: unknown }]; readonly users: readonly [{ user: unknown }] };
  const read = Object.entries(planes).map(
    ([name, { adminKubeconfig }]) => [name, load(readFileSync(adminKubeconfig, 'utf8')) as Sections] as const,
  );
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: read.map(([name, { clusters }]) => ({ name, cluster: clusters[0].cluster })),
    users: read.map(([name, { users }]) => ({ name, user: users[0].user })),
    contexts: read.map(([name]) => ({ name, context: { cluster: name, user: name } })),
    'current-context': read[0]?.[0],
  });
}

describe('waiting until it is served', () => {
  let plane: ControlPlane;

  beforeAll(async () => {
    plane = await startControlPlane({ generation: '1.37', auditLog: true });
  });

  afterAll(async () => {
    await plane?.stop();
  });

  /** Settles when the action has asked `times` times in all. */
  async function asked(times: number): Promise<void> {
    const count = () =>
      readFileSync(plane.auditLogPath, 'utf8').match(/"requestURI":"\/apis[?"].*?kube-api-gate/g)?.length;
    const until = Date.now() + 20_000;
    while ((count() ?? 0) < times) {
      if (Date.now() > until) throw new Error(`the cluster was not asked ${times} times`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  const waiting = (waitMs: number): Promise<ActionRun> =>
    gate(
      { require: 'example.com/v1/Widget', kubeconfig: plane.adminKubeconfig, wait: `${waitMs}ms` },
      tokensOf(plane),
      waitMs,
    );

  test('what is installed meanwhile makes the job green', async () => {
    const run = waiting(20_000);
    await asked(1);
    await plane.kubectlOk(['create', '--filename=-'], { stdin: JSON.stringify(widgetDefinition) });
    const { log, outputs, exitCode } = await run;
    expect(log).toMatch(/not yet.*asking again/);
    expect(outputs).toMatchObject({ outcome: 'compatible' });
    expect(exitCode).toBe(0);
    await plane.kubectlOk(['delete', 'crd', 'widgets.example.com']);
  });

  test('a server that is killed meanwhile ends the wait in time, unreachable', async () => {
    const run = waiting(4_000);
    await asked(3);
    await plane.kill();
    const { log, outputs, exitCode } = await run;
    expect(outputs).toMatchObject({ outcome: 'unreachable' });
    expect(log).toMatch(/^::error.*refused/m);
    expect(exitCode).toBe(1);
  });
});

describe('bad input', () => {
  const TOKEN = 'token-that-nobody-may-see';
  const said = new Map<string, string>();
  let server: ReplayServer;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;

  beforeAll(async () => {
    server = await startReplayServer({
      recording: readRecording('1.37'),
      token: TOKEN,
      intercept: (request, response) => {
        answer(request, response);
        return true;
      },
    });
  });

  afterAll(async () => {
    await server?.stop();
  });

  type Kubeconfig = Record<'clusters' | 'users' | 'contexts', { [section: string]: unknown }[]>;

  /** The kubeconfig that would be right, changed. */
  function kubeconfig(change: (config: Kubeconfig) => void): string {
    const config = JSON.parse(server.kubeconfig()) as Kubeconfig;
    change(config);
    return JSON.stringify(config);
  }

  /** Red within the timeout and 2 s, with a message of its own and something to do about it. */
  async function refused(name: string, inputs: Inputs, outcome: string): Promise<void> {
    const run = await gate({ require: 'apps/v1', ...inputs }, [TOKEN]);
    expect(run.outputs).toMatchObject({ outcome });
    expect(run.exitCode).toBe(1);
    const [error = '', ...others] = errorsOf(run);
    expect(others).toEqual([]);
    expect(error).toMatch(/^::error .*::.+%0A.+/);
    const message = error.replace(/^::error .*?::/, '').split('%0A')[0] ?? '';
    expect(said.get(message)).toBeUndefined();
    said.set(message, name);
  }

  test.each<[name: string, inputs: () => Inputs]>([
    ['an empty `require`', () => ({ require: '', kubeconfig: server.kubeconfig() })],
    ['a kubeconfig that is not there', () => ({ kubeconfig: 'missing/kubeconfig' })],
    ['an empty kubeconfig', () => ({ kubeconfig: '{}' })],
    ['a kubeconfig that is not YAML', () => ({ kubeconfig: 'apiVersion: v1\nkind: Config\nclusters: [' })],
    ['a context that is not there', () => ({ kubeconfig: server.kubeconfig(), context: 'production' })],
    ['a user that is not there', () => ({ kubeconfig: kubeconfig((config) => config.users.pop()) })],
    ['a cluster that is not there', () => ({ kubeconfig: kubeconfig((config) => config.clusters.pop()) })],
    [
      'a CA that is not PEM',
      () => ({
        kubeconfig: kubeconfig((config) => {
          config.clusters = [
            { name: 'replayed', cluster: { server: server.server, 'certificate-authority-data': 'bm8gUEVN' } },
          ];
        }),
      }),
    ],
    ['a server without a scheme', () => ({ server: 'kubernetes.example.com', token: TOKEN })],
    ['both a server and a kubeconfig', () => ({ server: server.server, kubeconfig: server.kubeconfig() })],
  ])('%s is refused before anything is asked', async (name, inputs) => {
    const before = server.requests.length;
    await refused(name, inputs(), 'invalid-input');
    expect(server.requests.length).toBe(before);
  });

  const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
  const ok = (contentType: string, body: string) => (_: IncomingMessage, response: ServerResponse) => {
    response.writeHead(200, { 'content-type': contentType }).end(body);
  };

  test.each<[name: string, answer: (request: IncomingMessage, response: ServerResponse) => void]>([
    ['HTML', ok('text/html', '<html><title>Sign in</title></html>')],
    ['an empty object', ok('application/json', '{}')],
    ['a Status', ok('application/json', '{"kind":"Status","apiVersion":"v1","status":"Success"}')],
    ['the right content type around the wrong kind', ok(AGGREGATED, '{"kind":"PodList","apiVersion":"v1","items":[]}')],
    ['half an answer', ok('application/json', '{"kind":"APIVersions","versions":["v1"')],
    [
      'a body that breaks off',
      (_, response) => {
        response.writeHead(200, { 'content-type': AGGREGATED, 'content-length': 5_000 });
        response.write('{"kind":', () => response.destroy());
      },
    ],
    [
      'a body without end',
      (_, response) => {
        response.writeHead(200, { 'content-type': AGGREGATED });
        const more = (): void => {
          while (!response.destroyed && response.write(' '.repeat(65_536)));
        };
        response.on('drain', more);
        more();
      },
    ],
    [
      'a redirect',
      (_, response) => {
        response.writeHead(302, { location: 'https://login.example.com/' }).end();
      },
    ],
    ['nothing at all', () => undefined],
  ])('%s instead of discovery leaves the cluster unreachable', async (name, given) => {
    answer = given;
    await refused(name, { kubeconfig: server.kubeconfig() }, 'unreachable');
  });
});

describe('2,000 custom resources', () => {
  test.each<[name: string, generation: Generation]>([
    ['in one aggregated answer', '1.37'],
    ['in one answer a group-version', '1.25'],
  ])('%s are judged in less than 200 MB', async (_, generation) => {
    const server = await startReplayServer({ recording: manyCrds(generation, 2_000) });
    const memory = watchPeakMemory();
    try {
      const { exitCode, log } = await runAction({
        inputs: { require: manyCrdsKind(1_999), kubeconfig: server.kubeconfig(), cache: 'off' },
        env: memory.env,
      });
      expect(log).toContain(`${manyCrdsKind(1_999)} is served`);
      expect(exitCode).toBe(0);
      expect(memory.read()).toBeLessThan(200);
    } finally {
      memory.remove();
      await server.stop();
    }
  });
});
