import { ask, askUntil } from './asking.ts';
import type { Snapshot } from './model/snapshot.ts';
import type { CacheUse, ClusterVerdict, Finding, Warning } from './model/verdict.ts';
import { mayHaveChanged, nothingCached } from './only-cached.ts';
import type { Plan, Subject } from './plan.ts';
import { shareWithKubectl } from './share-with-kubectl.ts';
import type { World } from './world.ts';

/** A cluster's verdict, and what is still under way when it stands. */
export interface ClusterResult {
  readonly verdict: ClusterVerdict;
  /** Settles when the snapshot is saved, where it is worth saving. Never rejects. */
  readonly saved: Promise<void>;
}

/** Loaded while the cluster is on its way to answer; on a hit, once the cache has. */
const loadJudging = () => import('./verdict/judge.ts');

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
  if (mode === 'off') {
    const { judged } = await judgeLive(subject, plan, undefined, world);
    return { verdict: await verdictOf(subject, judged, 'off', 0), saved: Promise.resolve() };
  }

  const { openSnapshotCache } = await import('./cache/snapshot-cache.ts');
  const cache = openSnapshotCache({ ttlMs, store: world.store, clock: world.clock, log: world.log });
  const identity = {
    ...(plan.settings.clusterName === undefined ? {} : { cluster: plan.settings.clusterName }),
    ...(subject.target === undefined ? {} : { server: subject.target.identity }),
  };
  const found = mode === 'refresh' ? undefined : await cache.find(identity);

  if (found?.kind === 'fresh') {
    const judged = await judgeSnapshot(found.snapshot, subject, plan);
    const final = judged.findings.every(isFinalInCachedData);
    if (final || mode === 'only') {
      const warned = final
        ? judged
        : { ...judged, warnings: [...judged.warnings, mayHaveChanged(subject.name, found.ageMs)] };
      return { verdict: await verdictOf(subject, warned, 'hit', found.ageMs), saved: Promise.resolve() };
    }
    world.log.line(
      `${subject.name}: the cached snapshot leaves something unmet; asking the cluster before that counts.`,
    );
  }
  if (mode === 'only')
    throw nothingCached({ name: subject.name, named: plan.settings.clusterName !== undefined }, ttlMs, found);

  const previous = found === undefined || found.kind === 'none' ? undefined : found.snapshot;
  const { judged, notModified } = await judgeLive(subject, plan, previous, world);
  const use: CacheUse = found?.kind === 'fresh' ? 'rechecked' : notModified ? 'revalidated' : 'miss';
  return { verdict: await verdictOf(subject, judged, use, 0), saved: cache.keep(identity, judged.snapshot) };
}

/**
 * Whether cached data may have the last word: never on what is not met or fails, as the API that would mend it may have been installed a moment ago.
 * @see client-go restmapper/discovery.go, the deferred mapper's reset on a miss
 */
function isFinalInCachedData({ met, fails, acceptance }: Finding): boolean {
  return acceptance !== undefined || (met === 'yes' && !fails);
}

async function judgeLive(
  subject: Subject,
  plan: Plan,
  previous: Snapshot | undefined,
  world: World,
): Promise<{ judged: Judged; notModified: boolean }> {
  const { target, name } = subject;
  if (target === undefined) throw new TypeError(`${name} has no target to ask`);
  const { timeoutMs, waitMs, kubectlCache } = plan.settings;
  let latest = previous;
  const answer = await askUntil(
    {
      name,
      waitMs,
      attempt: async () => {
        const meanwhile = () => loadMeanwhile(world);
        const { snapshot, notModified } = await ask(target, { timeoutMs, previous: latest, meanwhile }, world);
        const confirmed = notModified && latest === previous;
        if (snapshot.gaps.length === 0) latest = snapshot;
        return { judged: await judgeSnapshot(snapshot, subject, plan), notModified: confirmed };
      },
      lacking: ({ judged }) => judged.findings.find(({ fails, met }) => fails && met !== 'yes')?.requirement.text,
    },
    world,
  );
  if (kubectlCache === 'write') await shareWithKubectl(target, answer.judged.snapshot, world);
  return answer;
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
