import type { Found } from '../cache/snapshot-cache.ts';
import type { ApiConnection, Cluster } from '../cluster/cluster.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Acceptance, CacheUse, ClusterVerdict, Drift, Finding, Warning } from '../model/verdict.ts';
import { askAlong, askUntil, withConnection } from './asking.ts';
import { type Caches, openCaches } from './caches.ts';
import { driftSince } from './drift-since.ts';
import type { FieldJudge } from './judge-fields.ts';
import { unmeantRemarks } from './keeping.ts';
import { needsOf } from './needs.ts';
import { mayHaveChanged, nothingCached, nothingSaved } from './only-cached.ts';
import type { Plan, Subject } from './plan.ts';
import type { World } from './world.ts';

/** A cluster's verdict, and what is still under way when it stands. */
export interface ClusterResult {
  readonly verdict: ClusterVerdict;
  /** What was judged; absent where nothing was. */
  readonly snapshot?: Snapshot | undefined;
  /** Settles when the snapshot is saved. Never rejects. */
  readonly saved: Promise<unknown>;
}

/** Loaded while the cluster is on its way to answer; on a hit, once the cache has. */
const loadJudging = () => import('../verdict/judge.ts');

export interface Judged {
  readonly snapshot: Snapshot;
  readonly findings: readonly Finding[];
  readonly warnings: readonly Warning[];
  readonly notJudged: Readonly<Record<string, number>>;
  readonly drift: Drift | undefined;
}

/**
 * Judges one cluster: by a cached snapshot where a young one is found, and by asking where none is or where requirements are not met.
 *
 * @throws GateError when the cluster cannot be judged at all
 */
