import { isByteOrderMark } from './bytes.ts';
import { beginsLikeJson, GO_SPACES, readJson } from './json.ts';
import { type DocumentNode, EVERYTHING, type Wanted } from './node.ts';
import { readPlainYaml } from './plain.ts';
import { readYaml } from './reader.ts';
import { TooManyParts, Unreadable } from './unreadable.ts';

/** One document of a file: what it holds, or why it cannot be read. Places are bytes of the whole file. */
export type FileDocument =
  | {
      readonly kind: 'object';
      readonly root: DocumentNode;
      readonly start: number;
      readonly offset: number;
      readonly repeatedKeys: readonly number[];
      /** Reads all of it, from the same bytes as before; places are as in `root`. */
      readonly tree: () => DocumentNode;
    }
  | {
      readonly kind: 'unreadable';
      readonly at: number;
      /** Without any of the text, which may be a secret. */
      readonly message: string;
      /** The same with the piece of text that is wrong. */
      readonly quoting: string;
      /** Set where kubectl would read it, and it is too much for us. */
      readonly isTooMuch?: boolean | undefined;
    }
  /** Text that kubectl silently ignores, because the document before it has ended. */
  | { readonly kind: 'dropped'; readonly at: number };

const LF = 0x0a;
const DASH = 0x2d;
/** kubectl looks no further for a brace. */
const PEEKED = 4096;

/**
 * The documents of a file, in order. A broken one costs itself only, where kubectl would stop.
 *
 * JSON values follow one another without a mark; anything else is cut at lines that begin with `---`, whatever they may mean to YAML.
 * @see apimachinery pkg/util/yaml/decoder.go YAMLOrJSONDecoder, YAMLReader
 */
export function* documentsOf(bytes: Buffer, wanted: Wanted): Generator<FileDocument> {
  try {
    yield* everyDocument(bytes, wanted);
  } catch (thrown) {
    if (!(thrown instanceof TooManyParts)) throw thrown;
    yield { kind: 'unreadable', at: 0, message: thrown.message, quoting: thrown.message, isTooMuch: true };
  }
}

function* everyDocument(bytes: Buffer, wanted: Wanted): Generator<FileDocument> {
  let from = 0;
  if (beginsLikeJson(bytes.subarray(0, PEEKED))) {
    let count = 0;
    for (;;) {
      const outcome = attempt(() => readJson(bytes, from, wanted));
      if (outcome instanceof Unreadable) {
        // After at most one value of JSON the rest may still be YAML; after more it cannot.
        const next = count > 1 ? -1 : afterLineBreak(bytes, from);
        if (next < 0) {
          yield unreadable(outcome);
          return;
        }
        from = next;
        break;
      }
      if (outcome === undefined) return;
      count += 1;
      from = outcome.end;
      if (outcome.root.kind !== 'null') {
        yield {
          kind: 'object',
          root: outcome.root,
          start: outcome.root.at,
          offset: 0,
          repeatedKeys: outcome.repeatedKeys,
          tree: jsonTree(bytes, outcome.root),
        };
      }
    }
  }
  yield* yamlDocuments(bytes, from, wanted);
}

function* yamlDocuments(bytes: Buffer, from: number, wanted: Wanted): Generator<FileDocument> {
  let start = from;
  let line = from;
  for (;;) {
    const mark = nextMark(bytes, line);
    const end = mark < 0 ? bytes.length : mark;
    if (end > start) yield* yamlDocument(bytes, start, end, wanted);
    if (mark < 0) return;
    const lineEnd = bytes.indexOf(LF, mark);
    line = lineEnd < 0 ? bytes.length : lineEnd + 1;
    const trailing = bytes.toString('utf8', mark + 3, line).trim();
    if (trailing !== '' && !trailing.startsWith('#')) {
      const message = "only a comment may follow '---' on its line for kubectl";
      yield unreadable(new Unreadable(mark, message, `${message}, not ${JSON.stringify(trailing)}`));
    }
    // A mark with nothing before it belongs to the document, where YAML gives it the same meaning.
    start = end > start ? line : mark;
    if (line >= bytes.length) return;
  }
}

function* yamlDocument(bytes: Buffer, start: number, end: number, wanted: Wanted): Generator<FileDocument> {
  const offset = isByteOrderMark(bytes, start) ? start + 3 : start;
  const text = endedLines(bytes.subarray(offset, end));
  const outcome = attempt(() => readPlainYaml(text, wanted) ?? readYaml(text, wanted));
  if (outcome instanceof Unreadable) {
    yield unreadable(outcome, offset, end);
    return;
  }
  if (outcome.root !== undefined && outcome.root.kind !== 'null') {
    const { root, repeatedKeys } = outcome;
    yield { kind: 'object', root, start: offset, offset, repeatedKeys, tree: yamlTree(text, root) };
  }
  if (outcome.rest === undefined) return;
  const dropped = findContent(text, outcome.rest);
  if (dropped >= 0) yield { kind: 'dropped', at: offset + dropped };
}

/** `root` is what was read of the same document before. */
function jsonTree(bytes: Buffer, root: DocumentNode): () => DocumentNode {
  return () => readJson(bytes, root.at, EVERYTHING)?.root ?? root;
}

function yamlTree(text: Buffer, root: DocumentNode): () => DocumentNode {
  return () => readYaml(text, EVERYTHING).root ?? root;
}

/** White space, or one mark, directive or comment, in lines that may end in any way that YAML 1.1 knows. */
const NO_CONTENT =
  /[ \t\r\n\u0085\u2028\u2029\ufeff]+|(?:---|\.\.\.)(?![^ \t\r\n\u0085\u2028\u2029])|[%#][^\r\n\u0085\u2028\u2029]*/y;

/** The byte, `from` or later, at which there is more than marks, directives and comments; -1 without any. */
function findContent(bytes: Buffer, from: number): number {
  const text = bytes.toString('utf8', from);
  let at = 0;
  for (NO_CONTENT.lastIndex = 0; NO_CONTENT.test(text); at = NO_CONTENT.lastIndex);
  return at === text.length ? -1 : from + Buffer.byteLength(text.slice(0, at));
}

/** kubectl ends the last line where the file does not, which counts for a block of text. */
function endedLines(text: Buffer): Buffer {
  return text.at(-1) === LF ? text : Buffer.concat([text, Buffer.of(LF)]);
}

function unreadable({ at, message, quoting }: Unreadable, offset = 0, end = Number.POSITIVE_INFINITY): FileDocument {
  return { kind: 'unreadable', at: Math.min(offset + at, end), message, quoting };
}

function attempt<Value>(read: () => Value): Value | Unreadable {
  try {
    return read();
  } catch (thrown) {
    if (thrown instanceof Unreadable) return thrown;
    throw thrown;
  }
}

/** Where the next line begins that starts with `---`, at `from` or later; -1 without one. */
function nextMark(bytes: Buffer, from: number): number {
  if (bytes[from] === DASH && bytes[from + 1] === DASH && bytes[from + 2] === DASH) return from;
  const found = bytes.indexOf('\n---', from, 'latin1');
  return found < 0 ? -1 : found + 1;
}

/**
 * Skips white space up to the end of its line, as kubectl does when it gives up on JSON, which it does not when fewer than four bytes are
 * left; -1 in that case.
 */
function afterLineBreak(bytes: Buffer, from: number): number {
  let at = from;
  for (;;) {
    if (bytes.length - at < 4) return -1;
    const [character = ''] = bytes.toString('utf8', at, at + 4);
    if (!GO_SPACES.test(character)) return at;
    at += Buffer.byteLength(character);
    if (character === '\n') return at;
  }
}
