import type { Problem } from '../model/place.ts';
import { speller } from '../model/spelling.ts';
import { DEFAULTS } from './action-interface.ts';

/** Stands for a known input in comparisons: a runner writes names in capitals, and people mistake one separator for another. */
const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '');

/**
 * A problem for each input that the action does not know. A runner only warns of those, so a misspelled `manifests` would judge nothing, and a misspelled
 * `kubeconfig` would fall back to another cluster.
 *
 * @param names as a runner gives them: `CACHE-TTL`
 */
export function unknownInputs(names: readonly string[]): readonly Problem[] {
  const known = Object.keys(DEFAULTS);
  return names
    .map((name) => name.toLowerCase())
    .filter((name) => !known.includes(name))
    .map((name): Problem => {
      const nearest = known.find((each) => plain(each) === plain(name)) ?? speller(known)(name)[0];
      return {
        place: { kind: 'input', input: name },
        message: `kube-api-gate has no input \`${name}\`.`,
        hint: nearest === undefined ? `The inputs are ${known.join(', ')}.` : `Did you mean \`${nearest}\`?`,
      };
    });
}
