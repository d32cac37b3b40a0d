import { formatRelease, parseRelease } from '../model/release.ts';
import { type Inputs, oneLine, shown } from './input-text.ts';

/** The version to look ahead to, as `1.36.0`; `undefined` when none is given. */
export function targetVersionOf(inputs: Inputs): string | undefined {
  const text = oneLine(inputs, 'target-version');
  if (text === undefined) return undefined;
  const release = parseRelease(text);
  if (release !== undefined) return formatRelease({ ...release, patch: release.patch ?? 0 });
  const [nearest] = /\d+\.\d+(?:\.\d+)?/.exec(text) ?? (/^\d{2}$/.test(text) ? [`1.${text}`] : []);
  inputs.refuse('target-version', `${shown(text)} is not the version of a release.`, {
    hint: nearest === undefined ? 'Write for example 1.38.' : `Did you mean ${nearest}?`,
  });
  return undefined;
}
