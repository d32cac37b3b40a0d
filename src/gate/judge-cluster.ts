import type { ApiConnection, Cluster } from '../cluster/cluster.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Acceptance, CacheUse, ClusterVerdict, Finding, Warning } from '../model/verdict.ts';
import { askAlong, askUntil, withConnection } from './asking.ts';
import type { FieldJudge } from './judge-fields.ts';
import { mayHaveChanged, nothingCached } from './only-cached.ts';
import type { Plan, Subject } from './plan.ts';
import { shareWithKubectl } from './share-with-kubectl.ts';
import type { World } from './world.ts';

/** A cluster's verdict, and what is still under way when it stands. */
export interface ClusterResult {
  readonly verdict: ClusterVerdict;
  /** Settles when the snapshot is saved, where it is worth saving. Never rejects. */
  readonly saved: Promise<unknown>;
}

/** Loaded while the cluster is on its way to answer; on a hit, once the cache has. */
const loadJudging = () => import('../verdict/judge.ts');

interface Judged {
  readonly snapshot: Snapshot;
  readonly findings: readonly Finding[];
  readonly warnings: readonly Warning[];
}

/**
 * Judges one cluster: by a cached snapshot where a young one is found, and by asking where none is or where it leaves something unmet.
 *
 * @throws GateError when the cluster cannot be judged at all
 */
export async function judgeCluster(subject: Subject, plan: Plan, world: World): Promise<ClusterResult> {
  const { mode, ttlMs } = plan.settings.cache;
  const fields = await openFields(subject, plan, world);
  if (mode === 'off') {
    const { judged } = await judgeLive({ subject, fields }, plan, undefined, world);
    return { verdict: await verdictOf(subject, judged, 'off', 0), saved: Promise.resolve() };
  }

  const { openSnapshotCache } = await import('../cache/snapshot-cache.ts');
  const cache = openSnapshotCache({ ttlMs, store: world.store, clock: world.clock, log: world.log });
  const identity = {
    ...(plan.settings.clusterName === undefined ? {} : { cluster: plan.settings.clusterName }),
    ...(subject.cluster === undefined ? {} : { server: subject.cluster.identity }),
  };
  const preparing = fields?.prepare(identity);
  const found = mode === 'refresh' ? undefined : await cache.find(identity);
  await preparing;

  if (found?.kind === 'fresh') {
    const judged = await judgeSnapshot(found.snapshot, subject, plan);
    const final = judged.findings.every((finding) => isFinalInCachedData(finding, plan));
    if (final || mode === 'only') {
      const told =
        (await fields?.cached(judged, mode === 'only' ? undefined : reopening(subject, plan, world))) ?? judged;
      const standsByItself = final && told.findings.every(({ field, fails }) => field === undefined || !fails);
      const warned =
        standsByItself || mode !== 'only'
          ? told
          : { ...told, warnings: [...told.warnings, mayHaveChanged(subject.name, found.ageMs)] };
      return {
        verdict: await verdictOf(subject, warned, 'hit', found.ageMs),
        saved: fields?.keep() ?? Promise.resolve(),
      };
    }
    world.log.line(
      `${subject.name}: the cached snapshot leaves something unmet; asking the cluster before that counts.`,
    );
  }
  if (mode === 'only')
    throw nothingCached({ name: subject.name, named: plan.settings.clusterName !== undefined }, ttlMs, found);

  const previous = found?.kind === 'stale' ? found.snapshot : undefined;
  const { judged, use } = await judgeLive({ subject, fields }, plan, previous, world);
  return {
    verdict: await verdictOf(subject, judged, found?.kind === 'fresh' ? 'rechecked' : use, 0),
    saved: Promise.all([cache.keep(identity, judged.snapshot), fields?.keep()]),
  };
}

/** Loaded only where fields are judged. */
async function openFields(subject: Subject, plan: Plan, world: World): Promise<FieldJudge | undefined> {
  if (plan.work === undefined) return undefined;
  const { openFieldJudge } = await import('./judge-fields.ts');
  return openFieldJudge(subject, plan, plan.work, world);
}

/** Asks the cluster for its schemas alone, where a cached snapshot has said all else. */
function reopening({ cluster, name }: Subject, plan: Plan, world: World) {
  if (cluster === undefined) throw new TypeError(`${name} has no cluster to ask`);
  return (use: (connection: ApiConnection) => Promise<Judged>): Promise<Judged> =>
    withConnection(cluster, { timeoutMs: plan.settings.timeoutMs }, world, use);
}

/**
 * Whether cached data may have the last word: never on what is not met or fails, as the API that would mend it may have been installed a moment ago.
 * @see client-go restmapper/discovery.go, the deferred mapper's reset on a miss
 */
