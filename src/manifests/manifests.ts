import { formatGroupVersion } from '../model/group-version.ts';
import type { Place, Problem } from '../model/place.ts';
import type { Api, ProvidedApi, Requirement } from '../model/requirement.ts';
import type { Warning } from '../model/verdict.ts';
import type { PipedFile } from '../model/world.ts';
import { documentsOf, type FileDocument } from '../yaml/documents.ts';
import { decodeFile } from '../yaml/file-text.ts';
import { lineCounter } from '../yaml/line-counter.ts';
import { fileMatcher, findFiles, type ManifestFile } from './find-files.ts';
import { chartFolderOf, findTemplateAction, templateOf } from './helm.ts';
import { unnamedConfiguration } from './never-stored.ts';
import { type Need, OBJECT, readObject } from './objects.ts';
import { contentReader } from './read-content.ts';

const { relative, sep } = process.getBuiltinModule('node:path');

export interface ManifestOptions {
  /** Globs, paths and folders, relative to the working directory; one that begins with `!` excludes. */
  readonly patterns: readonly string[];
  /** Read besides the files that the patterns match. */
  readonly piped?: readonly PipedFile[] | undefined;
  /** Files in which what cannot be read is worth a warning only. */
  readonly allowUnparsable: readonly string[];
  readonly workingDirectory: string;
  readonly repositoryRoot: string;
  /** Whether the objects will be visited, with all that they say. */
  readonly willVisit?: boolean | undefined;
  readonly signal?: AbortSignal;
}

/** A file, and what is still known of it: the rest is read again. */
export interface ManifestSource extends ManifestFile {
  /** Of a file that came through a pipe and cannot be read again, and of others as long as there is room. */
  readonly content?: Buffer | undefined;
}

/** What manifests need and bring. */
export interface ManifestReading {
  readonly requirements: readonly Requirement[];
  readonly provided: readonly ProvidedApi[];
  readonly problems: readonly Problem[];
  readonly warnings: readonly Warning[];
  /** Objects that no API server stores, by `apiVersion Kind`. */
  readonly notJudged: Record<string, number>;
  readonly files: number;
  /** What was read, for `visitObjects`. */
  readonly sources: readonly ManifestSource[];
  /** Objects in these files that are judged; the items of a list count, the list does not. */
  readonly objects: number;
}

/** So many bytes of manifests are kept for the visit: to read thousands of small files again takes longer than to parse them. */
const MOST_KEPT_BYTES = 16 * 1024 * 1024;

/** After so many files others get a turn, and an abort is noticed. */
const FILES_A_TURN = 500;

/**
 * Reads manifests as kubectl would: what kubectl takes is taken, what it refuses is a problem at its line, and everything else is still read.
 *
 * @throws the signal's reason, when it aborts
 */
export async function readManifests(options: ManifestOptions): Promise<ManifestReading> {
  const found = findFiles(options.patterns, options);
  const mayBeUnreadable = fileMatcher(options.allowUnparsable, options);
  const readContent = contentReader();
  const requirements: Requirement[] = [];
  const provided: ProvidedApi[] = [];
  const problems: Problem[] = [...found.problems];
  const warnings: Warning[] = [];
  const notJudged: Record<string, number> = {};
  const sources: ManifestSource[] = [];
  let roomBytes = options.willVisit === true ? MOST_KEPT_BYTES : 0;
  let read = 0;
  const piped = (options.piped ?? []).map(({ name, content }) => ({ file: { path: name, file: name }, content }));
  for (const { file, content } of [...found.files.map((each) => ({ file: each, content: undefined })), ...piped]) {
    read += 1;
    if (read % FILES_A_TURN === 0) await new Promise((resolve) => setImmediate(resolve));
    options.signal?.throwIfAborted();
    const excused = mayBeUnreadable(file);
    const bytes = content ?? readContent(file.path);
    const size = bytes instanceof Error ? 0 : bytes.length;
    const isKept = content === undefined && size < roomBytes && !(bytes instanceof Error);
    if (isKept) roomBytes -= size;
    sources.push({ ...file, content: isKept ? Buffer.from(bytes) : content });
    readFile(file, bytes, {
      require: (requirement) => requirements.push(requirement),
      provide: (api) => provided.push(api),
      refuse: (problem) => {
        if (excused) warnings.push({ message: problem.message, place: problem.place });
        else problems.push(problem);
      },
      warn: (warning) => warnings.push(warning),
      leaveOut: (name) => {
        notJudged[name] = (notJudged[name] ?? 0) + 1;
      },
      workingDirectory: options.workingDirectory,
    });
  }
  return {
    requirements,
    provided,
    problems,
    warnings,
    notJudged,
    files: found.files.length + piped.length,
    sources,
    objects: requirements.length,
  };
}

interface Results {
  readonly require: (requirement: Requirement) => void;
  readonly provide: (provided: ProvidedApi) => void;
  readonly refuse: (problem: Problem) => void;
  readonly warn: (warning: Warning) => void;
  readonly leaveOut: (name: string) => void;
  readonly workingDirectory: string;
}

