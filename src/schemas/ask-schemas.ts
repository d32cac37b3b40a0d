import type { ApiConnection } from '../cluster/cluster.ts';
import { type Refusal, type Reply, readReply } from '../discovery/reply.ts';
import { GateError } from '../model/errors.ts';
import { InvalidDocument } from '../model/json-document.ts';
import { documentText, trimDocument } from './openapi-document.ts';
import { type OpenApiIndex, readIndex } from './openapi-index.ts';
import { InvalidSchema, type SchemaDocument } from './schema.ts';

export type { OpenApiIndex } from './openapi-index.ts';
export type { SchemaDocument } from './schema.ts';

const { createHash } = process.getBuiltinModule('node:crypto');

/** Path of the index. Servers before 1.24 have none. */
export const INDEX_PATH = '/openapi/v3';

/** The server answers protobuf ten times as slowly, and never zips. */
const JSON_ONLY = 'application/json';

/** Documents asked for at the same time: each is up to 2 MB of JSON for the server to write. */
const CONCURRENCY = 4;

/** The schemas of one group-version, and what the index calls them by. */
export interface KnownSchema {
  /** SHA-512 of the document that it was trimmed from. */
  readonly hash: string;
  /** As `documentText` writes it. */
  readonly text: string;
}

/** What the server told of a group-version, or why it did not. */
export type SchemaAnswer =
  | { readonly kind: 'known'; readonly schema: KnownSchema; readonly document?: SchemaDocument | undefined }
  | { readonly kind: 'unknown'; readonly refusal: Refusal };

/**
 * Asks for the index. Whatever the connection or the server does, the answer says so: no verdict on what is served hangs on this.
 *
 * @see kube-openapi pkg/handler3/handler.go HandleDiscovery
 */
export async function askIndex(connection: ApiConnection): Promise<Reply<OpenApiIndex>> {
  return ask(connection, INDEX_PATH, readIndex);
}

/** What is asked, besides the group-versions. */
export interface AskSchemasOptions {
  readonly index: Reply<OpenApiIndex>;
  /** What was known before, by group-version: taken where the index names the same document. */
  readonly known: ReadonlyMap<string, KnownSchema>;
}

export interface AskedSchemas {
  readonly answers: ReadonlyMap<string, SchemaAnswer>;
  /** The one that the answers go by. */
  readonly index: Reply<OpenApiIndex>;
}

/**
 * Asks for the documents of group-versions, and verifies each by its hash. A redirect says that the document has changed since the index was read: the index is
 * then read again, once.
 */
export async function askSchemas(
  connection: ApiConnection,
  groupVersions: readonly string[],
  options: AskSchemasOptions,
): Promise<AskedSchemas> {
  const answers = new Map<string, SchemaAnswer>();
  let { index } = options;
  let waiting = await askRound(connection, groupVersions, { ...options, index }, answers);
  if (waiting.moved.length > 0) {
    index = await askIndex(connection);
    waiting = await askRound(connection, waiting.moved, { ...options, index }, answers);
    for (const groupVersion of waiting.moved) {
      const message = `GET ${INDEX_PATH} names a document of ${groupVersion} that the server no longer has`;
      answers.set(groupVersion, { kind: 'unknown', refusal: { reason: 'unavailable', message } });
    }
  }
  return { answers, index };
}

async function askRound(
  connection: ApiConnection,
  groupVersions: readonly string[],
  { index, known }: AskSchemasOptions,
  answers: Map<string, SchemaAnswer>,
): Promise<{ readonly moved: readonly string[] }> {
  const moved: string[] = [];
  const tooLarge: string[] = [];
  const askOne = async (groupVersion: string, alone: boolean): Promise<void> => {
    if (index.kind === 'refused') {
      answers.set(groupVersion, { kind: 'unknown', refusal: index.refusal });
      return;
    }
    const entry = index.value.get(groupVersion);
    if (entry === undefined) {
      const message = `GET ${INDEX_PATH} does not list ${groupVersion}`;
      answers.set(groupVersion, { kind: 'unknown', refusal: { reason: 'not-found', message } });
      return;
    }
    const earlier = known.get(groupVersion);
    if (earlier !== undefined && entry.hash !== '' && earlier.hash === entry.hash) {
      answers.set(groupVersion, { kind: 'known', schema: earlier });
      return;
    }
    const answer = await ask(connection, entry.path, (value, body) => verified(value, body, entry.hash));
    if (answer.kind === 'accepted') {
      answers.set(groupVersion, { kind: 'known', ...answer.value });
    } else if (answer.code === 'redirected') {
      moved.push(groupVersion);
    } else if (answer.code === 'body-too-large' && !alone) {
      tooLarge.push(groupVersion);
    } else {
      answers.set(groupVersion, { kind: 'unknown', refusal: answer.refusal });
    }
  };
  const waiting = groupVersions.values();
  const worker = async (): Promise<void> => {
    for (const groupVersion of waiting) await askOne(groupVersion, false);
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, groupVersions.length) }, worker));
  // Several at once may be too much together, and each for itself not.
  for (const groupVersion of tooLarge) await askOne(groupVersion, true);
  return { moved };
}

interface TrimmedAnswer {
  readonly schema: KnownSchema;
  readonly document: SchemaDocument;
}

/** @throws InvalidDocument when the body is not the one that the hash was made of. */
function verified(value: unknown, body: string, hash: string): TrimmedAnswer {
  const found = createHash('sha512').update(body).digest('hex').toUpperCase();
  if (hash !== '' && found !== hash.toUpperCase()) {
    throw new InvalidDocument(`a document of ${body.length} characters whose SHA-512 is not the one in its address`);
  }
  const document = trimDocument(value);
  return { schema: { hash: hash || found, text: documentText(document) }, document };
}

type Asked<Value> = Reply<Value> & { readonly code?: string | undefined };

async function ask<Value>(
  connection: ApiConnection,
  path: string,
  read: (value: unknown, body: string) => Value,
): Promise<Asked<Value>> {
  const [shown = path] = path.split('?');
  try {
    const response = await connection.get({ path, accept: JSON_ONLY });
    return readReply(shown, response, ({ fields }) => {
      try {
        return read(fields, response.body);
      } catch (thrown) {
        if (thrown instanceof InvalidSchema) throw new InvalidDocument(`JSON in which ${thrown.message}`);
        throw thrown;
      }
    });
  } catch (thrown) {
    if (!(thrown instanceof GateError) || thrown.outcome === 'internal-error') throw thrown;
    const refusal: Refusal = {
      reason: 'unavailable',
      message: thrown.message.replace(/\.$/, ''),
      hint: thrown.hint,
    };
    return { kind: 'refused', refusal, code: thrown.code };
  }
}