function isFinalInCachedData({ met, fails, acceptance }: Finding, { settings }: Plan): boolean {
  // What is not met goes into the baseline that is being written: it would hide for good what was only not there yet.
  if (acceptance !== undefined && !settings.updateBaseline) return true;
  return met === 'yes' && !fails;
}

function isBeingRecorded(acceptance: Acceptance | undefined, { settings }: Plan): boolean {
  return settings.updateBaseline && acceptance?.kind === 'baseline';
}

interface JudgedLive {
  readonly judged: Judged;
  readonly use: CacheUse;
}

/** @param cached what the cluster may confirm instead of sending it again */
async function judgeLive(
  { subject, fields }: Pick<Attempt, 'subject' | 'fields'>,
  plan: Plan,
  cached: Snapshot | undefined,
  world: World,
): Promise<JudgedLive> {
  const { cluster, name } = subject;
  if (cluster === undefined) throw new TypeError(`${name} has no cluster to ask`);
  const { waitMs, kubectlCache } = plan.settings;
  let latest = cached;
  const answer = await askUntil(
    {
      name,
      waitMs,
      attempt: async () => {
        const attempted = await judgeOnce(
          { subject, fields, cluster, previous: latest, isCached: latest === cached },
          plan,
          world,
        );
        if (attempted.judged.snapshot.gaps.length === 0) latest = attempted.judged.snapshot;
        return attempted;
      },
      lacking: ({ judged }) =>
        judged.findings.find(
          ({ fails, met, acceptance }) => met !== 'yes' && (fails || isBeingRecorded(acceptance, plan)),
        )?.requirement.text,
    },
    world,
  );
  if (kubectlCache === 'write') await shareWithKubectl(cluster, answer.judged.snapshot, world);
  return answer;
}

interface Attempt {
  readonly subject: Subject;
  readonly fields: FieldJudge | undefined;
  readonly cluster: Cluster;
  readonly previous: Snapshot | undefined;
  /** Whether `previous` came out of the cache, and not from the cluster itself a moment ago. */
  readonly isCached: boolean;
}

/**
 * Asks once; a second time, for everything, where what the cluster only confirmed leaves something unmet. It confirms its own document, by an ETag, and not
 * what somebody may have written beside that ETag into the cache.
 */
async function judgeOnce(
  { subject, fields, cluster, previous, isCached }: Attempt,
  plan: Plan,
  world: World,
): Promise<JudgedLive> {
  const { clock, log } = world;
  const until = clock.now() + plan.settings.timeoutMs;
  const asking = async (from: Snapshot | undefined) => {
    const timeoutMs = Math.max(1, until - clock.now());
    const options = { timeoutMs, previous: from, meanwhile: () => loadMeanwhile(world) };
    return await askAlong(cluster, options, world, async (connection, discovering) => {
      const judging = discovering.then(({ snapshot }) => judgeSnapshot(snapshot, subject, plan));
      const judged = await (fields?.live(connection, judging) ?? judging);
      return { judged, confirmed: (await discovering).confirmed };
    });
  };
  const { judged, confirmed } = await asking(previous);
  if (!isCached || confirmed === 0) return { judged, use: 'miss' };
  if (judged.findings.every((finding) => finding.field !== undefined || isFinalInCachedData(finding, plan)))
    return { judged, use: confirmed === 2 ? 'revalidated' : 'miss' };
  log.line(
    `${subject.name}: what the cluster confirmed leaves something unmet; asking for all of it before that counts.`,
  );
  return { judged: (await asking(undefined)).judged, use: 'rechecked' };
}

/** Reads what comes after the answer into memory; should that fail, it fails again, and is reported, where it is needed. */
function loadMeanwhile({ publisher }: World): void {
  for (const loading of [loadJudging(), publisher.prepare()]) loading.catch(() => undefined);
}

async function judgeSnapshot(snapshot: Snapshot, { name }: Subject, plan: Plan): Promise<Judged> {
  const { judge } = await loadJudging();
  const { failOn, targetVersion } = plan.settings;
  const { findings, warnings } = judge(snapshot, plan.requirements, {
    cluster: name,
    failOn,
    provided: plan.manifests.provided,
    accept: plan.acceptances.accept,
    ...(targetVersion === undefined ? {} : { targetVersion }),
  });
  return { snapshot, findings, warnings };
}

async function verdictOf({ name }: Subject, judged: Judged, cache: CacheUse, ageMs: number): Promise<ClusterVerdict> {
  const { capabilitiesOf, outcomeOf } = await loadJudging();
  const { snapshot, findings, warnings } = judged;
  return {
    cluster: name,
    outcome: outcomeOf(findings),
    findings,
    warnings,
    cache,
    ageMs,
    capabilities: capabilitiesOf(snapshot),
    ...(snapshot.version === undefined ? {} : { serverVersion: snapshot.version }),
  };
}
