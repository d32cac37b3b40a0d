import { relative, sep } from 'node:path';
import type { Definition } from '../model/definition.ts';
import { formatGroupVersion } from '../model/group-version.ts';
import type { Place, Problem } from '../model/place.ts';
import type { Api, Requirement } from '../model/requirement.ts';
import type { Warning } from '../model/verdict.ts';
import type { PipedFile } from '../model/world.ts';
import { documentsOf, type FileDocument } from '../yaml/documents.ts';
import { decodeFile } from '../yaml/file-text.ts';
import { lineCounter } from '../yaml/line-counter.ts';
import { EVERYTHING } from '../yaml/node.ts';
import { fileMatcher, findFiles, type ManifestFile } from './find-files.ts';
import { chartFolderOf, findTemplateAction, templateOf } from './helm.ts';
import { DIRECTIVE, isKustomization, type KustomizeRole, kustomizeRoles } from './kustomize.ts';
import { limitedRemarks } from './limited-remarks.ts';
import { unnamedConfiguration } from './never-stored.ts';
import { KUSTOMIZE_PATCH, type Need, OBJECT, readObject } from './objects.ts';
import { ownBytes, ownDocument } from './own-files.ts';
import { contentReader } from './read-content.ts';

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
  readonly signal?: AbortSignal | undefined;
  /** How many objects are read at most, of all files together. */
  readonly mostObjects?: number | undefined;
  /** Told how many files each pattern matches, before they are read. */
  readonly onMatched?: ((pattern: string, files: number) => void) | undefined;
}

/** A file, and what is still known of it: the rest is read again. */
export interface ManifestSource extends ManifestFile {
  /** Of a file that came through a pipe and cannot be read again, and of others as long as there is room. */
  readonly content?: Buffer | undefined;
}

/** What manifests need and define. */
export interface ManifestReading {
  readonly requirements: readonly Requirement[];
  /** In the order of the files and of what is in them. */
  readonly definitions: readonly Definition[];
  readonly problems: readonly Problem[];
  readonly warnings: readonly Warning[];
  /** What is no object, by what it is. */
  readonly notJudged: Record<string, number>;
  readonly files: number;
  /** What was read, for `visitObjects`. */
  readonly sources: readonly ManifestSource[];
  /** Objects in these files; the items of a list count, the list does not. */
  readonly objects: number;
}

/** So many bytes of manifests are kept for the visit: to read thousands of small files again takes longer than to parse them. */
const MOST_KEPT_BYTES = 16 * 1024 * 1024;

/** Of more patterns than these, those that match one file are not told. */
const MANY_PATTERNS = 50;
/** After so many files, or bytes of them, others get a turn, and an abort is noticed. */
const FILES_A_TURN = 500;
const BYTES_A_TURN = 4 * 1024 * 1024;
/** Nobody applies that many at once, and each takes memory for every cluster. */
const MOST_OBJECTS = 500_000;

/**
 * Reads manifests as kubectl would: what kubectl takes is taken, what it refuses is a problem at its line, and everything else is still read.
 *
 * @throws the signal's reason, when it aborts
 */
export async function readManifests(options: ManifestOptions): Promise<ManifestReading> {
  const found = await findFiles(options.patterns, options);
  for (const { pattern, files } of found.counts) {
    // A shell that expands a pattern itself gives every file as a pattern of its own.
    if (files !== 1 || found.counts.length <= MANY_PATTERNS) options.onMatched?.(pattern, files);
  }
  const unparsable = fileMatcher(options.allowUnparsable, 'allow-unparsable', options);
  const readContent = contentReader();
  const { mostObjects = MOST_OBJECTS } = options;
  const requirements: Requirement[] = [];
  const definitions: Definition[] = [];
  const problems: Problem[] = [...found.problems, ...unparsable.problems];
  const warnings: Warning[] = [];
  const notJudged: Record<string, number> = {};
  const sources: ManifestSource[] = [];
  let roomBytes = options.willVisit === true ? MOST_KEPT_BYTES : 0;
  const roleOf = rolesAmong(found.files, readContent);
  let files = 0;
  let bytes = 0;
  const piped = (options.piped ?? []).map(({ name, content }) => ({ file: { path: name, file: name }, content }));
  for (const { file, content: given } of [
    ...found.files.map((each) => ({ file: each, content: undefined })),
    ...piped,
  ]) {
    if (requirements.length > mostObjects) {
      problems.push(tooManyObjects(file, mostObjects));
      break;
    }
    if (files === FILES_A_TURN || bytes >= BYTES_A_TURN) {
      await new Promise((resolve) => setImmediate(resolve));
      [files, bytes] = [0, 0];
    }
    options.signal?.throwIfAborted();
    const content = given ?? readContent(file.path);
    files += 1;
    bytes += content instanceof Error ? 0 : content.byteLength;
    const excused = unparsable.isMeant(file);
    const role = roleOf(file.path);
    if (role === 'patch') {
      notJudged[KUSTOMIZE_PATCH] = (notJudged[KUSTOMIZE_PATCH] ?? 0) + 1;
      continue;
    }
    const isKept = given === undefined && !(content instanceof Error) && content.length < roomBytes;
    if (isKept) roomBytes -= content.length;
    if (role !== 'data' && role !== 'plugin') sources.push({ ...file, content: isKept ? Buffer.from(content) : given });
    const said = limitedRemarks(file);
    readFile(file, content, {
      role,
      require: (requirement) => requirements.push(requirement),
      define: (definition) => definitions.push(definition),
      refuse: (problem) => {
        if (excused) said.warn({ message: problem.message, place: problem.place });
        else said.refuse(problem);
      },
      warn: said.warn,
      leaveOut: (name) => {
        notJudged[name] = (notJudged[name] ?? 0) + 1;
      },
      isFull: () => requirements.length > mostObjects || said.isFull(),
      workingDirectory: options.workingDirectory,
    });
    problems.push(...said.problems());
    warnings.push(...said.warnings());
  }
  const leftToKustomize = [KUSTOMIZE_PATCH, KUSTOMIZE_DATA].reduce((sum, name) => sum + (notJudged[name] ?? 0), 0);
  if (leftToKustomize > 0) warnings.push({ message: leftOutForKustomize(leftToKustomize) });
  return {
    requirements,
    definitions,
    problems,
    warnings,
    notJudged,
    files: found.files.length + piped.length,
    sources,
    objects: requirements.length,
  };
}

