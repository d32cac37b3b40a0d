import { cut, oneLine, withoutCommands } from '../model/legible.ts';
import type { Verdict } from '../model/verdict.ts';
import { type MarkedPlace, markedPlace } from './marked-place.ts';
import { count, named, objectName, where } from './phrases.ts';
import { joinAlike, type Remark, remarksOf } from './remarks.ts';

/**
 * What GitHub takes of each level from one step; the rest it silently drops.
 * @see https://docs.github.com/en/actions/reference/limits
 */
export const MOST_OF_A_LEVEL = 10;
/** In UTF-16 units; the runner cuts what is longer. @see actions/runner src/Runner.Common/Constants.cs MaxIssueMessageLength */
export const LONGEST_MESSAGE = 4096;
const LONGEST_TITLE = 200;
/** How many further places one annotation names. */
const PLACES_NAMED = 20;

/** A message that GitHub shows at a line of a file, or, without a file, under the run. */
export interface Annotation {
  readonly level: 'error' | 'warning';
  readonly title: string;
  readonly message: string;
  /** Relative to the repository's root. */
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

function origin({ place, object }: Remark): string {
  if (place === undefined) return '';
  const name = objectName(object);
  return name === '' ? where(place) : `${where(place)} (${name})`;
}

/** Where a remark comes from, as far as its mark does not show it. */
function originLine(remark: Remark, marked: MarkedPlace | undefined): readonly string[] {
  const { place, object } = remark;
  if (place === undefined) return [];
  const isMarked = marked !== undefined && place.kind === 'file' && marked.file === place.file;
  if (!isMarked) return [`From ${origin(remark)}.`];
  return objectName(object) === '' ? [] : [`Object: ${objectName(object)}.`];
}

function annotation(remark: Remark, others: readonly Remark[]): Annotation {
  const { severity, subject, title, message, advice, place } = remark;
  const marked = markedPlace(place);
  const lines = [
    named(subject, message),
    ...(advice === undefined ? [] : [advice]),
    ...originLine(remark, marked),
    ...(others.length === 0
      ? []
      : [
          `The same at ${count(others.length, 'other place')}: ${others.slice(0, PLACES_NAMED).map(origin).join(', ')}${
            others.length > PLACES_NAMED ? ', …' : ''
          }`,
        ]),
  ];
  return {
    level: severity,
    title: cut(withoutCommands(oneLine(title)), LONGEST_TITLE),
    message: cut(withoutCommands(lines.join('\n')), LONGEST_MESSAGE),
    ...marked,
  };
}

function summedUp(level: Annotation['level'], rest: readonly Remark[]): Annotation {
  const subjects = [...new Set(rest.map(({ subject, title }) => (subject === '' ? title : subject)))];
  const what = count(rest.length, level === 'error' ? 'more failure' : 'more warning');
  return {
    level,
    title: `And ${what}`,
    message: cut(
      withoutCommands(
        `${what} of kube-api-gate, beyond what annotations can show; the job summary and the log have all of them: ${subjects.join(', ')}`,
      ),
      LONGEST_MESSAGE,
    ),
  };
}

function withinLimits(level: Annotation['level'], remarks: readonly Remark[]): readonly Annotation[] {
  if (remarks.length <= MOST_OF_A_LEVEL) return remarks.map((remark) => annotation(remark, []));
  const joined = joinAlike(remarks, ({ rule, subject, message, clusters }) => [rule, subject, message, clusters]);
  if (joined.length <= MOST_OF_A_LEVEL) return joined.map(([first, ...others]) => annotation(first, others));
  const shown = joined.slice(0, MOST_OF_A_LEVEL - 1);
  const rest = joined.slice(MOST_OF_A_LEVEL - 1).flat();
  return [...shown.map(([first, ...others]) => annotation(first, others)), summedUp(level, rest)];
}

/** Warns of no deprecation where the same line fails, be it on another cluster: the way out is the same. */
function withoutEchoes(remarks: readonly Remark[]): readonly Remark[] {
  const spot = ({ subject, place }: Remark): string => JSON.stringify([subject, place]);
  const failing = new Set(remarks.filter(({ severity }) => severity === 'error').map(spot));
  return remarks.filter(
    (remark) => remark.rule !== 'deprecated-api' || remark.severity === 'error' || !failing.has(spot(remark)),
  );
}

/**
 * At most ten errors and ten warnings, what matters most first.
 * Each place gets its own while there is room; then places that share one fault share one annotation; then the last sums up the rest.
 */
export function annotationsOf(verdict: Verdict): readonly Annotation[] {
  const remarks = withoutEchoes(remarksOf(verdict)).filter(({ isQuiet }) => isQuiet !== true);
  return (['error', 'warning'] as const).flatMap((level) =>
    withinLimits(
      level,
      remarks.filter(({ severity }) => severity === level),
    ),
  );
}
