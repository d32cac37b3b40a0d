import type { Settings, SettingsReading } from '../inputs/settings.ts';
import { type GateError, type Outcome, toGateError } from '../model/errors.ts';
import type { ClusterVerdict, Verdict, Warning } from '../model/verdict.ts';
import { expectedClusters } from './expected-clusters.ts';
import { type ClusterResult, judgeCluster } from './judge-cluster.ts';
import { judgeFile } from './judge-file.ts';
import { keepSnapshots } from './keep-snapshots.ts';
import { hasOtherWork, invalidInput, makePlan, nothingToJudge, type Plan, type Subject } from './plan.ts';
import type { World } from './world.ts';

/**
 * One run of the gate, from inputs to a published verdict, and the one place where an error becomes an outcome.
 *
 * Rejects only when not even an error can be published.
 */
export async function runGate(reading: SettingsReading, world: World): Promise<Outcome> {
  try {
    const { verdict, saved } = await runOf(reading, world);
    await world.publisher.verdict(verdict);
    await saved;
    return verdict.outcome;
  } catch (thrown) {
    const error = toGateError(thrown);
    await world.publisher.error(error);
    return error.outcome;
  }
}

interface Run {
  readonly verdict: Verdict;
  /** Settles when all snapshots worth saving are saved. Never rejects. */
  readonly saved: Promise<unknown>;
}

async function runOf(reading: SettingsReading, world: World): Promise<Run> {
  const { settings, problems } = reading;
  if (settings.reports.length === 0) return await judgeAll(reading, world);
  if (problems.length > 0) throw invalidInput(problems);
  const { mergeVerdicts } = await import('./merge-verdicts.ts');
  return { verdict: await mergeVerdicts(settings, world), saved: Promise.resolve() };
}

async function judgeAll(reading: SettingsReading, world: World): Promise<Run> {
  const plan = await makePlan(reading, world);
  const results = await Promise.all(
    plan.subjects.map((subject) =>
      judgeOne(subject, plan, world).catch((thrown: unknown) => notJudged(subject, toGateError(thrown))),
    ),
  );
  await keepSnapshots(results, plan, world);
  const clusters = results.map(({ verdict }) => verdict);
  const leftOut = leftOutBy(plan, clusters);
  const isJudged = plan.manifests.problems.length > 0 || clusters.some(({ error, findings }) => error ?? findings[0]);
  if (!isJudged && !hasOtherWork(plan.settings))
    throw nothingToJudge(plan.settings, { files: plan.manifests.files, notJudged: leftOut });
  const recorded = await plan.acceptances.writeBaseline(clusters);
  if (plan.settings.updateBaseline) {
    world.log.line(`The baseline ${plan.settings.baseline} now holds what fails today: ${recorded} finding(s).`);
  }
  return { verdict: await verdictOf(plan, clusters, leftOut), saved: Promise.all(results.map(({ saved }) => saved)) };
}

function judgeOne(subject: Subject, plan: Plan, world: World): Promise<ClusterResult> {
  const { filed } = subject;
  return filed === undefined ? judgeCluster(subject, plan, world) : judgeFile(subject, filed, plan, world);
}

function notJudged({ name }: Subject, error: GateError): ClusterResult {
  const verdict: ClusterVerdict = {
    cluster: name,
    outcome: error.outcome,
    findings: [],
    warnings: [],
    cache: 'off',
    capabilities: [],
    error,
  };
  return { verdict, saved: Promise.resolve() };
}

/** What is no object of any cluster; of what some clusters store, as many as on the one that stores fewest. */
function leftOutBy({ manifests }: Plan, clusters: readonly ClusterVerdict[]): Verdict['notJudged'] {
  const counts = new Map(Object.entries(manifests.notJudged));
  const most = new Map<string, number>();
  for (const { notJudged = {} } of clusters) {
    for (const [name, count] of Object.entries(notJudged)) most.set(name, Math.max(count, most.get(name) ?? 0));
  }
  for (const [name, count] of most) counts.set(name, count + (counts.get(name) ?? 0));
  return Object.fromEntries(counts);
}

async function verdictOf(
  { settings, manifests, acceptances }: Plan,
  judged: readonly ClusterVerdict[],
  notJudged: Verdict['notJudged'],
): Promise<Verdict> {
  const { combine } = await import('../verdict/judge.ts');
  const review = acceptances.review(judged);
  const expected = expectedClusters(settings.expectClusters, judged);
  const clusters = [...judged, ...expected.absent];
  const problems = [...manifests.problems, ...review.problems];
  return {
    outcome: combine([
      ...clusters.map(({ outcome }) => outcome),
      ...(problems.length === 0 ? [] : ['invalid-input' as const]),
    ]),
    clusters,
    problems,
    warnings: [
      ...manifests.warnings,
      ...review.warnings,
      ...expected.warnings,
      ...(await targetRemarks(settings, clusters)),
    ],
    notJudged,
  };
}

/** Loaded only where somebody looks ahead, as the tables of what each release knows are large. */
async function targetRemarks(
  { targetVersion }: Settings,
  clusters: readonly ClusterVerdict[],
): Promise<readonly Warning[]> {
  if (targetVersion === undefined) return [];
  const { remarksOnTarget } = await import('../verdict/target-remarks.ts');
  return remarksOnTarget(targetVersion, clusters);
}
