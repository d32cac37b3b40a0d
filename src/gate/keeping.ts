import type { Snapshot } from '../model/snapshot.ts';
import type { Warning } from '../model/verdict.ts';
import type { Secrets } from '../model/world.ts';
import type { Plan, Subject } from './plan.ts';
import type { World } from './world.ts';

/**
 * Why an answer must not be kept for other jobs, to stand after "because"; `undefined` when it may.
 *
 * What is kept under a name vouches for pull requests from forks, so it has to be the answer of a cluster that somebody meant. And entries are readable to anybody who can open a
 * pull request: what a server tells back of a secret, a short one too, is judged but not kept.
 */
export function whyNotKept(subject: Subject, snapshot: Snapshot, plan: Plan, { secrets }: World): string | undefined {
  if (isUnmeant(subject, plan)) return 'no input says which cluster is meant';
  return holdsSecret(snapshot, secrets) ? 'the answer holds a text that is also a secret of this job' : undefined;
}

/** Whether a text of a snapshot is, or holds, a secret that this run knows. */
export function holdsSecret(snapshot: Snapshot, secrets: Secrets): boolean {
  // As strings, since a text can be spelt in several ways in JSON; distinct ones, as there are few.
  const texts = [...new Set(textsOf(snapshot))].join('\n');
  return secrets.redact(texts) !== texts;
}

/** What a verdict has to say where `cluster` names one that nothing else in the inputs does. */
export function unmeantRemarks(subject: Subject, plan: Plan): readonly Warning[] {
  if (!isUnmeant(subject, plan)) return [];
  const saved = plan.settings.cache.mode === 'off' ? '' : ' The answer is not saved in the cache.';
  return [
    {
      message: `\`cluster\` calls this cluster ${subject.name}, and no input says which cluster is meant: it is ${subject.cluster?.origin}.${saved} Give \`kubeconfig\` and \`context\`, or \`expect-server\`. An input that comes from a secret is empty where the workflow cannot read the secret.`,
    },
  ];
}

function isUnmeant({ cluster }: Subject, { settings }: Plan): boolean {
  return settings.clusterName !== undefined && cluster?.ambient === true;
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}