function tooManyObjects({ file }: ManifestFile, most: number): Problem {
  return {
    place: { kind: 'file', file, line: 1 },
    message: `The manifests hold more than ${most} objects; from this file on they are not read.`,
    hint: 'Narrow the patterns of manifests, or judge the change in several jobs.',
  };
}

/** How a document is counted that kustomize puts into an object or reads itself. */
const KUSTOMIZE_DATA = 'kustomize data';

function leftOutForKustomize(count: number): string {
  return `${count} ${count === 1 ? 'document is a patch or data' : 'documents are patches or data'} of kustomize and not judged. To judge what kustomize makes of them, give the output of \`kustomize build\` to manifests.`;
}

/** Asks the kustomizations among the files what the others are to them. One that cannot be read says nothing here; it is a problem of its own. */
function rolesAmong(
  files: readonly ManifestFile[],
  readContent: (path: string) => Buffer | Error,
): (path: string) => KustomizeRole | undefined {
  const roles = kustomizeRoles();
  for (const { path } of files) {
    if (!isKustomization(path)) continue;
    const content = readContent(path);
    if (content instanceof Error) continue;
    for (const document of documentsOf(decodeFile(content).bytes, EVERYTHING)) {
      if (document.kind === 'object') roles.add(path, document.root);
    }
  }
  return roles.of;
}

interface Results {
  readonly role: KustomizeRole | undefined;
  readonly require: (requirement: Requirement) => void;
  readonly define: (definition: Definition) => void;
  readonly refuse: (problem: Problem) => void;
  readonly warn: (warning: Warning) => void;
  readonly leaveOut: (name: string) => void;
  /** Whether there are more objects, or faults, than are read. */
  readonly isFull: () => boolean;
  readonly workingDirectory: string;
}

