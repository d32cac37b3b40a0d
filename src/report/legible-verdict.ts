import { legible } from '../model/legible.ts';
import type { Verdict } from '../model/verdict.ts';
import { mapVerdict } from './map-verdict.ts';

/**
 * The verdict with every text that a report shows made legible, after `redact` has hidden the secrets that this run knows.
 * What files and outputs hold is masked by nobody else: the runner masks only its log.
 */
export function legibleVerdict(verdict: Verdict, redact: (text: string) => string = (text) => text): Verdict {
  const seen = new Map<string, string>();
  return mapVerdict(verdict, (text) => {
    const known = seen.get(text);
    if (known !== undefined) return known;
    const shown = legible(redact(text));
    seen.set(text, shown);
    return shown;
  });
}
