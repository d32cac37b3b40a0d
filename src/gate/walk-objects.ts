import type { ManifestReading } from '../manifests/manifests.ts';
import { patchFiles } from '../manifests/patch-files.ts';
import { type VisitedObject, visitObjects } from '../manifests/visit-objects.ts';
import { formatGroupVersion } from '../model/group-version.ts';
import { formatPlace, type Place } from '../model/place.ts';
import type { Release } from '../model/release.ts';
import type { Requirement } from '../model/requirement.ts';
import type { Warning } from '../model/verdict.ts';
import { schemasOfDefinition } from '../schemas/definition-schema.ts';
import type { SchemaDocument } from '../schemas/openapi-document.ts';
import { loadPatterns, type PatternMatch, usesPatterns } from '../schemas/patterns.ts';
import { walkObject } from '../schemas/walk.ts';
import { type LeavingField, leavingBy, type ObjectFault } from '../verdict/field-findings.ts';

/** What an object of one kind is held to. */
export interface KindSchemas {
  readonly document: SchemaDocument;
  /** Tells one document from another: its hash, or where it is defined. */
  readonly name: string;
  /** Where the change's own CustomResourceDefinition stands. */
  readonly definedAt?: Place | undefined;
}

/** All that is wrong with the fields of a change's objects. */
export interface WalkedObjects {
  readonly faults: readonly ObjectFault[];
  /** Fields that the release to look ahead to does not have. */
  readonly leaving: readonly LeavingField[];
  readonly warnings: readonly Warning[];
}

/** More than any report shows; what is beyond them is counted. */
const MOST_FAULTS = 5_000;

/** Keys of `kinds`: `apps/v1/Deployment`, which is also what a requirement of a manifest is called. */
export type Kinds = ReadonlyMap<string, KindSchemas>;

/** The schemas that the change's own CustomResourceDefinitions bring, by kind; of several for one kind the last, which is the one that is applied in the end. */
export async function definedKinds({ definitions, requirements, sources }: ManifestReading): Promise<Kinds> {
  // A change mostly brings far more kinds than it has objects of.
  const used = new Set(requirements.map(({ text }) => text));
  const places = new Map(
    definitions.flatMap((definition) => {
      if (definition.kind !== 'kind' || definition.fault !== undefined) return [];
      const { group, names, versions } = definition;
      return versions
        .filter(({ served, place }) => served && place.kind === 'file')
        .map(({ name, place }) => ({ text: `${formatGroupVersion({ group, version: name })}/${names.kind}`, place }))
        .filter(({ text }) => used.has(text))
        .map(({ text, place }) => [`${placeFile(place)} ${text}`, place] as const);
    }),
  );
  const files = new Set([...places.values()].map(placeFile));
  const kinds = new Map<string, KindSchemas>();
  await visitObjects(
    sources.filter(({ file }) => files.has(file)),
    ({ groupVersion, kind, node, file }) => {
      if (groupVersion !== 'apiextensions.k8s.io/v1' || kind !== 'CustomResourceDefinition') return;
      for (const defined of schemasOfDefinition(node)) {
        const name = `${formatGroupVersion({ group: defined.group, version: defined.version })}/${defined.kind}`;
        const place = places.get(`${file.file} ${name}`);
        if (place === undefined) continue;
        kinds.set(name, { document: defined.document, name: formatPlace(place), definedAt: place });
      }
    },
  );
  return kinds;
}

function placeFile(place: Place): string {
  return place.kind === 'file' ? place.file : '';
}

interface Walks {
  readonly kinds: Kinds;
  readonly release: Release | undefined;
  /** The release to look ahead to. */
  readonly target: Release | undefined;
  readonly repositoryRoot: string;
}