function readFile(file: ManifestFile, content: Buffer | Error, results: Results): void {
  const placeAt = (line: number, column?: number, template?: string): Place => ({
    kind: 'file',
    file: file.file,
    line,
    column,
    template,
  });
  if (content instanceof Error) {
    results.refuse({ place: placeAt(1), message: `The file cannot be read: ${content.message}.` });
    return;
  }
  const { bytes, repairedAt, promised } = decodeFile(content);
  const ownFile = ownBytes(bytes);
  if (ownFile !== undefined) {
    results.leaveOut(ownFile);
    return;
  }
  const position = lineCounter(bytes);
  const place = (at: number, template?: string): Place => {
    const { line, column } = position(at);
    return placeAt(line, column, template);
  };
  if (repairedAt !== undefined && promised) {
    results.refuse({
      place: place(repairedAt),
      message: 'kubectl cannot read this: not valid UTF-8, although its byte order mark says so.',
    });
  } else if (repairedAt !== undefined) {
    results.warn({ message: 'Not valid UTF-8. kubectl replaces these bytes with U+FFFD.', place: place(repairedAt) });
  }

  let isTemplate: boolean | undefined;
  const mayPatch = bytes.includes(DIRECTIVE);
  for (const document of documentsOf(bytes, OBJECT)) {
    if (results.isFull()) return;
    if (document.kind === 'unreadable' && document.isTooMuch === true) {
      results.refuse({ place: place(document.at), message: `This file is not read to its end: ${document.message}.` });
      continue;
    }
    if (document.kind === 'unreadable') {
      if (results.role === 'data') {
        results.leaveOut(KUSTOMIZE_DATA);
        continue;
      }
      isTemplate ??= refuseTemplate(file, bytes, place, results);
      if (!isTemplate) {
        const hint = hintForUnreadable(bytes);
        results.refuse({
          place: place(document.at),
          message: `kubectl cannot read this: ${document.quoting}.`,
          hint,
        });
      }
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
    const own = ownDocument(root);
    if (own !== undefined) {
      results.leaveOut(own);
      continue;
    }
    const template = templateAbove(bytes, document);
    const placeAt = (at: number): Place => place(at + offset, template);
    // Where a directive may stand that makes it a patch, all of it is looked through.
    readObject(mayPatch ? document.tree() : root, {
      need: (need) => results.require(requirementOf(need, placeAt(need.at))),
      placeAt,
      define: results.define,
      refuse: (at, message, hint) => results.refuse({ place: placeAt(at), message, hint }),
      warn: (at, message) => results.warn({ message, place: placeAt(at) }),
      unrendered: (at, field, text) =>
        results.refuse({
          place: placeAt(at),
          message: `This is a template that was not rendered: its ${field} is ${text}.`,
          hint: text.includes('{{') ? renderTemplate(file, results) : renderWithVariables(file, results),
        }),
      leaveOut: results.leaveOut,
      unnamed: () =>
        results.role === 'data'
          ? KUSTOMIZE_DATA
          : unnamedConfiguration(file.file, () => chartFolderOf(file.path) !== undefined),
      isPlugin: results.role === 'plugin',
    });
    for (const at of repeatedKeys) {
      results.warn({
        message: 'Duplicate key; kubectl uses the last value.',
        place: place(at + offset),
      });
    }
  }
}

function requirementOf({ groupVersion, kinds, object, configuration }: Need, place: Place): Requirement {
  const [first, ...others] = kinds.map((name): Api => ({ kind: 'kind', groupVersion, name, verbs: [] }));
  const anyOf: Requirement['anyOf'] =
    first === undefined ? [{ kind: 'group-version', groupVersion }] : [first, ...others];
  const text = [formatGroupVersion(groupVersion), ...kinds.slice(0, 1)].join('/');
  return { text, anyOf, negated: false, place, object, configuration };
}

/** What is easily fixed, of all that a reader of YAML may meet. */
function hintForUnreadable(bytes: Buffer): string | undefined {
  const [directive] = /^%[A-Z]+[ \t].*$/m.exec(bytes.toString('latin1')) ?? [];
  return (
    directive &&
    `Take out the line ${directive.trim()}: kubectl reads YAML 1.1, and no document that begins with a directive.`
  );
}

/** The comment with the template stands before the object, if at all: most documents begin with the object itself. */
export function templateAbove(
  bytes: Buffer,
  { start, root, offset }: FileDocument & { kind: 'object' },
): string | undefined {
  const objectAt = root.at + offset;
  return objectAt === start ? undefined : templateOf(bytes.toString('utf8', start, objectAt));
}

/** Says once for a whole file that it is a template, which only the tool that it is written for can turn into manifests. */
function refuseTemplate(file: ManifestFile, bytes: Buffer, place: (at: number) => Place, results: Results): boolean {
  const text = bytes.toString('utf8');
  const action = findTemplateAction(text);
  if (action < 0) return false;
  const what = chartFolderOf(file.path) === undefined ? 'Go' : 'Helm';
  results.refuse({
    place: place(Buffer.byteLength(text.slice(0, action))),
    message: `This is a ${what} template that was not rendered, so it cannot be judged.`,
    hint: renderTemplate(file, results),
  });
  return true;
}

/** What lies in a chart is Helm's; anything else in double braces may be written for any of many tools. */
function renderTemplate(file: ManifestFile, { workingDirectory }: Results): string {
  const folder = chartFolderOf(file.path);
  if (folder === undefined) {
    const path = relative(workingDirectory, file.path).replaceAll(sep, '/');
    return `Render it with the tool that it is written for, and give the result to manifests; exclude the template with \`!${path}\`.`;
  }
  const chart = relative(workingDirectory, folder).replaceAll(sep, '/') || '.';
  return `Render it, for example with \`helm template ${chart} > rendered.yaml\`, and give the result to manifests; exclude the templates with \`!${chart}/templates/**\`.`;
}

function renderWithVariables(file: ManifestFile, { workingDirectory }: Results): string {
  const path = relative(workingDirectory, file.path).replaceAll(sep, '/');
  return `Render it, for example with \`envsubst < ${path} > rendered.yaml\`, and give the result to manifests; exclude the template with \`!${path}\`.`;
}
