import type { Release } from '../model/release.ts';
import { type Api, formatApi, type Requirement } from '../model/requirement.ts';
import type { Gap } from '../model/snapshot.ts';
import type { Finding, Standing } from '../model/verdict.ts';
import { explain, explainPresence } from './explain.ts';
import type { Explaining, Explanation } from './explanation.ts';
import { type JudgedApi, lifecycleNotes } from './lifecycle-notes.ts';
import { nameOf } from './naming.ts';
import { isWhole } from './served-apis.ts';
import { type Absence, type ApiStanding, standingOf } from './standing.ts';

/** All that a requirement is judged by. */
export interface Judging extends Explaining {
  /** The release to look ahead to. */
  readonly target: Release | undefined;
}

/** A requirement's finding, without what differs between places that ask for the same. */
export interface Judged extends Pick<Finding, 'standing' | 'met' | 'explanation' | 'lifecycle'> {
  readonly advice?: string | undefined;
  /** What it depends on that the cluster did not answer. */
  readonly gaps: readonly Gap[];
  /** Why it may hold only by a slip of the pen. */
  readonly doubt?: string | undefined;
}

/** The first of these that one alternative has is the requirement's own. */
const BEST_FIRST = ['served', 'provided', 'unknown', 'missing'] as const satisfies readonly Standing[];

export function judgeRequirement(requirement: Requirement, context: Judging): Judged {
  const judging: Judging = { ...context, fromFile: requirement.place.kind === 'file' };
  const judged = (api: Api): JudgedApi => ({ api, standing: standingIn(api, requirement, judging) });
  const first = judged(requirement.anyOf[0]);
  const alternatives = [first, ...requirement.anyOf.slice(1).map(judged)];
  const answer = requirement.negated
    ? judgeAgainst(first.api, first.standing, judging)
    : judgeFor(alternatives, judging);
  const gaps = alternatives.flatMap((own) => (own.standing.kind === 'unknown' ? own.standing.gaps : []));
  return { ...answer, gaps: answer.met === 'unknown' ? gaps : [] };
}

function standingIn(api: Api, { place }: Requirement, { change }: Judging): ApiStanding {
  return standingOf(api, change, { creatable: place.kind === 'file' });
}

type Judgement = Omit<Judged, 'gaps'>;

function judgeFor(alternatives: readonly JudgedApi[], judging: Judging): Judgement {
  const standing = BEST_FIRST.find((kind) => alternatives.some((own) => own.standing.kind === kind)) ?? 'unknown';
  const met = standing === 'unknown' ? 'unknown' : standing === 'missing' ? 'no' : 'yes';
  const deciding = alternatives.filter((own) => own.standing.kind === standing);
  // One alternative that is there says it all; where none is, each has a reason of its own.
  const told = met === 'yes' ? deciding.slice(0, 1) : alternatives;
  const lifecycle = lifecycleNotes(alternatives, judging.change, judging.target);
  return { standing, met, lifecycle, ...inOne(told.map((own) => explain(own.api, own.standing, judging))) };
}

function judgeAgainst(api: Api, standing: ApiStanding, judging: Judging): Judgement {
  switch (standing.kind) {
    case 'served':
    case 'provided':
      return { standing: standing.kind, met: 'no', lifecycle: [], ...inOne([explainPresence(api, standing)]) };
    case 'unknown':
      return { standing: 'unknown', met: 'unknown', lifecycle: [], ...inOne([explain(api, standing, judging)]) };
    default:
      return { standing: 'missing', met: 'yes', lifecycle: [], ...holding(api, standing.absence, judging) };
  }
}

/** Why what must not be served is not; and whether that may be a slip of the pen, which would hold for ever. */
function holding(api: Api, absence: Absence, judging: Judging): Pick<Judged, 'explanation' | 'doubt'> {
  switch (absence.kind) {
    case 'group':
    case 'version':
      return { explanation: `${nameOf(api)} is not served, as it must not be.` };
    case 'name': {
      const near = shortFor(api, judging) ?? judging.near.of(api, 'name').join(' and ');
      return {
        explanation: `${nameOf(api)} is not served, as it must not be.`,
        ...(near !== '' && {
          doubt: `!${formatApi(api)} holds, as nothing is called so; but ${near} is served: is that what must not be?`,
        }),
      };
    }
    default:
      return { explanation: `!${formatApi(api)} holds: ${explain(api, { kind: 'missing', absence }, judging).found}` };
  }
}

/** What kubectl would take a short name or a category for: `v1/pods` for `v1/po`, the first of them for `v1/all`. */
function shortFor(api: Api, { served }: Judging): string | undefined {
  if (api.kind !== 'resource') return undefined;
  const [parent = '', ...subresource] = api.name.split('/');
  const resources = served.resources(api.groupVersion)?.all.filter(isWhole) ?? [];
  const meant =
    resources.find(({ shortNames }) => shortNames?.includes(parent) === true) ??
    resources.find(({ categories }) => categories?.includes(parent) === true);
  return meant && formatApi({ ...api, name: [meant.name, ...subresource].join('/'), verbs: [] });
}

function inOne(explanations: readonly Explanation[]): { explanation: string; advice?: string } {
  const advices = new Set(explanations.map(({ advice }) => advice).filter((advice) => advice !== undefined));
  return {
    explanation: explanations.map(({ found }) => found).join(' '),
    ...(advices.size === 0 ? {} : { advice: [...advices].join(' ') }),
  };
}