function readFile(file: ManifestFile, content: Buffer | Error, results: Results): void {
  const placeAt = (line: number, column?: number, template?: string): Place => ({
    kind: 'file',
    file: file.file,
    line,
    ...(column !== undefined && { column }),
    ...(template !== undefined && { template }),
  });
  if (content instanceof Error) {
    results.refuse({ place: placeAt(1), message: `The file cannot be read: ${content.message}.` });
    return;
  }
  const { bytes, mendedAt, promised } = decodeFile(content);
  const position = lineCounter(bytes);
  const place = (at: number, template?: string): Place => {
    const { line, column } = position(at);
    return placeAt(line, column, template);
  };
  if (mendedAt !== undefined && promised) {
    results.refuse({
      place: place(mendedAt),
      message: 'kubectl cannot read this: not valid UTF-8, although its byte order mark says so.',
    });
  } else if (mendedAt !== undefined) {
    results.warn({ message: 'Not valid UTF-8. kubectl replaces these bytes with U+FFFD.', place: place(mendedAt) });
  }

  let isTemplate: boolean | undefined;
  for (const document of documentsOf(bytes, OBJECT)) {
    if (document.kind === 'unreadable') {
      isTemplate ??= refuseTemplate(file, bytes, place, results);
      if (!isTemplate)
        results.refuse({ place: place(document.at), message: `kubectl cannot read this: ${document.quoting}.` });
      continue;
    }
    if (document.kind === 'dropped') {
      results.refuse({
        place: place(document.at),
        message:
          'kubectl silently ignores everything from here to the next document, because the document before it has ended.',
        hint: "Begin each document with a line '---'. kubectl looks for one at line feeds only, not after a carriage return alone.",
      });
      continue;
    }
    const { root, offset, repeatedKeys } = document;
    const template = templateAbove(bytes, document);
    readObject(root, {
      need: (need) => results.require(requirementOf(need, place(need.at + offset, template))),
      provide: ({ at, ...api }) => results.provide({ ...api, place: place(at + offset, template) }),
      refuse: (at, message, hint) =>
        results.refuse({ place: place(at + offset, template), message, ...(hint !== undefined && { hint }) }),
      warn: (at, message) => results.warn({ message, place: place(at + offset, template) }),
      unrendered: (at, field, text) =>
        results.refuse({
          place: place(at + offset, template),
          message: `This is a template that was not rendered: its ${field} is ${text}.`,
          hint: text.includes('{{') ? renderWithHelm(file, results) : renderWithVariables(file, results),
        }),
      leaveOut: results.leaveOut,
      unnamed: () => unnamedConfiguration(file.file, () => chartFolderOf(file.path) !== undefined),
    });
    for (const at of repeatedKeys) {
      results.warn({
        message: 'Duplicate key; kubectl uses the last value.',
        place: place(at + offset),
      });
    }
  }
}

function requirementOf({ groupVersion, kinds, object }: Need, place: Place): Requirement {
  const [first, ...others] = kinds.map((name): Api => ({ kind: 'kind', groupVersion, name, verbs: [] }));
  const text = `${formatGroupVersion(groupVersion)}/${kinds[0]}`;
  if (first === undefined) throw new TypeError('a need without a kind');
  return { text, anyOf: [first, ...others], negated: false, place, object };
}

/** The comment with the template stands before the object, if at all: most documents begin with the object itself. */
export function templateAbove(
  bytes: Buffer,
  { start, root, offset }: FileDocument & { kind: 'object' },
): string | undefined {
  const objectAt = root.at + offset;
  return objectAt === start ? undefined : templateOf(bytes.toString('utf8', start, objectAt));
}

/** Says once for a whole file that it is a template of Helm's, which only Helm can turn into manifests. */
function refuseTemplate(file: ManifestFile, bytes: Buffer, place: (at: number) => Place, results: Results): boolean {
  const text = bytes.toString('utf8');
  const action = findTemplateAction(text);
  if (action < 0) return false;
  results.refuse({
    place: place(Buffer.byteLength(text.slice(0, action))),
    message: 'This is a Helm template that was not rendered, so it cannot be judged.',
    hint: renderWithHelm(file, results),
  });
  return true;
}

function renderWithHelm(file: ManifestFile, { workingDirectory }: Results): string {
  const folder = chartFolderOf(file.path);
  const chart = folder === undefined ? '<chart>' : relative(workingDirectory, folder).replaceAll(sep, '/') || '.';
  return `Render it, for example with \`helm template ${chart} > rendered.yaml\`, and give the result to manifests; exclude the templates with \`!${chart}/templates/**\`.`;
}

function renderWithVariables(file: ManifestFile, { workingDirectory }: Results): string {
  const path = relative(workingDirectory, file.path).replaceAll(sep, '/');
  return `Render it, for example with \`envsubst < ${path} > rendered.yaml\`, and give the result to manifests; exclude the template with \`!${path}\`.`;
}
