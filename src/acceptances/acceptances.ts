import { readFile, stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { writeAtomically } from '../files/atomic-file.ts';
import { GateError } from '../model/errors.ts';
import { formatPlace, type Place, type Problem } from '../model/place.ts';
import type { Acceptance, ClusterVerdict, FailOn, Finding, Warning } from '../model/verdict.ts';
import { type BaselineEntry, entriesOf, formatBaseline, keyOfEntry, keyOfFinding, parseBaseline } from './baseline.ts';
import { type ExemptionIndex, indexExemptions } from './exemption-index.ts';
import { type Exemption, isExpired, namesCluster, parseExemptions } from './exemptions.ts';
import { failuresOf, isAccepted, takenToAccept } from './failures.ts';
import { nearlyAccepted } from './nearly-accepted.ts';

export interface AcceptanceOptions {
  /** Path of the exemptions file; relative to `workingDirectory`, as the next. */
  readonly exemptions?: string | undefined;
  readonly baseline?: string | undefined;
  /** Accept whatever fails today, for `writeBaseline` to record. What is unknown is not known to be broken, and stays. */
  readonly updateBaseline: boolean;
  /** What fails the job: an exemption or an entry accepts no failure that is graver than the one it was written for. */
  readonly failOn: readonly FailOn[];
  /** Whether fields are judged: else nothing is known of acceptances of fields. */
  readonly judgesFields?: boolean | undefined;
  readonly workingDirectory: string;
  readonly repositoryRoot: string;
  /** Milliseconds since the epoch: which exemptions have expired. */
  readonly now: number;
}

/** What people have accepted. */
export interface Acceptances {
  /** Why this finding, which would fail, does not; nothing when nobody accepted it. Asked twice of one finding, it answers the same. */
  readonly accept: (finding: Finding) => Acceptance | undefined;
  /** Of a finding that nobody accepted, what nearly did, and why it did not; nothing where nothing comes near. */
  readonly nearly: (finding: Finding) => string | undefined;
  /** After judging: the expired exemptions that the change still leans on, which fail the job, and the acceptances that nothing needs. */
  readonly review: (clusters: readonly ClusterVerdict[]) => {
    readonly problems: readonly Problem[];
    readonly warnings: readonly Warning[];
  };
  /**
   * Writes what `accept` let pass into the baseline file, and tells how many findings that are; does nothing without `updateBaseline`.
   * Entries of clusters that were not judged stay.
   *
   * @throws GateError `invalid-input` when the file cannot be written.
   */
  readonly writeBaseline: (clusters: readonly ClusterVerdict[]) => Promise<number>;
}

/** Larger files than a person or `update-baseline` would write. In bytes. */
const LARGEST_FILE = 20 * 1024 * 1024;

function describe(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

type ReadFile =
  | { readonly kind: 'text'; readonly text: string; readonly file: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** `path` as reports name it: from the repository's root with `/`, or absolute where it lies outside. */
function reportedPath(path: string, root: string): string {
  const inside = relative(root, path);
  return inside.startsWith('..') || isAbsolute(inside) ? path : inside.split(sep).join('/');
}

async function read(input: string, path: string, options: AcceptanceOptions): Promise<ReadFile> {
  const full = resolve(options.workingDirectory, path);
  const place: Place = { kind: 'input', input };
  try {
    const found = await stat(full);
    // Of a pipe the end would be waited for, which may never come.
    if (!found.isFile() && !found.isDirectory()) {
      return { kind: 'problem', problem: { place, message: `${path} is not a file.` } };
    }
    const { size } = found;
    if (size > LARGEST_FILE) {
      return {
        kind: 'problem',
        problem: { place, message: `${path} is larger than 20 MiB, which no file of accepted findings is.` },
      };
    }
    return { kind: 'text', text: await readFile(full, 'utf8'), file: reportedPath(full, options.repositoryRoot) };
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return { kind: 'absent' };
    return { kind: 'problem', problem: { place, message: `${path} cannot be read: ${describe(thrown)}` } };
  }
}

interface Read<Item> {
  readonly items: readonly Item[];
  readonly problems: readonly Problem[];
}

async function readExemptions(options: AcceptanceOptions): Promise<Read<Exemption>> {
  if (options.exemptions === undefined) return { items: [], problems: [] };
  const found = await read('exemptions', options.exemptions, options);
  if (found.kind === 'problem') return { items: [], problems: [found.problem] };
  if (found.kind === 'absent') {
    const place: Place = { kind: 'input', input: 'exemptions' };
    const hint =
      'Its path is relative to the working directory, and a step that checks the files out must come before this one.';
    return { items: [], problems: [{ place, message: `The file ${options.exemptions} does not exist.`, hint }] };
  }
  const { exemptions, problems } = await parseExemptions(found.text, found.file);
  return { items: exemptions, problems };
}

async function readBaseline(options: AcceptanceOptions): Promise<Read<BaselineEntry>> {
  const place: Place = { kind: 'input', input: 'baseline' };
  if (options.baseline === undefined) {
    if (!options.updateBaseline) return { items: [], problems: [] };
    const problem: Problem = {
      place,
      message: '`update-baseline` needs to know which file to write.',
      hint: 'Name it in `baseline`.',
    };
    return { items: [], problems: [problem] };
  }
  const found = await read('baseline', options.baseline, options);
  if (found.kind === 'problem') return { items: [], problems: [found.problem] };
  if (found.kind === 'absent') {
    if (options.updateBaseline) return { items: [], problems: [] };
    const hint = 'Write it with `update-baseline: true`, and commit it.';
    return { items: [], problems: [{ place, message: `The file ${options.baseline} does not exist.`, hint }] };
  }
  const { entries, problems } = parseBaseline(found.text, found.file);
  return { items: entries, problems };
}

function exemptionAcceptance({ reason, owner, expires, place }: Exemption): Acceptance {
  const details = [owner, expires === undefined ? undefined : `until ${expires}`].filter((part) => part !== undefined);
  return { kind: 'exemption', reason: details.length === 0 ? reason : `${reason} (${details.join(', ')})`, place };
}

/** Entries that differ in their place only are one: somebody may have joined two files. */
function joined(entries: readonly BaselineEntry[]): readonly BaselineEntry[] {
  const found = new Map<string, BaselineEntry>();
  for (const entry of entries) {
    const id = `${entry.failure} ${keyOfEntry(entry)}`;
    const same = found.get(id);
    found.set(id, same === undefined ? entry : { ...same, count: same.count + entry.count });
  }
  return [...found.values()];
}

/** Counts, for each entry of the baseline, the places it has let pass, so that one more of the same is new. */
function baselineGate(
  byKey: ReadonlyMap<string, readonly BaselineEntry[]>,
  failOn: readonly FailOn[],
): (finding: Finding) => Acceptance | undefined {
  const passed = new Map<BaselineEntry, Set<string>>();
  return (finding) => {
    const failures = failuresOf(finding, failOn);
    const place = formatPlace(finding.requirement.place);
    for (const entry of byKey.get(keyOfFinding(finding)) ?? []) {
      const places = passed.get(entry) ?? new Set();
      if (!failures.every((failure) => isAccepted(failure, [entry.failure]))) continue;
      if (!places.has(place) && places.size >= entry.count) continue;
      passed.set(entry, places.add(place));
      return { kind: 'baseline', reason: 'it failed before, and is in the baseline', place: entry.place };
    }
    return undefined;
  };
}

/** Whether the exemption accepts all that this finding fails for. */
function accepting(failOn: readonly FailOn[]): (exemption: Exemption, finding: Finding) => boolean {
  const taken = takenToAccept(failOn);
  // A field that does not fit fails in one way only, whatever else the job is red for.
  return ({ field, accepts = field === undefined ? taken : ['missing'] }, finding) =>
    failuresOf(finding, failOn).every((failure) => isAccepted(failure, accepts));
}

function judgedFindings(clusters: readonly ClusterVerdict[]): readonly Finding[] {
  return clusters.flatMap(({ findings }) => findings);
}

function expiredProblems(
  index: ExemptionIndex,
  findings: readonly Finding[],
  isMeant: (exemption: Exemption, finding: Finding) => boolean,
): readonly Problem[] {
  const leaning = new Map<Exemption, Finding[]>();
  for (const finding of findings.filter(({ fails }) => fails)) {
    for (const exemption of index.about(finding)) {
      if (!isMeant(exemption, finding)) continue;
      const own = leaning.get(exemption);
      if (own === undefined) leaning.set(exemption, [finding]);
      else own.push(finding);
    }
  }
  return [...leaning].map(([exemption, own]) => {
    const [first] = own;
    const example =
      first && ` \`${first.requirement.text}\` at ${formatPlace(first.requirement.place)} on ${first.cluster}`;
    const owner = exemption.owner === undefined ? '' : ` ${exemption.owner} answers for it.`;
    return {
      place: exemption.place,
      message: `This exemption ended on ${exemption.expires}, and ${own.length} ${
        own.length === 1 ? 'finding' : 'findings'
      } it covered still ${own.length === 1 ? 'fails' : 'fail'}:${example}.`,
      hint: `Fix what it excused, or agree on a later day.${owner}`,
    };
  });
}

/** Whether the finding leaves something to accept, be it that `fail-on` lets it pass for now. */
function isOpen({ met, lifecycle }: Finding): boolean {
  return met !== 'yes' || lifecycle.length > 0;
}

function unusedExemptions(
  exemptions: readonly Exemption[],
  index: ExemptionIndex,
  clusters: readonly ClusterVerdict[],
): readonly Warning[] {
  const open = judgedFindings(clusters).filter(isOpen);
  const used = new Set(open.flatMap((finding) => [...index.about(finding), ...index.byTemplate(finding)]));
  return exemptions
    .filter((exemption) =>
      clusters.some(({ cluster, error }) => error === undefined && namesCluster(exemption, cluster)),
    )
    .filter((exemption) => !used.has(exemption))
    .map(({ requirement, place }) => ({
      place,
      message: `Nothing needs the exemption for \`${requirement}\` any more; remove it.`,
    }));
}

function unusedEntries(entries: readonly BaselineEntry[], clusters: readonly ClusterVerdict[]): readonly Warning[] {
  const judged = new Set(clusters.filter(({ error }) => error === undefined).map(({ cluster }) => cluster));
  const needed = new Set(judgedFindings(clusters).filter(isOpen).map(keyOfFinding));
  const unused = entries.filter((entry) => judged.has(entry.cluster) && !needed.has(keyOfEntry(entry)));
  const [first] = unused;
  if (first === undefined) return [];
  const number = unused.length === 1 ? '1 entry' : `${unused.length} entries`;
  return [
    {
      place: first.place,
      message: `Nothing needs ${number} of the baseline any more, the first for \`${first.requirement}\`; write it again with \`update-baseline: true\`.`,
    },
  ];
}

/** Entries from before `not-met` became `missing`. They were never written for what is unknown, so that they go on meaning what they meant. */
function oldEntries(entries: readonly BaselineEntry[]): readonly Warning[] {
  const old = entries.filter(({ isOld }) => isOld === true);
  const [first] = old;
  if (first === undefined) return [];
  const number = old.length === 1 ? '1 entry says' : `${old.length} entries say`;
  return [
    {
      place: first.place,
      message: `${number} \`not-met\`, which is read as \`missing\`; write the baseline again with \`update-baseline: true\`.`,
      isQuiet: true,
    },
  ];
}

async function saveBaseline(
  path: string,
  previous: readonly BaselineEntry[],
  clusters: readonly ClusterVerdict[],
  options: AcceptanceOptions,
): Promise<number> {
  const judged = new Set(clusters.filter(({ error }) => error === undefined).map(({ cluster }) => cluster));
  const recorded = judgedFindings(clusters).filter(({ acceptance }) => acceptance?.kind === 'baseline');
  // Of what the cluster did not tell this time nothing new is known.
  const untold = new Set(
    judgedFindings(clusters)
      .filter(({ met }) => met === 'unknown')
      .map(keyOfFinding),
  );
  const kept = previous.filter((entry) => !judged.has(entry.cluster) || untold.has(keyOfEntry(entry)));
  try {
    await writeAtomically(
      resolve(options.workingDirectory, path),
      formatBaseline([...entriesOf(recorded, options.failOn), ...kept]),
    );
  } catch (thrown) {
    throw new GateError(
      'invalid-input',
      'baseline-unwritable',
      `The baseline ${path} could not be written: ${describe(thrown)}`,
      {
        hint: 'Name a file that the job may write, for example one below the workspace.',
        cause: thrown,
      },
    );
  }
  return recorded.length;
}

/**
 * Reads the exemptions and the baseline.
 *
 * @throws GateError `invalid-input` with every fault of both files, each at its line.
 */
export async function readAcceptances(options: AcceptanceOptions): Promise<Acceptances> {
  const [exemptions, baseline] = await Promise.all([readExemptions(options), readBaseline(options)]);
  const problems = [...exemptions.problems, ...baseline.problems];
  if (problems.length > 0) {
    throw new GateError(
      'invalid-input',
      'acceptances-invalid',
      'The exemptions or the baseline cannot be used; nothing was asked.',
      { problems },
    );
  }
  const { now, updateBaseline, failOn, judgesFields = true } = options;
  const isJudged = ({ field }: { readonly field?: string | undefined }): boolean => field === undefined || judgesFields;
  const index = indexExemptions(exemptions.items);
  const isMeant = accepting(failOn);
  const byKey = Map.groupBy(joined(baseline.items), keyOfEntry);
  const passes = baselineGate(byKey, failOn);
  const newBaseline: Place = { kind: 'input', input: 'baseline' };
  return {
    accept: (finding) => {
      const exemption = index.about(finding).find((own) => !isExpired(own, now) && isMeant(own, finding));
      if (exemption !== undefined) return exemptionAcceptance(exemption);
      if (!updateBaseline) return passes(finding);
      if (finding.met === 'unknown') return undefined;
      return { kind: 'baseline', reason: 'it fails today, and goes into the baseline', place: newBaseline };
    },
    nearly: (finding) =>
      nearlyAccepted(finding, {
        failOn,
        exemptions: index.about(finding).filter((own) => !isExpired(own, now)),
        byTemplate: index.byTemplate(finding).filter((own) => !isExpired(own, now)),
        entries: byKey.get(keyOfFinding(finding)) ?? [],
      }),
    review: (clusters) => ({
      problems: expiredProblems(
        index,
        judgedFindings(clusters),
        (own, finding) => isExpired(own, now) && isMeant(own, finding),
      ),
      warnings: [
        ...unusedExemptions(exemptions.items.filter(isJudged), index, clusters),
        ...(updateBaseline ? [] : unusedEntries(baseline.items.filter(isJudged), clusters)),
        ...(updateBaseline ? [] : oldEntries(baseline.items)),
      ],
    }),
    writeBaseline: async (clusters) =>
      updateBaseline && options.baseline !== undefined
        ? saveBaseline(options.baseline, baseline.items, clusters, options)
        : 0,
  };
}
