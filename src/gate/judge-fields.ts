import type { CacheIdentity } from '../cache/snapshot-cache.ts';
import type { ApiConnection } from '../cluster/cluster.ts';
import { formatDuration } from '../model/duration.ts';
import { formatGroupVersion } from '../model/group-version.ts';
import type { Requirement } from '../model/requirement.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Finding, Warning } from '../model/verdict.ts';
import {
  askIndex,
  askSchemas,
  type KnownSchema,
  type SchemaAnswer,
  type SchemaDocument,
} from '../schemas/ask-schemas.ts';
import { InvalidSchema, readDocumentText } from '../schemas/openapi-document.ts';
import {
  type FieldJudging,
  fieldFindings,
  leavingFindings,
  releaseOf,
  type UntoldSchemas,
  untoldFinding,
  untoldMessage,
} from '../verdict/field-findings.ts';
import type { FieldWork } from './field-work.ts';
import type { Plan, Subject } from './plan.ts';
import type { KindSchemas } from './walk-objects.ts';
import type { World } from './world.ts';

/** What is known of a cluster when its APIs are judged. */
export interface JudgedApis {
  readonly snapshot: Snapshot;
  readonly findings: readonly Finding[];
  readonly warnings: readonly Warning[];
}

/** Judges the fields of a change on one cluster, beside its APIs. Nothing here rejects but for a defect: what the cluster does not tell is unknown. */
export interface FieldJudge {
  /** Starts looking into the cache. */
  readonly prepare: (identity: CacheIdentity) => Promise<void>;
  /** Adds what the live cluster says; `judging` is under way while the index is asked for. */
  readonly live: <Judged extends JudgedApis>(connection: ApiConnection, judging: Promise<Judged>) => Promise<Judged>;
  /**
   * Adds what the cache says; where that is not enough, or says that the job fails, the cluster is asked if it may be.
   *
   * @param reopen absent in `only` mode
   */
  readonly cached: <Judged extends JudgedApis>(
    judged: Judged,
    reopen: ((use: (connection: ApiConnection) => Promise<Judged>) => Promise<Judged>) | undefined,
  ) => Promise<Judged>;
  /** Keeps what was learned for later runs. */
  readonly keep: () => Promise<void>;
}

interface Cached {
  readonly ageMs: number;
  readonly isFresh: boolean;
  readonly schemas: ReadonlyMap<string, KnownSchema>;
}

type FoundCache = { readonly cached: Cached } | { readonly reason: string };

