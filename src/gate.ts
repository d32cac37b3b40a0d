import { type ClusterResult, judgeCluster } from './cluster-verdict.ts';
import type { InputReader } from './inputs/settings.ts';
import { GateError, type Outcome, toGateError } from './model/errors.ts';
import type { Verdict } from './model/verdict.ts';
import { makePlan, type Plan, type Subject } from './plan.ts';
import { combine } from './verdict/judge.ts';
import type { World } from './world.ts';

/**
 * One run of the gate, from inputs to a published verdict, and the one place where an error becomes an outcome.
 *
 * Rejects only when the answer cannot be published.
 */
export async function runGate(read: InputReader, world: World): Promise<Outcome> {
  const plan = await makePlan(read, world).catch(toGateError);
  if (plan instanceof GateError) {
    await world.publisher.error(plan);
    return plan.outcome;
  }
  const results = await Promise.all(
    plan.subjects.map((subject) =>
      judgeCluster(subject, plan, world).catch((thrown: unknown) => notJudged(subject, toGateError(thrown))),
    ),
  );
  const verdict = verdictOf(plan, results);
  await world.publisher.verdict(verdict, plan.settings);
  await Promise.all(results.map(({ saved }) => saved));
  return verdict.outcome;
}

function notJudged({ name }: Subject, error: GateError): ClusterResult {
  return {
    verdict: {
      cluster: name,
      outcome: error.outcome,
      findings: [],
      warnings: [],
      cache: 'off',
      capabilities: [],
      error,
    },
    saved: Promise.resolve(),
  };
}

function verdictOf({ manifests, acceptances }: Plan, results: readonly ClusterResult[]): Verdict {
  const clusters = results.map(({ verdict }) => verdict);
  const { problems, warnings, notJudged } = manifests;
  return {
    outcome: combine([
      ...clusters.map(({ outcome }) => outcome),
      ...(problems.length > 0 ? ['invalid-input' as const] : []),
    ]),
    clusters,
    problems,
    warnings: [...warnings, ...acceptances.unused()],
    notJudged,
  };
}
