import type { Gap } from '../model/snapshot.ts';
import type { Warning } from '../model/verdict.ts';
import { adviceOnGap, describeGap } from './explain-gap.ts';

/** More group-versions than this, with the same reason, are told of together. */
const MOST_ALONE = 5;

/**
 * Warns of gaps that no requirement depends on: today they change nothing, tomorrow they may. Quietly, as a dead backend of somebody else's would mark every
 * run of every job. What nobody was asked is no news.
 */
export function warnOfGaps(gaps: readonly Gap[], cluster: string): readonly Warning[] {
  const told = gaps.filter(({ reason }) => reason !== 'not-recorded');
  const alike = Map.groupBy(told, (gap) => (gap.kind === 'endpoint' ? gap.endpoint : gap.reason));
  return [...alike.values()].flatMap((some) =>
    some.length > MOST_ALONE
      ? [{ message: `${cluster}: ${describeMany(some)}`, isQuiet: true }]
      : some.map((gap) => ({
          message: `${cluster}: ${describeGap(gap)}; no requirement depends on it. ${adviceOnGap(gap)}`,
          isQuiet: true,
        })),
  );
}

function describeMany(gaps: readonly Gap[]): string {
  const names = gaps.flatMap((gap) => (gap.kind === 'group-version' ? [gap.groupVersion] : []));
  const listed = `${names.slice(0, MOST_ALONE).join(', ')} and ${names.length - MOST_ALONE} more`;
  const example = gaps.slice(0, 1).map((gap) => ` The first: ${describeGap(gap)}. ${adviceOnGap(gap)}`);
  return `nothing is known of ${names.length} group-versions (${listed}); no requirement depends on them.${example.join('')}`;
}
