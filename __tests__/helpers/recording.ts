/** Discovery documents recorded from a real API server: what the replay server serves, and what `npm run record` writes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Generation } from '../../engines/paths.ts';

/** The shapes in which a path is answered; `plain` is the one that every server has. */
export type Format = 'plain' | 'v2beta1' | 'v2';

/** An answer, with those of its headers that a client can act on. */
export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The bytes as the server sent them, as UTF-8. */
  readonly body: string;
};

/**
 * Answers other than documents.
 *
 * `forbidden` names the path `/api`, which stands for whatever path was asked. `notAcceptable` comes from a handler that looked into the parameters of a media type,
 * `noSuchMediaType` from the router in front of most handlers, which looks at the type only.
 */
export type Refusals = Readonly<
  Record<
    | 'unauthorized'
    | 'forbidden'
    | 'methodNotAllowed'
    | 'notAcceptable'
    | 'noSuchMediaType'
    | 'versionNotAcceptable'
    | 'groupVersionNotFound'
    | 'pathNotFound',
    Answer
  >
>;

export type Recording = {
  /** For example `v1.37.2`. */
  readonly kubernetes: string;
  readonly documents: readonly { readonly path: string; readonly format: Format; readonly answer: Answer }[];
  readonly refusals: Refusals;
  /** Groups that the API server hands on, to custom resources or to another server: an unknown version of theirs is another kind of 404. */
  readonly delegatedGroups: readonly string[];
};

/** What `answers.json` holds: the recording, with the bodies of documents in files beside it. */
export type Index = Omit<Recording, 'documents'> & {
  readonly documents: readonly {
    readonly path: string;
    readonly format: Format;
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly file: string;
  }[];
};

/** Media type by which a client asks for a format. */
export const mediaTypes: Readonly<Record<Format, string>> = {
  plain: 'application/json',
  v2beta1: 'application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList',
  v2: 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
};

/** Folder of a generation's recording. */
export function recordingFolder(generation: Generation): string {
  return join(import.meta.dirname, '..', 'fixtures', 'discovery', generation);
}

/** Reads the documents that were recorded from a generation. */
export function readRecording(generation: Generation): Recording {
  const folder = recordingFolder(generation);
  const { documents, ...rest } = JSON.parse(readFileSync(join(folder, 'answers.json'), 'utf8')) as Index;
  return {
    ...rest,
    documents: documents.map(({ path, format, status, headers, file }) => ({
      path,
      format,
      answer: { status, headers, body: readFileSync(join(folder, file), 'utf8') },
    })),
  };
}

/** The same recording with one document's body replaced, or added: for what no real server at hand would say. */
export function withDocument(recording: Recording, path: string, format: Format, body: unknown): Recording {
  const answer: Answer = {
    status: 200,
    headers: { 'content-type': mediaTypes[format], 'cache-control': 'no-cache, private' },
    body: `${JSON.stringify(body)}\n`,
  };
  const others = recording.documents.filter((document) => document.path !== path || document.format !== format);
  return { ...recording, documents: [...others, { path, format, answer }] };
}
