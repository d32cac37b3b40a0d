/**
 * Real objects on real servers: the fields that do not fit are those that `POST ...?dryRun=All&fieldValidation=Strict` refuses.
 *
 * The objects are those that come with the Go modules of the engines, or those in the folders that `KUBE_API_GATE_MANIFESTS` names; then objects with one field damaged, each field of
 * each type in every way, of built-in kinds and of more than 50 definitions. `KUBE_API_GATE_MUTATIONS=all` takes the built-in ones on every generation.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Generation, generations } from '../../engines/paths.ts';
import { schemasOfDefinition } from '../../src/schemas/definition-schema.ts';
import { documentsOf } from '../../src/yaml/documents.ts';
import { type DocumentNode, dereference, EVERYTHING, fieldsOf } from '../../src/yaml/node.ts';
import { type ControlPlane, startControlPlane } from '../helpers/control-plane.ts';
import { type FieldOracle, openFieldOracle, type SentObject, type ServerAnswer } from '../helpers/field-oracle.ts';
import { goModuleFolder } from '../helpers/go-modules.ts';
import { mutationsOf } from '../helpers/mutations.ts';
import { variedCrds } from '../helpers/varied-crds.ts';
import { rootOf } from '../helpers/walking.ts';

const CRDS = variedCrds();
const AT_ONCE = 8;

/** What the server refuses and nothing that is judged could tell: templates that were not rendered. */
const NOT_RENDERED = /\{\{|\$\{/;

/** Rules that need more than an object and its schema. */
const OUT_OF_SIGHT: readonly RegExp[] = [
  /metadata\.|metadata: /,
  /must validate (?:one and only one|at least one) schema|must not validate the schema/,
  /must not end before it begins/,
  /token is required|no namespace on request/,
];

/** A value as kubectl sends it. */
function jsonOf(node: DocumentNode): string {
  const value = dereference(node);
  switch (value.kind) {
    case 'null':
      return 'null';
    case 'string':
      return JSON.stringify(value.text);
    case 'number':
      return value.text;
    case 'boolean':
      return String(value.value);
    case 'sequence':
      return `[${value.items.map(jsonOf).join(',')}]`;
    case 'mapping':
      return `{${fieldsOf(value)
        .map((field) => `${JSON.stringify(field.name)}:${jsonOf(field.value)}`)
        .join(',')}}`;
  }
}

function objectsIn(folders: readonly string[]): readonly SentObject[] {
  const found = new Map<string, SentObject>();
  const add = (object: SentObject): void => {
    if (Array.isArray(object['items'])) object['items'].forEach(add);
    else if (typeof object.apiVersion === 'string' && typeof object.kind === 'string') {
      const { namespace: _, ...metadata } = object.metadata ?? {};
      const sent = object.metadata === undefined ? object : { ...object, metadata };
      found.set(JSON.stringify(sent), sent);
    }
  };
  for (const folder of folders) {
    for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
      if (!entry.isFile() || !/\.(?:ya?ml|json)$/.test(entry.name)) continue;
      const bytes = readFileSync(join(entry.parentPath, entry.name));
      if (bytes.length > 1_000_000) continue;
      for (const document of documentsOf(bytes, EVERYTHING)) {
        if (document.kind === 'object' && dereference(document.root).kind === 'mapping') {
          add(JSON.parse(jsonOf(document.root)));
        }
      }
    }
  }
  return [...found.values()];
}

function corpus(): readonly SentObject[] {
  const named = process.env['KUBE_API_GATE_MANIFESTS'];
  if (named) return objectsIn(named.split(delimiter));
  const modules = generations.map((generation) => goModuleFolder(`kube-apiserver-${generation}`, 'k8s.io/kubernetes'));
  return objectsIn([
    ...modules.flatMap((folder) => [join(folder, 'test'), join(folder, 'cluster')]),
    join(goModuleFolder('kube-apiserver-1.37', 'k8s.io/api'), 'testdata'),
  ]);
}

/** Every object of the newest testdata, whole, as far as a server decodes it. */
function fullObjects(): readonly SentObject[] {
  const folder = join(goModuleFolder('kube-apiserver-1.37', 'k8s.io/api'), 'testdata', 'HEAD');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json') && !name.includes('after_'))
    .map((name): SentObject => JSON.parse(readFileSync(join(folder, name), 'utf8')))
    .filter(({ apiVersion, kind }) => apiVersion !== undefined && kind !== undefined)
    .map(({ metadata: { namespace: _, ...metadata } = {}, ...object }) => ({ ...object, metadata }) as SentObject);
}

async function each<Item>(items: Iterable<Item>, work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = items[Symbol.iterator]();
  const worker = async (): Promise<void> => {
    for (let next = waiting.next(); next.done !== true; next = waiting.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

function counter() {
  const counts: Record<string, number> = {};
  return {
    counts,
    count: (what: string): void => {
      counts[what] = (counts[what] ?? 0) + 1;
    },
  };
}

const same = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every((each) => b.has(each));

function isRefused(answer: ServerAnswer, isCustom: boolean): boolean {
  if (answer.kind === 'unknown-fields' || answer.kind === 'not-decoded') return true;
  return isCustom && answer.kind === 'invalid';
}

const messageOf = (answer: ServerAnswer): string => ('message' in answer ? answer.message : '');

describe.each(generations)('%s', (generation: Generation) => {
  let plane: ControlPlane;
  let oracle: FieldOracle;

  beforeAll(async () => {
    plane = await startControlPlane({ generation });
    const token = plane.tokens['admin'] ?? '';
    oracle = await openFieldOracle({ server: plane.server, caPem: plane.caPem, token, generation });
    const list = { apiVersion: 'v1', kind: 'List', items: CRDS.map(({ crd }) => crd) };
    await plane.kubectlOk(['create', '-f', '-'], { stdin: JSON.stringify(list), timeoutMs: 120_000 });
    // The index lags behind what is served.
    for (const { object } of CRDS) {
      for (let tries = 0; tries < 100; tries += 1) {
        const { status, body } = await oracle.get(`/openapi/v3/apis/${object.apiVersion}`);
        if (status === 200 && body.includes(`"${object.kind}"`) && (await oracle.ask(object)).kind === 'taken') break;
        await sleep(200);
      }
    }
  }, 240_000);

  afterAll(async () => {
    oracle?.stop();
    await plane?.stop();
  });

  test('the corpus: the same unknown fields, the same refusals, and no false alarm', async () => {
    const { counts, count } = counter();
    const wrong: string[] = [];
    await each(corpus(), async (object) => {
      const [answer, ours] = [await oracle.ask(object), await oracle.ours(object)];
      if (answer.kind === 'no-kind' || ours === undefined) return count('not there');
      const isCustom = (await oracle.documentOf(object.apiVersion))?.origin === 'custom';
      const finds = ours.unknown.size + ours.faults.length > 0;
      const name = `${object.apiVersion} ${object.kind}`;
      if (answer.kind === 'unknown-fields') {
        if (same(answer.paths, ours.unknown)) count('the same unknown fields');
        else if (answer.cut) count('more unknown fields than the server tells');
        else wrong.push(`${name}: server ${[...answer.paths]}, ours ${[...ours.unknown]}`);
      } else if (isRefused(answer, isCustom)) {
        if (ours.faults.length > 0) count('both refuse');
        else if (NOT_RENDERED.test(JSON.stringify(object))) count('server alone: a template that was not rendered');
        else wrong.push(`${name}: server alone: ${messageOf(answer)}`);
      } else if (finds) wrong.push(`${name}: FALSE ALARM ${[...ours.unknown]} ${JSON.stringify(ours.faults[0])}`);
      else count('both take');
    });
    console.log(`${generation}, corpus: ${JSON.stringify(counts)}`);
    expect(wrong.slice(0, 20)).toEqual([]);
  }, 600_000);

  async function judgeMutations(bases: readonly SentObject[], isCustom: boolean) {
    const { counts, count } = counter();
    const wrong: string[] = [];
    const seen = new Set<string>();
    const mutations = [];
    for (const base of bases) {
      const document = await oracle.documentOf(base.apiVersion);
      if (document === undefined || isRefused(await oracle.ask(base), isCustom)) continue;
      for (const mutation of mutationsOf(base, document, isCustom ? new Set() : seen)) mutations.push(mutation);
    }
    await each(mutations, async ({ label, object }) => {
      const [answer, ours] = [await oracle.ask(object), await oracle.ours(object)];
      const refused = isRefused(answer, isCustom);
      const finds = ours !== undefined && ours.unknown.size + ours.faults.length > 0;
      if (answer.kind === 'no-kind') wrong.push(`${object.kind} is not there`);
      else if (answer.kind === 'hung-up') count('the server itself fails');
      else if (refused && finds) count('both refuse');
      else if (!refused && !finds) count('both take');
      else if (refused && OUT_OF_SIGHT.some((rule) => rule.test(messageOf(answer))))
        count('server alone: out of sight');
      else wrong.push(`${finds ? 'OURS' : 'SERVER'} ALONE ${object.kind} ${label}: ${messageOf(answer)}`);
    });
    console.log(
      `${generation}, mutations of ${isCustom ? 'custom' : 'built-in'} objects: ${mutations.length}, ${JSON.stringify(counts)}`,
    );
    expect(wrong.slice(0, 20)).toEqual([]);
  }

  test('mutations of custom resources', async () => {
    await judgeMutations(
      CRDS.map(({ object }) => object),
      true,
    );
  }, 1_200_000);

  test.runIf(generation === '1.37' || process.env['KUBE_API_GATE_MUTATIONS'] === 'all')(
    'mutations of built-in objects',
    async () => {
      await judgeMutations(fullObjects(), false);
    },
    1_200_000,
  );

  test("a change's own definition finds what the published schema finds", async () => {
    const wrong: string[] = [];
    for (const { crd, object } of CRDS) {
      const defined = schemasOfDefinition(rootOf(JSON.stringify(crd))).find(({ version }) => version === 'v1');
      const document = await oracle.documentOf(object.apiVersion);
      if (defined === undefined || document === undefined) throw new Error(`${object.kind} has no schema`);
      for (const { label, object: damaged } of mutationsOf(object, document, new Set())) {
        const told = async (given?: typeof document) =>
          JSON.stringify(await oracle.ours(damaged, given), (_, value) => (value instanceof Set ? [...value] : value));
        if ((await told()) !== (await told(defined.document))) wrong.push(`${object.kind} ${label}`);
      }
    }
    expect(wrong.slice(0, 20)).toEqual([]);
  }, 600_000);
});
