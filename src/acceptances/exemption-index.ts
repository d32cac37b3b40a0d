import { formatPlace, type Place } from '../model/place.ts';
import type { Finding } from '../model/verdict.ts';
import { type Exemption, meansTemplate, namesCluster, namesField, namesPlace } from './exemptions.ts';
import { isLikeByPart, partsOf } from './name-pattern.ts';

/** Finds exemptions in the order of the file, in time or not, and however a finding fails. */
export interface ExemptionIndex {
  /** Those that are about a finding. */
  readonly about: (finding: Finding) => readonly Exemption[];
  /** Those that would be if `files` meant the template that a comment names. */
  readonly byTemplate: (finding: Finding) => readonly Exemption[];
}

/**
 * Finds exemptions without holding each against each finding: most findings share their requirement and cluster with many others, and what
 * those two leave is little.
 */
export function indexExemptions(exemptions: readonly Exemption[]): ExemptionIndex {
  const patterns = exemptions.map((exemption) => ({ exemption, parts: partsOf(exemption.requirement) }));
  const byRequirement = remembering((text: string) => {
    const asked = partsOf(text);
    const named = patterns.filter(({ parts }) => isLikeByPart(parts, asked)).map(({ exemption }) => exemption);
    return remembering((cluster: string) => {
      const there = named.filter((own) => namesCluster(own, cluster));
      return remembering((path: string) => there.filter((own) => namesField(own, path)));
    });
  });
  const named = ({ requirement: { text }, cluster, field }: Finding): readonly Exemption[] =>
    byRequirement(text)(cluster)(field?.path ?? '');
  return { about: byPlace(named, namesPlace), byTemplate: byPlace(named, meansTemplate) };
}

/** Of `candidates`, those that `isMeant` lets stay; each place is asked about once. */
function byPlace(
  candidates: (finding: Finding) => readonly Exemption[],
  isMeant: (exemption: Exemption, place: Place) => boolean,
): (finding: Finding) => readonly Exemption[] {
  const known = new Map<readonly Exemption[], Map<string, readonly Exemption[]>>();
  return (finding) => {
    const all = candidates(finding);
    if (all.length === 0) return all;
    const { place } = finding.requirement;
    const byOrigin = known.get(all) ?? new Map<string, readonly Exemption[]>();
    known.set(all, byOrigin);
    const origin = originOf(place);
    const found = byOrigin.get(origin) ?? all.filter((own) => isMeant(own, place));
    byOrigin.set(origin, found);
    return found;
  };
}

/** All of a place that an exemption can name. */
function originOf(place: Place): string {
  return place.kind === 'file' ? JSON.stringify([place.file, place.template]) : formatPlace(place);
}

function remembering<Value>(compute: (key: string) => Value): (key: string) => Value {
  const known = new Map<string, Value>();
  return (key) => {
    const found = known.get(key) ?? compute(key);
    known.set(key, found);
    return found;
  };
}