/** The judge of one cluster's fields. */
export function openFieldJudge(subject: Subject, plan: Plan, work: FieldWork, world: World): FieldJudge {
  const { settings } = plan;
  const { log, clock } = world;
  const cluster = subject.name;
  const documents = new Map<string, SchemaDocument>();
  let found: FoundCache = { reason: 'no cache is used' };
  let keeping: ((takenAt: number, schemas: ReadonlyMap<string, KnownSchema>) => Promise<void>) | undefined;
  let looking: Promise<void> | undefined;
  /** What the live index confirmed or the cluster sent, and when. */
  let learned: { readonly takenAt: number; readonly schemas: ReadonlyMap<string, KnownSchema> } | undefined;

  const judging = ({ snapshot }: JudgedApis): FieldJudging => ({
    cluster,
    serverVersion: snapshot.version,
    fails: settings.fields === 'fail',
    failOn: settings.failOn,
    accept: plan.acceptances.accept,
  });

  async function prepare(identity: CacheIdentity): Promise<void> {
    looking ??= look(identity);
    await looking;
  }

  async function look(identity: CacheIdentity): Promise<void> {
    const { store } = world;
    if (store === undefined || settings.cache.mode === 'off') return;
    const { openSchemaCache } = await import('../cache/schema-cache.ts');
    const cache = openSchemaCache({
      identity,
      ttlMs: settings.cache.ttlMs,
      store,
      clock,
      log,
      holdsSecret: (text) => world.secrets.redact(text) !== text,
    });
    keeping = (takenAt, schemas) =>
      cache.keep(
        takenAt,
        [...schemas].map(([groupVersion, schema]) => ({ groupVersion, ...schema })),
      );
    // A refresh asks for all of it; but what the cluster says is the same need not be sent again.
    const entry = await cache.find();
    found =
      entry.kind === 'none'
        ? { reason: entry.reason }
        : {
            cached: {
              ageMs: entry.ageMs,
              isFresh: entry.isFresh && settings.cache.mode !== 'refresh',
              schemas: new Map(entry.records.map(({ groupVersion, hash, text }) => [groupVersion, { hash, text }])),
            },
          };
  }

  const known = (): ReadonlyMap<string, KnownSchema> =>
    learned?.schemas ?? ('cached' in found ? found.cached.schemas : new Map());

  /** By `fields: warn` no fault of ours turns a job red that would be green without it. */
  async function orWarn<Judged extends JudgedApis>(judged: Judged, judge: () => Promise<Judged>): Promise<Judged> {
    if (settings.fields === 'fail') return await judge();
    try {
      return await judge();
    } catch (thrown) {
      const why = thrown instanceof Error ? thrown.message : String(thrown);
      const message = `The fields were not judged on ${cluster}, as kube-api-gate itself failed: ${why}. Please report it.`;
      return { ...judged, warnings: [...judged.warnings, { message }] };
    }
  }

  async function live<Judged extends JudgedApis>(connection: ApiConnection, apis: Promise<Judged>): Promise<Judged> {
    const asking = askIndex(connection);
    asking.catch(() => undefined);
    const judged = await apis;
    return await orWarn(judged, () => addLive(connection, judged, asking));
  }

  async function addLive<Judged extends JudgedApis>(
    connection: ApiConnection,
    judged: Judged,
    asking: ReturnType<typeof askIndex>,
  ): Promise<Judged> {
    const index = await asking;
    await looking;
    const needed = await groupVersionsOf(judged);
    const all = settings.cache.mode === 'refresh' && index.kind === 'accepted' ? [...index.value.keys()] : [];
    const takenAt = clock.now();
    const asked = await askSchemas(connection, [...new Set([...needed, ...all])], { index, known: known() });
    const answers = new Map(asked.answers);
    if (asked.index.kind === 'accepted') {
      const current = asked.index.value;
      const schemas = new Map([...known()].filter(([name, { hash }]) => current.get(name)?.hash === hash));
      for (const [name, answer] of answers) if (answer.kind === 'known') schemas.set(name, answer.schema);
      learned = { takenAt, schemas };
    }
    for (const [name, answer] of answers) {
      if (answer.kind === 'known') {
        if (answer.document !== undefined) documents.set(answer.schema.hash, answer.document);
        continue;
      }
      const young = 'cached' in found && found.cached.isFresh ? found.cached.schemas.get(name) : undefined;
      if (young !== undefined) answers.set(name, { kind: 'known', schema: young });
    }
    return await withFields(judged, answers);
  }

  async function addCached<Judged extends JudgedApis>(
    judged: Judged,
    reopen: ((use: (connection: ApiConnection) => Promise<Judged>) => Promise<Judged>) | undefined,
  ): Promise<Judged> {
    await looking;
    const needed = await groupVersionsOf(judged);
    const answers = new Map(needed.map((name) => [name, cachedAnswer(name)]));
    if ([...answers.values()].every(({ kind }) => kind === 'known') || reopen === undefined) {
      const told = await withFields(judged, answers);
      const isFinal = told.findings.every((finding) => finding.field === undefined || isFinalInCache(finding));
      if (isFinal || reopen === undefined) return told;
      log.line(
        `${cluster}: by the cached schemas some fields do not fit; asking for the cluster's own before that counts.`,
      );
    }
    return await reopen((connection) => live(connection, Promise.resolve(judged)));
  }

  /** What fails, or goes into a baseline that is being written, must not rest on the cache alone. */
  function isFinalInCache({ fails, acceptance }: Finding): boolean {
    return !fails && !(settings.updateBaseline && acceptance?.kind === 'baseline');
  }

  function cachedAnswer(groupVersion: string): SchemaAnswer {
    if (subject.filed !== undefined) return { kind: 'unknown', refusal: NOT_IN_FILES };
    const untold = (why: string): SchemaAnswer => ({
      kind: 'unknown',
      refusal: {
        reason: 'unavailable',
        message: `${why}, and \`cache: only\` forbids asking the cluster`,
        hint: 'Run the workflow that seeds the cache with `cache: refresh`: it saves the schemas of all group-versions.',
      },
    });
    if (!('cached' in found)) return untold(`the cache holds no schemas (${found.reason})`);
    if (!found.cached.isFresh) return untold(`the cached schemas are ${formatDuration(found.cached.ageMs)} old`);
    const schema = found.cached.schemas.get(groupVersion);
    return schema === undefined ? untold(`the cache holds no schemas of ${groupVersion}`) : { kind: 'known', schema };
  }

  /** The group-versions that the cluster must tell of: those of objects whose kinds it has, and the change does not define. */
  async function groupVersionsOf({ findings }: JudgedApis): Promise<readonly string[]> {
    const defined = await work.defined();
    const names = new Set<string>();
    for (const requirement of judgedKinds(findings)) {
      if (!defined.has(requirement.text)) names.add(groupVersionOf(requirement));
    }
    return [...names];
  }

  async function withFields<Judged extends JudgedApis>(
    judged: Judged,
    answers: ReadonlyMap<string, SchemaAnswer>,
  ): Promise<Judged> {
    const defined = await work.defined();
    const kinds = new Map<string, KindSchemas>();
    const untold = new Map<string, UntoldSchemas>();
    for (const requirement of judgedKinds(judged.findings)) {
      const { text } = requirement;
      if (kinds.has(text)) continue;
      const own = defined.get(text);
      if (own !== undefined) {
        kinds.set(text, own);
        continue;
      }
      const groupVersion = groupVersionOf(requirement);
      const answer = answers.get(groupVersion);
      if (answer === undefined) continue;
      const read = schemaOf(answer, text.slice(text.lastIndexOf('/') + 1));
      if ('document' in read) kinds.set(text, read);
      else if (!untold.has(groupVersion)) untold.set(groupVersion, { groupVersion, requirement, ...read });
    }
    const options = judging(judged);
    const release = judged.snapshot.version === undefined ? undefined : releaseOf(judged.snapshot.version);
    const walked = kinds.size === 0 ? { faults: [], leaving: [], warnings: [] } : await work.walk(kinds, release);
    const fails = settings.fields === 'fail';
    return {
      ...judged,
      findings: [
        ...judged.findings,
        ...fieldFindings(walked.faults, options),
        ...leavingFindings(walked.leaving, options),
        ...(fails ? [...untold.values()].map((each) => untoldFinding(each, options)) : []),
      ],
      warnings: [...judged.warnings, ...walked.warnings, ...(fails ? [] : untoldWarnings([...untold.values()]))],
    };
  }

  function untoldWarnings(untold: readonly UntoldSchemas[]): readonly Warning[] {
    if (subject.filed === undefined) return untold.map((each) => ({ message: untoldMessage(each, cluster) }));
    if (untold.length === 0) return [];
    return [
      { message: `${cluster}: the fields of objects are not judged, because ${NOT_IN_FILES.message}.`, isQuiet: true },
    ];
  }

  function schemaOf(
    answer: SchemaAnswer,
    kind: string,
  ): KindSchemas | { readonly message: string; readonly hint?: string | undefined } {
    if (answer.kind === 'unknown') {
      const { message, hint } = answer.refusal;
      return hint === undefined ? { message } : { message, hint };
    }
    const { hash, text } = answer.schema;
    try {
      const document = documents.get(hash) ?? readDocumentText(text);
      documents.set(hash, document);
      if (Object.hasOwn(document.kinds, kind)) return { document, name: hash };
      return { message: `its schemas do not describe how a ${kind} is created` };
    } catch (thrown) {
      if (!(thrown instanceof InvalidSchema)) throw thrown;
      return { message: `the cached schemas cannot be used: ${thrown.message}` };
    }
  }

  return {
    prepare,
    live,
    cached: (judged, reopen) => orWarn(judged, () => addCached(judged, reopen)),
    keep: async () => {
      if (learned !== undefined && learned.schemas.size > 0) await keeping?.(learned.takenAt, learned.schemas);
    },
  };
}

const NOT_IN_FILES = {
  reason: 'unavailable',
  message: 'a snapshot file holds no schemas',
  hint: 'Judge fields in a job that may ask the cluster, or set `fields: off`.',
} as const;

/** The kinds of objects that are there, or that the change brings. */
function judgedKinds(findings: readonly Finding[]): readonly Requirement[] {
  return findings
    .filter(({ requirement, met, field }) => field === undefined && requirement.object !== undefined && met === 'yes')
    .map(({ requirement }) => requirement);
}

function groupVersionOf({ anyOf: [api] }: Requirement): string {
  return api.kind === 'kind' ? formatGroupVersion(api.groupVersion) : '';
}
