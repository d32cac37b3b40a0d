import { GateError } from '../../model/errors.ts';
import { editDistance } from '../../model/spelling.ts';
import type { ClusterEntry, ContextEntry, Kubeconfig, UserEntry } from './kubeconfig.ts';

/** The entries that a context names. */
export interface ChosenContext {
  readonly context: ContextEntry;
  readonly cluster: ClusterEntry;
  /** Absent for a context without a user: the cluster is asked anonymously. */
  readonly user?: UserEntry | undefined;
}

/**
 * Follows a context, or else the current-context, to its cluster and its user.
 *
 * kubectl takes a name that is not there for an empty entry, and asks localhost:8080 or signs in as nobody. A gate that did so would judge the wrong cluster, or fail
 * with an error about permissions: here it is an error.
 * @throws GateError `invalid-input` that lists what there is instead, nearest first
 */
export function chooseContext(kubeconfig: Kubeconfig, wanted: string | undefined, source: string): ChosenContext {
  const name = wanted || kubeconfig.currentContext;
  const names = [...kubeconfig.contexts.keys()];
  if (name === '') {
    throw new GateError(
      'invalid-input',
      'context-not-chosen',
      `No context is chosen: ${source} has no current-context`,
      {
        hint: `Name one with the input \`context\`. ${listing('contexts', names)}`,
      },
    );
  }
  const context = kubeconfig.contexts.get(name);
  if (context === undefined) {
    const origin = wanted ? 'the input `context`' : 'current-context';
    const message = `${source} has no context ${quoted(name)}, which ${origin} names`;
    const hint = listing('contexts', nearestFirst(name, names));
    throw new GateError('invalid-input', 'context-unknown', message, {
      hint,
      ...(wanted ? { problems: [{ place: { kind: 'input', input: 'context' }, message, hint }] } : {}),
    });
  }
  const cluster = entry('cluster', context, context.cluster, kubeconfig.clusters);
  if (cluster === undefined) {
    throw new GateError('invalid-input', 'context-without-cluster', `The context ${quoted(name)} names no cluster`, {
      hint: `Set it with \`kubectl config set-context ${name} --cluster=...\`. ${listing('clusters', [...kubeconfig.clusters.keys()])}`,
    });
  }
  const user = entry('user', context, context.user, kubeconfig.users);
  return user === undefined ? { context, cluster } : { context, cluster, user };
}

function entry<Entry>(
  what: 'cluster' | 'user',
  context: ContextEntry,
  name: string,
  entries: ReadonlyMap<string, Entry>,
): Entry | undefined {
  if (name === '') return undefined;
  const found = entries.get(name);
  if (found !== undefined) return found;
  const message = `The context ${quoted(context.name)} names the ${what} ${quoted(name)}, which is not defined`;
  const hint = listing(`${what}s`, nearestFirst(name, [...entries.keys()]));
  throw new GateError('invalid-input', `${what}-unknown`, message, {
    hint,
    problems: [{ place: context.origin.place, message, hint }],
  });
}

const MOST_LISTED = 10;

function listing(what: string, names: readonly string[]): string {
  if (names.length === 0) return `There are no ${what} in it.`;
  const more = names.length - MOST_LISTED;
  const shown = names.slice(0, MOST_LISTED).map(quoted).join(', ');
  return `The ${what} in it: ${shown}${more > 0 ? ` and ${more} more` : ''}.`;
}

function quoted(name: string): string {
  return `\`${name}\``;
}

/** The names that may have been meant first; equally near ones in their own order. */
export function nearestFirst(name: string, names: readonly string[]): readonly string[] {
  const distances = new Map(
    names.map((candidate) => [candidate, distance(name.toLowerCase(), candidate.toLowerCase())]),
  );
  return [...names].sort((left, right) => (distances.get(left) ?? 0) - (distances.get(right) ?? 0));
}

function distance(left: string, right: string): number {
  return editDistance(left, right, Math.max(left.length, right.length));
}
