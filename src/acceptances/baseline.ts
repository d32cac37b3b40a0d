import { formatPlace, type Place, type Problem } from '../model/place.ts';
import type { FailOn, Finding } from '../model/verdict.ts';
import { valueUnder } from '../yaml/node.ts';
import { failuresOf, gravest } from './failures.ts';
import { readFields } from './fields.ts';
import { parseLocated } from './located.ts';

/** A failure that was there before. Lines are left out, so that an entry survives edits above it. */
export interface BaselineEntry {
  readonly cluster: string;
  readonly requirement: string;
  /** Stands for what is milder as well. Never `unknown`: what nobody knows to be broken is not recorded. */
  readonly failure: FailOn;
  /** The path of the field that did not fit, where it was one. */
  readonly field?: string | undefined;
  /** The manifest, or the name of the input. */
  readonly from: { readonly kind: 'file' | 'input'; readonly name: string };
  /** `namespace/name` of the object, as far as it has them. */
  readonly object?: string | undefined;
  /** At how many places: objects of one name in one file, for instance with generateName. */
  readonly count: number;
  readonly place: Place;
  /** Whether it says `not-met`, as entries did before they said `missing`. */
  readonly isOld?: boolean | undefined;
}

function objectOf({ requirement: { object } }: Finding): string | undefined {
  if (object === undefined) return undefined;
  if (object.namespace === undefined) return object.name === '' ? undefined : object.name;
  return `${object.namespace}/${object.name}`;
}

function fromOf({ requirement: { place } }: Finding): BaselineEntry['from'] {
  return place.kind === 'file' ? { kind: 'file', name: place.file } : { kind: 'input', name: place.input };
}

function fieldOf({ field }: Finding): string | undefined {
  return field === undefined || field.path === '' ? undefined : field.path;
}

type KeyParts = Pick<BaselineEntry, 'cluster' | 'requirement' | 'from'> & {
  readonly object: string | undefined;
  readonly field: string | undefined;
};

function key({ cluster, requirement, from, object, field }: KeyParts): string {
  const parts = [cluster, from.kind, from.name, requirement, object ?? null];
  return JSON.stringify(field === undefined ? parts : [...parts, field]);
}

/** What stays the same of a finding while lines move. */
export function keyOfFinding(finding: Finding): string {
  const { cluster, requirement } = finding;
  const [object, field] = [objectOf(finding), fieldOf(finding)];
  return key({ cluster, requirement: requirement.text, from: fromOf(finding), object, field });
}

export function keyOfEntry({ cluster, requirement, from, object, field }: BaselineEntry): string {
  return key({ cluster, requirement, from, object, field });
}

/** The entries for `findings`: one for each key, with the gravest failure and the number of places. */
export function entriesOf(findings: readonly Finding[], failOn: readonly FailOn[]): readonly BaselineEntry[] {
  const found = new Map<string, { finding: Finding; failures: FailOn[]; places: Set<string> }>();
  for (const finding of findings) {
    const id = keyOfFinding(finding);
    const same = found.get(id) ?? { finding, failures: [], places: new Set() };
    same.failures.push(...failuresOf(finding, failOn));
    same.places.add(formatPlace(finding.requirement.place));
    found.set(id, same);
  }
  return [...found.values()].map(({ finding, failures, places }) => {
    const object = objectOf(finding);
    const field = fieldOf(finding);
    return {
      cluster: finding.cluster,
      requirement: finding.requirement.text,
      field,
      failure: gravest(failures) ?? 'missing',
      from: fromOf(finding),
      object,
      count: places.size,
      place: finding.requirement.place,
    };
  });
}

/** The baseline file: sorted, one entry a line, without a date, so that a diff shows what changed and nothing else. */
export function formatBaseline(entries: readonly BaselineEntry[]): string {
  const sorted = entries
    .map((entry) => ({ entry, id: keyOfEntry(entry) }))
    .sort((a, b) => (a.id < b.id ? -1 : Number(a.id > b.id)));
  const lines = sorted.map(({ entry: { cluster, from, requirement, field, object, failure, count } }) =>
    JSON.stringify({
      cluster,
      [from.kind]: from.name,
      requirement,
      field,
      object,
      failure,
      ...(count === 1 ? {} : { count }),
    }),
  );
  const findings = lines.length === 0 ? '[]' : `[\n${lines.map((line) => `    ${line}`).join(',\n')}\n  ]`;
  return `{\n  "version": 1,\n  "findings": ${findings}\n}\n`;
}

const KEYS = ['cluster', 'file', 'input', 'requirement', 'field', 'object', 'failure', 'count'];

/** How an entry can say that it failed. `not-met` is what `missing` was called before. */
const RECORDED: Readonly<Record<string, FailOn>> = {
  deprecated: 'deprecated',
  'removed-by-target': 'removed-by-target',
  missing: 'missing',
  'not-met': 'missing',
};

/** Reads a baseline file, JSON or YAML. */
export function parseBaseline(
  text: string,
  file: string,
): { readonly entries: readonly BaselineEntry[]; readonly problems: readonly Problem[] } {
  const parsed = parseLocated(text, file);
  if (parsed.kind === 'problems') return { entries: [], problems: parsed.problems };
  const { document } = parsed;
  const problems: Problem[] = [];
  const fields = readFields(document.root, document, 'A baseline file', ['version', 'findings', '$schema'], problems);
  if (fields === undefined) return { entries: [], problems };
  if (fields.wholeNumber('version') !== 1) {
    problems.push({
      place: fields.place('version'),
      message: 'A baseline file says `"version": 1`; this one does not.',
      hint: 'Write it again with `update-baseline: true`.',
    });
    return { entries: [], problems };
  }
  const findings = valueUnder(document.root, 'findings');
  if (findings?.kind !== 'sequence') {
    problems.push({ place: fields.place('findings'), message: '`findings` of a baseline file must be a list.' });
    return { entries: [], problems };
  }
  const entries = findings.items.flatMap((item): readonly BaselineEntry[] => {
    const entry = readFields(item, document, 'An entry of the baseline', KEYS, problems);
    if (entry === undefined) return [];
    const recorded = entry.requiredText('failure');
    const failure = Object.hasOwn(RECORDED, recorded) ? RECORDED[recorded] : undefined;
    if (recorded !== '' && failure === undefined) {
      problems.push({
        place: entry.place('failure'),
        message: '`failure` must be one of deprecated, removed-by-target, missing.',
      });
    }
    const [fromFile, fromInput, object] = [entry.text('file'), entry.text('input'), entry.text('object')];
    const field = entry.text('field');
    const from: BaselineEntry['from'] | undefined =
      fromFile === undefined
        ? fromInput === undefined
          ? undefined
          : { kind: 'input', name: fromInput }
        : { kind: 'file', name: fromFile };
    if (from === undefined || (fromFile !== undefined && fromInput !== undefined)) {
      problems.push({
        place: document.place(item),
        message: 'An entry of the baseline names either a `file` or an `input`.',
      });
    }
    const read = { cluster: entry.requiredText('cluster'), requirement: entry.requiredText('requirement') };
    if (from === undefined || failure === undefined) return [];
    return [
      {
        ...read,
        field,
        failure,
        from,
        object,
        count: entry.wholeNumber('count') ?? 1,
        place: document.place(item),
        isOld: recorded === 'not-met' || undefined,
      },
    ];
  });
  return { entries, problems };
}
