import { formatRelease, parseRelease } from '../model/release.ts';
import { type Inputs, shown, singleLine } from './input-text.ts';

/** Older ones are what YAML makes of 1.10, 1.20, 1.30 and 1.40 that stand without quotes. */
const OLDEST_MINOR = 10;

/** The version to look ahead to, as `1.36.0`; `undefined` when none is given. */
export function targetVersionOf(inputs: Inputs): string | undefined {
  const text = singleLine(inputs, 'target-version');
  if (text === undefined) return undefined;
  const release = parseRelease(text);
  if (release !== undefined && release.patch === undefined && release.minor < OLDEST_MINOR) {
    inputs.refuse('target-version', `${shown(text)} is not a plausible Kubernetes version.`, {
      hint: `YAML reads ${text}0 without quotes as the number ${text}: put it in quotes, '${text}0'.`,
    });
    return undefined;
  }
  if (release !== undefined) return formatRelease({ ...release, patch: release.patch ?? 0 });
  const [nearest] = /\d+\.\d+(?:\.\d+)?/.exec(text) ?? (/^\d{2}$/.test(text) ? [`1.${text}`] : []);
  inputs.refuse('target-version', `${shown(text)} is not the version of a release.`, {
    hint: nearest === undefined ? 'Write for example 1.38.' : `Did you mean ${nearest}?`,
  });
  return undefined;
}
