import type { Gap } from '../model/snapshot.ts';
import type { Warning } from '../model/verdict.ts';
import { adviceOnGap, describeGap } from './explain-gap.ts';

/** More group-versions than this are told of together, by their reason. */
const MOST_ALONE = 5;

/** Warns of gaps that no requirement depends on: today they change nothing, tomorrow they may. */
export function warnOfGaps(gaps: readonly Gap[], cluster: string): readonly Warning[] {
  const alone = gaps.length <= MOST_ALONE ? gaps : gaps.filter(({ kind }) => kind === 'endpoint');
  const together = Map.groupBy(
    gaps.filter((gap) => gap.kind === 'group-version' && !alone.includes(gap)),
    ({ reason }) => reason,
  );
  return [
    ...alone.map((gap) => ({
      message: `${cluster}: ${describeGap(gap)}; no requirement depends on it. ${adviceOnGap(gap)}`,
    })),
    ...[...together.values()].map((some) => ({ message: `${cluster}: ${describeMany(some)}` })),
  ];
}

function describeMany(gaps: readonly Gap[]): string {
  const [first] = gaps;
  const names = gaps.flatMap((gap) => (gap.kind === 'group-version' ? [gap.groupVersion] : []));
  const listed = names.slice(0, MOST_ALONE).join(', ');
  const more = names.length > MOST_ALONE ? ` and ${names.length - MOST_ALONE} more` : '';
  const example = first === undefined ? '' : ` The first: ${describeGap(first)}. ${adviceOnGap(first)}`;
  return `nothing is known of ${names.length} group-versions (${listed}${more}); no requirement depends on them.${example}`;
}