/** Walks every object of the manifests whose kind is among `kinds`. */
export async function walkObjects({ sources, requirements }: ManifestReading, walks: Walks): Promise<WalkedObjects> {
  const { kinds, release, target, repositoryRoot } = walks;
  const used = requirements.filter(({ text }) => kinds.has(text));
  const files = new Set(used.map(({ place }) => placeFile(place)));
  const chosen = sources.filter(({ file }) => files.has(file));
  const patches = patchFiles(chosen, repositoryRoot);
  const patternMatch = await patternsFor(kinds);
  const faults: ObjectFault[] = [];
  const leaving: LeavingField[] = [];
  const leaves = target === undefined ? undefined : leavingBy(target);
  const remarks = openRemarks();
  let beyond = 0;
  const cutShort = await visitObjects(chosen, (visited) => {
    const text = `${visited.groupVersion}/${visited.kind}`;
    const held = kinds.get(text);
    if (held === undefined) return;
    if (patches.has(visited.file.path)) {
      remarks.patch(visited);
      return;
    }
    const leavingHere: LeavingField[] = [];
    const walk = walkObject(visited.node, {
      document: held.document,
      kind: visited.kind,
      release,
      patternMatch,
      hidesValues: visited.kind === 'Secret',
      onField:
        leaves === undefined || held.definedAt !== undefined
          ? undefined
          : (field, at, path) => {
              const what = leaves(field);
              if (what === undefined) return;
              leavingHere.push({ path: path(), requirement: requirementAt(visited, text, visited.place(at)), what });
            },
    });
    if (walk.isPatch) {
      remarks.patch(visited);
      return;
    }
    remarks.walked(visited, walk);
    leaving.push(...leavingHere.slice(0, MOST_FAULTS - leaving.length));
    for (const { at, ...fault } of [...walk.faults].sort((a, b) => a.at - b.at)) {
      if (faults.length >= MOST_FAULTS) {
        beyond += 1;
        continue;
      }
      faults.push({ fault, requirement: requirementAt(visited, text, visited.place(at)), definedAt: held.definedAt });
    }
  });
  const unfinished = cutShort.map(
    (place): Warning => ({
      message: 'The fields of this file were not judged to its end: one of its lists or mappings is too long.',
      place,
    }),
  );
  return { faults, leaving, warnings: [...unfinished, ...remarks.warnings(beyond)] };
}

function requirementAt({ groupVersion, kind, object }: VisitedObject, text: string, place: Place): Requirement {
  const slash = groupVersion.lastIndexOf('/');
  return {
    text,
    anyOf: [
      {
        kind: 'kind',
        groupVersion: { group: groupVersion.slice(0, Math.max(0, slash)), version: groupVersion.slice(slash + 1) },
        name: kind,
        verbs: [],
      },
    ],
    negated: false,
    place,
    object,
  };
}

async function patternsFor(kinds: Kinds): Promise<PatternMatch | undefined> {
  const documents = new Set([...kinds.values()].map(({ document }) => document));
  return [...documents].some(usesPatterns) ? loadPatterns() : undefined;
}

/** Collects what is said once for all objects. */
function openRemarks() {
  let patch: { readonly place: Place; count: number } | undefined;
  let placeholder: { readonly place: Place; count: number } | undefined;
  const badPatterns = new Set<string>();
  const cutShort: Warning[] = [];
  const placeOf = ({ node, place }: VisitedObject): Place => place(node.at);
  return {
    patch(visited: VisitedObject): void {
      patch ??= { place: placeOf(visited), count: 0 };
      patch.count += 1;
    },
    walked(visited: VisitedObject, walk: ReturnType<typeof walkObject>): void {
      for (const pattern of walk.badPatterns) badPatterns.add(pattern);
      if (walk.placeholders > 0) {
        placeholder ??= { place: placeOf(visited), count: 0 };
        placeholder.count += walk.placeholders;
      }
      if (walk.more > 0) {
        const message = `${walk.more} more fields of this object do not fit; ${walk.faults.length} are listed.`;
        cutShort.push({ message, place: placeOf(visited) });
      }
    },
    warnings(beyond: number): readonly Warning[] {
      const warnings: Warning[] = [...cutShort];
      if (beyond > 0) warnings.push({ message: `${beyond} more fields of other objects do not fit.` });
      if (patch !== undefined) {
        const what = patch.count === 1 ? 'This is a patch' : `This and ${patch.count - 1} more are patches`;
        warnings.push({ message: `${what}, not a whole object: the fields were not judged.`, place: patch.place });
      }
      if (placeholder !== undefined) {
        const what = placeholder.count === 1 ? 'A value is' : `${placeholder.count} values are`;
        warnings.push({
          message: `${what} filled in by a later step, as \${NAME} or {{ name }}, so not judged: render the manifests first.`,
          place: placeholder.place,
        });
      }
      const [pattern] = badPatterns;
      if (pattern !== undefined) {
        const what = badPatterns.size === 1 ? 'A pattern' : `${badPatterns.size} patterns`;
        warnings.push({
          message: `${what} of the schemas could not be compiled, and nothing was held to it: ${pattern}`,
        });
      }
      return warnings;
    },
  };
}