export async function judgeCluster(subject: Subject, plan: Plan, world: World): Promise<ClusterResult> {
  const { mode, ttlMs } = plan.settings.cache;
  const [caches, fields] = await Promise.all([openCaches(subject, plan, world), openFields(subject, plan, world)]);
  const preparing = fields?.prepare({ cluster: plan.settings.clusterName, server: subject.identity });
  const looked = await lookIn(caches, subject, plan);
  await preparing;
  if (looked.judged !== undefined && (looked.final || mode === 'only')) {
    const { judged, ageMs } = looked;
    const told =
      (await fields?.cached(judged, mode === 'only' ? undefined : reopening(subject, plan, world))) ?? judged;
    const standsByItself = looked.final && told.findings.every(({ field, fails }) => field === undefined || !fails);
    const warnings = standsByItself || mode !== 'only' ? [] : [mayHaveChanged(subject.name, ageMs)];
    return {
      verdict: await verdictOf(subject, plan, warnedOf(told, warnings), 'hit', ageMs),
      snapshot: told.snapshot,
      saved: fields?.keep() ?? Promise.resolve(),
    };
  }
  if (mode === 'only') {
    const named = plan.settings.clusterName !== undefined || plan.settings.cachedClusters.length > 0;
    throw nothingCached({ name: subject.name, named }, ttlMs, looked.absent);
  }
  if (looked.judged !== undefined) {
    world.log.line(
      `${subject.name}: some requirements are not met by the cached snapshot; asking the cluster before that counts.`,
    );
  }

  const { judged, use } = await judgeLive({ subject, fields }, plan, caches, looked.stale, world);
  const keeping = caches.keep(judged.snapshot);
  // A `refresh` is there to save: whether it did is part of what it has to say.
  const kept = mode === 'refresh' ? await keeping : undefined;
  const warnings = kept?.kind === 'not-kept' ? [nothingSaved(subject.name, kept.reason)] : [];
  const unused = mode === 'off' || (mode === 'auto' && caches.readable.length === 0);
  const found = looked.judged === undefined ? use : 'rechecked';
  return {
    verdict: await verdictOf(subject, plan, warnedOf(judged, warnings), unused ? 'off' : found, 0),
    snapshot: judged.snapshot,
    saved: Promise.all([keeping, fields?.keep()]),
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

function warnedOf(judged: Judged, warnings: readonly Warning[]): Judged {
  return { ...judged, warnings: [...judged.warnings, ...warnings] };
}

/** What the caches have, up to the first young answer by which everything is met. */
interface Looked {
  /** By the last young answer that was found. */
  readonly judged?: Judged | undefined;
  readonly ageMs: number;
  /** Whether `judged` may have the last word. */
  readonly final: boolean;
  /** An older one, good for its validators. */
  readonly stale?: Snapshot | undefined;
  /** Why the last cache that was looked into had no young one. */
  readonly absent: Exclude<Found, { kind: 'fresh' }>;
}

async function lookIn({ readable }: Caches, subject: Subject, plan: Plan): Promise<Looked> {
  let looked: Looked = {
    ageMs: 0,
    final: false,
    absent: { kind: 'none', why: 'no-service', reason: 'no cache is in use' },
  };
  for (const find of readable) {
    const found = await find();
    if (found.kind === 'fresh') {
      const judged = await judgeSnapshot(found.snapshot, subject, plan);
      const final = isFinal(judged, plan);
      looked = { ...looked, judged, ageMs: found.ageMs, final };
      if (final) break;
    } else {
      looked = { ...looked, absent: found, stale: found.kind === 'stale' ? found.snapshot : looked.stale };
    }
  }
  return looked;
}

function isFinal({ snapshot, findings, drift }: Judged, plan: Plan): boolean {
  if (drift?.fails === true || (isAboutAll(plan) && snapshot.gaps.length > 0)) return false;
  // A field is judged by schemas, which are confirmed apart.
  return findings.every((finding) => finding.field !== undefined || isFinalInCachedData(finding, plan));
}

/** Whether more of the answer counts than what is required: a file and a comparison are about everything that the cluster serves. */
function isAboutAll({ settings }: Plan): boolean {
  return settings.saveSnapshots !== undefined || settings.compare.length > 0;
}

/**
 * Whether cached data may have the last word: never on what is not met, not known or fails, as the API that it needs may have been installed a moment ago.
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
  caches: Caches,
  cached: Snapshot | undefined,
  world: World,
): Promise<JudgedLive> {
  const { cluster, name } = subject;
  if (cluster === undefined) throw new TypeError(`${name} has no cluster to ask`);
  const { waitMs } = plan.settings;
  let latest = cached;
  return await askUntil(
    {
      name,
      waitMs,
      attempt: async () => {
        // Not while it waits for the next attempt: a cluster that is not ready yet keeps no other from being asked.
        const attempted = await plan.turns.take(new AbortController().signal, () =>
          judgeOnce({ subject, fields, cluster, caches, previous: latest, isCached: latest === cached }, plan, world),
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
}

interface Attempt {
  readonly subject: Subject;
  readonly fields: FieldJudge | undefined;
  readonly cluster: Cluster;
  readonly caches: Caches;
  readonly previous: Snapshot | undefined;
  /** Whether `previous` came out of the cache, and not from the cluster itself a moment ago. */
  readonly isCached: boolean;
}

/**
 * Asks once; a second time, for everything, where requirements are not met by what the cluster only confirmed. It confirms its own document, by an ETag, and not
 * what somebody may have written beside that ETag into the cache.
 */
async function judgeOnce(
  { subject, fields, cluster, caches, previous, isCached }: Attempt,
  plan: Plan,
  world: World,
): Promise<JudgedLive> {
  const { clock, log } = world;
  const until = clock.now() + plan.settings.timeoutMs;
  const asking = async (from: Snapshot | undefined) => {
    const timeoutMs = Math.max(1, until - clock.now());
    const options = {
      timeoutMs,
      previous: from,
      needs: isAboutAll(plan) ? undefined : needsOf(plan.requirements),
      through: caches.through,
      meanwhile: () => loadMeanwhile(world),
    };
    return await askAlong(cluster, options, world, async (connection, discovering) => {
      const judging = discovering.then(({ snapshot }) => judgeSnapshot(snapshot, subject, plan));
      const judged = await (fields?.live(connection, judging) ?? judging);
      return { judged, confirmed: (await discovering).confirmed };
    });
  };
  const confirmedBefore = caches.confirmed();
  const { judged, confirmed } = await asking(previous);
  if (!isCached || confirmed === 0) {
    // What is in kubectl's HTTP cache is held to its ETag itself, so that a confirmation needs no second look.
    return { judged, use: caches.confirmed() - confirmedBefore === 2 ? 'revalidated' : 'miss' };
  }
  if (isFinal(judged, plan)) return { judged, use: confirmed === 2 ? 'revalidated' : 'miss' };
  log.line(
    `${subject.name}: some requirements are not met by what the cluster confirmed; asking for everything before that counts.`,
  );
  return { judged: (await asking(undefined)).judged, use: 'rechecked' };
}

/** Reads what comes after the answer into memory; should that fail, it fails again, and is reported, where it is needed. */
function loadMeanwhile({ publisher }: World): void {
  for (const loading of [loadJudging(), publisher.prepare()]) loading.catch(() => undefined);
}

export async function judgeSnapshot(snapshot: Snapshot, { name }: Subject, plan: Plan): Promise<Judged> {
  const { judge } = await loadJudging();
  const { failOn, targetVersion } = plan.settings;
  const { findings, warnings, notJudged } = judge(snapshot, plan.requirements, {
    cluster: name,
    failOn,
    definitions: plan.definitions,
    accept: plan.acceptances.accept,
    nearly: plan.acceptances.nearly,
    targetVersion,
  });
  const since = await driftSince(name, snapshot, plan);
  return { snapshot, findings, warnings: [...warnings, ...since.warnings], notJudged, drift: since.drift };
}

export async function verdictOf(
  subject: Subject,
  plan: Plan,
  judged: Judged,
  cache: CacheUse,
  ageMs: number,
): Promise<ClusterVerdict> {
  const { capabilitiesOf, outcomeOf } = await loadJudging();
  const { snapshot, findings, warnings, notJudged, drift } = judged;
  return {
    cluster: subject.name,
    outcome: drift?.fails === true ? 'incompatible' : outcomeOf(findings),
    findings,
    warnings: [...unmeantRemarks(subject, plan), ...warnings],
    notJudged,
    cache,
    ageMs,
    capabilities: capabilitiesOf(snapshot),
    drift,
    serverVersion: snapshot.version,
  };
}
