import validRange from 'semver/ranges/valid.js';
import { formatRelease, parseRelease } from '../model/release.ts';
import { type Inputs, oneLine, shown } from './input-text.ts';

/** A semver range, for example `>=1.29 <1.38`; `undefined` when none is given. */
export function serverVersionOf(inputs: Inputs): string | undefined {
  const range = oneLine(inputs, 'server-version');
  if (range === undefined || validRange(range) !== null) return range;
  const nearest = nearestRange(range);
  inputs.refuse('server-version', `${shown(range)} is no semver range.`, {
    hint: nearest === undefined ? 'Write for example >=1.29, 1.30.x, or >=1.29 <1.38.' : `Did you mean ${nearest}?`,
  });
  return range;
}

/** Ranges as Go's and Ruby's tools write them, and slips of the finger. */
function nearestRange(range: string): string | undefined {
  const candidate = range
    .replace(/["'“”‘’]/g, '')
    .replace(/=>/g, '>=')
    .replace(/=</g, '<=')
    .replace(/≥/g, '>=')
    .replace(/≤/g, '<=')
    .replace(/~>/g, '~')
    .replace(/\b(\d+(?:\.\d+)*)\+/g, '>=$1')
    .replace(/\s*(?:,|&&|\band\b)\s*/gi, ' ')
    .replace(/\s+or\s+|\s+\|\s+/gi, ' || ')
    .trim();
  return candidate !== '' && candidate !== range && validRange(candidate) !== null ? candidate : undefined;
}

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
