import type { ApiConnection, Cluster } from '../cluster/cluster.ts';
import { type Discovery, discover, type Needs } from '../discovery/discover.ts';
import { formatDuration } from '../model/duration.ts';
import { GateError } from '../model/errors.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { World } from './world.ts';

export interface AskingOptions {
  /** For everything that is asked of the cluster this once. */
  readonly timeoutMs: number;
  /** What the server may confirm instead of sending it again. */
  readonly previous?: Snapshot | undefined;
  /** What stands between the connection and who asks. */
  readonly through?: ((connection: ApiConnection) => ApiConnection) | undefined;
  /** What is judged of the answer; everything, where this is left out. */
  readonly needs?: Needs | undefined;
  /** Called while the answer is on its way. */
  readonly meanwhile?: (() => void) | undefined;
}

/**
 * Asks a cluster once what it serves, within a deadline.
 *
 * @throws GateError as `discover` does; at the deadline the connection's own, which names the phase that took so long
 */
export async function ask(cluster: Cluster, options: AskingOptions, world: World): Promise<Discovery> {
  return await askAlong(cluster, options, world, (_, discovering) => discovering);
}

/** As `ask`, and more over the same connection and within the same deadline: `along` starts beside discovery, and its answer is the answer. */
export async function askAlong<Answer>(
  cluster: Cluster,
  options: AskingOptions,
  world: World,
  along: (connection: ApiConnection, discovering: Promise<Discovery>) => Promise<Answer>,
): Promise<Answer> {
  const { previous, needs, through = (connection) => connection } = options;
  return await withConnection(cluster, options, world, (connection) => {
    const discovering = discover(through(connection), { clock: world.clock, log: world.log, needs, previous });
    return along(connection, discovering);
  });
}

/** Opens a connection for as long as `use` takes, and at most until the deadline. */
export async function withConnection<Answer>(
  cluster: Cluster,
  { timeoutMs, meanwhile }: Pick<AskingOptions, 'timeoutMs' | 'meanwhile'>,
  world: World,
  use: (connection: ApiConnection) => Promise<Answer>,
): Promise<Answer> {
  world.progress?.(`Asking ${cluster.name}`);
  const deadline = new AbortController();
  const answered = new AbortController();
  const timer = world.clock.sleep(timeoutMs, answered.signal).then(
    () => deadline.abort(timedOut(cluster, timeoutMs)),
    () => undefined,
  );
  const connection = cluster.open({
    signal: deadline.signal,
    timeoutMs,
    onSent: meanwhile,
  });
  try {
    return await use(connection);
  } finally {
    answered.abort();
    await timer;
    await connection.close();
  }
}

function timedOut(cluster: Cluster, timeoutMs: number): GateError {
  return new GateError(
    'unreachable',
    'timed-out',
    `${cluster.server} did not answer within ${formatDuration(timeoutMs)}.`,
    {
      hint: 'Check that the cluster can be reached from this runner; raise `timeout` if it is only slow.',
    },
  );
}

/** Seconds between two askings while the job waits: soon at first, then at an even pace. */
const WAIT_STEPS_MS = [1_000, 2_000, 3_000, 5_000] as const;

export interface Waiting<T> {
  readonly waitMs: number;
  /** Asks once; may reject. */
  readonly attempt: () => Promise<T>;
  /** Why asking again may help, or `undefined` when `answer` will do. */
  readonly lacking: (answer: T) => string | undefined;
  readonly name: string;
}

/**
 * Attempts until the answer will do or `waitMs` are over, and returns the last answer; an unreachable cluster is tried again as well.
 *
 * @throws GateError what the last attempt threw
 */
export async function askUntil<T>({ waitMs, attempt, lacking, name }: Waiting<T>, world: World): Promise<T> {
  const { clock, log } = world;
  const until = clock.now() + waitMs;
  for (let attempts = 0; ; attempts += 1) {
    const answer = await attempt().then(
      (value) => ({ value, lacks: lacking(value) }),
      (thrown: unknown) => {
        if (thrown instanceof GateError && thrown.outcome === 'unreachable') return { thrown, lacks: thrown.message };
        throw thrown;
      },
    );
    const step = WAIT_STEPS_MS[Math.min(attempts, WAIT_STEPS_MS.length - 1)] ?? 0;
    const pauseMs = Math.min(step * (1 + clock.random() / 4), until - clock.now());
    if (answer.lacks === undefined || pauseMs <= 0) {
      if ('thrown' in answer) throw answer.thrown;
      return answer.value;
    }
    const left = formatDuration(until - clock.now());
    log.line(`${name}: not yet: ${answer.lacks.replace(/\.$/, '')}; asking again, for at most ${left} more.`);
    world.progress?.(`Waiting for ${name}`);
    await clock.sleep(pauseMs, NEVER.signal);
  }
}

const NEVER = new AbortController();
