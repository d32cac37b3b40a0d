import { significantLines } from '../model/lines.ts';
import type { FailOn } from '../model/verdict.ts';
import { didYouMean, type Inputs, shown } from './input-text.ts';

const ALL: readonly FailOn[] = ['missing', 'unknown', 'deprecated', 'removed-by-target', 'drift'];

/** What fails the job, each once; a word that means nothing is refused with its line, as it might have been the one that mattered. */
export function failOnOf(inputs: Inputs): readonly FailOn[] {
  const words = significantLines(inputs.raw('fail-on')).flatMap(({ number, text }) =>
    text
      .split(/[\s,]+/)
      .filter((word) => word !== '')
      .map((word) => ({ word, line: number })),
  );
  const chosen = new Set<FailOn>();
  for (const { word, line } of words) {
    const known = ALL.find((choice) => choice === word);
    if (known !== undefined) chosen.add(known);
    else if (word !== 'none') {
      inputs.refuse('fail-on', `${shown(word)} is not one of ${ALL.join(', ')}, none.`, {
        line,
        hint: didYouMean(word, [...ALL, 'none'], {
          removed: 'removed-by-target',
          false: 'none',
          no: 'none',
          off: 'none',
        }),
      });
    }
  }
  const none = words.find(({ word }) => word === 'none');
  if (none !== undefined && words.length > 1) {
    inputs.refuse('fail-on', 'none stands alone: nothing can be added to it.', { line: none.line });
  } else if (words.length === 0) {
    inputs.refuse('fail-on', 'It names nothing.', { hint: 'Write none to only report.' });
  }
  return [...chosen];
}
