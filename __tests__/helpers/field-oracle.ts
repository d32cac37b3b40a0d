/**
 * What a real API server says of an object's fields, and what the walker says, side by side.
 *
 * The server is asked by `POST ...?dryRun=All&fieldValidation=Strict`. Decoding comes first there, and hides the rest: one type error, or all unknown fields, at most 100.
 */
import { Agent, request } from 'node:https';
import type { FieldFault } from '../../src/model/field-fault.ts';
import { parseRelease } from '../../src/model/release.ts';
import { trimDocument } from '../../src/schemas/openapi-document.ts';
import { loadPatterns } from '../../src/schemas/patterns.ts';
import type { SchemaDocument } from '../../src/schemas/schema.ts';
import { walkObject } from '../../src/schemas/walk.ts';
import { documentsOf } from '../../src/yaml/documents.ts';
import { EVERYTHING } from '../../src/yaml/node.ts';

/** An object as JSON that can be sent. */
export interface SentObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
  readonly [field: string]: unknown;
}

export type ServerAnswer =
  | { readonly kind: 'taken' }
  /** `cut`: the server tells no more than 100. */
  | { readonly kind: 'unknown-fields'; readonly paths: ReadonlySet<string>; readonly cut: boolean }
  /** It could not be decoded. */
  | { readonly kind: 'not-decoded'; readonly message: string }
  /** It was decoded and did not pass validation. */
  | { readonly kind: 'invalid'; readonly message: string }
  /** The server gave no answer, twice: 1.25 divides by zero where a whole number is held to `multipleOf: 0.5`. */
  | { readonly kind: 'hung-up' }
  /** The kind is not there, or cannot be created. */
  | { readonly kind: 'no-kind' }
  /** Something after decoding that says nothing of the fields. */
  | { readonly kind: 'other'; readonly message: string };

export interface OurAnswer {
  readonly unknown: ReadonlySet<string>;
  /** Everything else that is certain. */
  readonly faults: readonly FieldFault[];
}

export interface FieldOracle {
  readonly ask: (object: SentObject) => Promise<ServerAnswer>;
  /** `undefined` where the kind has no schema. */
  readonly ours: (object: SentObject, document?: SchemaDocument) => Promise<OurAnswer | undefined>;
  readonly documentOf: (groupVersion: string) => Promise<SchemaDocument | undefined>;
  readonly get: (path: string) => Promise<{ readonly status: number; readonly body: string }>;
  readonly stop: () => void;
}

export interface OracleServer {
  readonly server: string;
  readonly caPem: string;
  readonly token: string;
  /** As `1.37`. */
  readonly generation: string;
}

interface ResourceOfKind {
  readonly plural: string;
  readonly namespaced: boolean;
}

export async function openFieldOracle({ server, caPem, token, generation }: OracleServer): Promise<FieldOracle> {
  const agent = new Agent({ keepAlive: true, maxSockets: 8, ca: caPem });
  const patternMatch = await loadPatterns();
  const release = parseRelease(generation);
  const documents = new Map<string, Promise<SchemaDocument | undefined>>();
  const resources = new Map<string, Promise<ReadonlyMap<string, ResourceOfKind>>>();

  /** A connection that the server closed while it was idle is no answer: nothing is created here, so that asking again does no harm. */
  const send = (method: string, path: string, body?: string): Promise<{ status: number; body: string }> =>
    sendOnce(method, path, body).catch(() => sendOnce(method, path, body));

  function sendOnce(method: string, path: string, body?: string): Promise<{ status: number; body: string }> {
    const { promise, resolve, reject } = Promise.withResolvers<{ status: number; body: string }>();
    const headers = {
      authorization: `Bearer ${token}`,
      accept: 'application/json',
      'content-type': 'application/json',
    };
    request(`${server}${path}`, { method, agent, headers, timeout: 30_000 }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }));
      response.on('error', reject);
    })
      .on('error', reject)
      .end(body);
    return promise;
  }

  const root = (groupVersion: string): string =>
    groupVersion.includes('/') ? `/apis/${groupVersion}` : `/api/${groupVersion}`;

  async function readResources(groupVersion: string): Promise<ReadonlyMap<string, ResourceOfKind>> {
    const { status, body } = await send('GET', root(groupVersion));
    if (status !== 200) return new Map();
    const list: { resources: { name: string; kind: string; namespaced: boolean; verbs: string[] }[] } =
      JSON.parse(body);
    return new Map(
      list.resources
        .filter(({ name, verbs }) => !name.includes('/') && verbs.includes('create'))
        .map(({ name, kind, namespaced }) => [kind, { plural: name, namespaced }]),
    );
  }

  async function readDocument(groupVersion: string): Promise<SchemaDocument | undefined> {
    const { status, body } = await send('GET', `/openapi/v3${root(groupVersion)}`);
    return status === 200 ? trimDocument(JSON.parse(body)) : undefined;
  }

  const documentOf = (groupVersion: string): Promise<SchemaDocument | undefined> => {
    const known = documents.get(groupVersion) ?? readDocument(groupVersion);
    documents.set(groupVersion, known);
    return known;
  };

  return {
    documentOf,
    get: (path) => send('GET', path),
    async ask(object) {
      const { apiVersion, kind } = object;
      const known = resources.get(apiVersion) ?? readResources(apiVersion);
      resources.set(apiVersion, known);
      const resource = (await known).get(kind);
      if (resource === undefined) {
        // Discovery lags behind a definition that was just installed.
        resources.delete(apiVersion);
        return { kind: 'no-kind' };
      }
      const path = resource.namespaced ? `/namespaces/default/${resource.plural}` : `/${resource.plural}`;
      const query = 'dryRun=All&fieldValidation=Strict';
      const sent = await send('POST', `${root(apiVersion)}${path}?${query}`, JSON.stringify(object)).catch(
        () => undefined,
      );
      return sent === undefined ? { kind: 'hung-up' } : readAnswer(sent.status, sent.body);
    },
    async ours(object, given) {
      const document = given ?? (await documentOf(object.apiVersion));
      if (document === undefined || !Object.hasOwn(document.kinds, object.kind)) return undefined;
      for (const parsed of documentsOf(Buffer.from(JSON.stringify(object)), EVERYTHING)) {
        if (parsed.kind !== 'object') throw new Error(`our reader does not take ${JSON.stringify(object)}`);
        const options = { document, kind: object.kind, release, patternMatch, hidesValues: false, most: 100_000 };
        const walk = walkObject(parsed.root, options);
        const certain = walk.faults.filter(({ isDoubtful }) => !isDoubtful);
        return {
          unknown: new Set(certain.filter(({ rule }) => rule === 'field-unknown').map(({ path }) => path)),
          faults: certain.filter(({ rule }) => rule !== 'field-unknown'),
        };
      }
      return undefined;
    },
    stop: () => agent.destroy(),
  };
}

function readAnswer(status: number, body: string): ServerAnswer {
  if (status === 200 || status === 201) return { kind: 'taken' };
  const message = messageOf(body);
  if (status === 400) {
    const paths = [...message.matchAll(/unknown field "((?:[^"\\]|\\.)*)"/g)].map(([, path = '']) => path);
    return paths.length > 0
      ? { kind: 'unknown-fields', paths: new Set(paths), cut: paths.length >= 100 }
      : { kind: 'not-decoded', message };
  }
  if (status === 422) return { kind: 'invalid', message };
  return { kind: 'other', message: `${status} ${message}` };
}

function messageOf(body: string): string {
  try {
    return String(JSON.parse(body).message);
  } catch {
    return body;
  }
}
