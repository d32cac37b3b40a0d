import { decodeFile, type FileText } from './file-text.ts';
import { beginsLikeJson, readJson } from './json.ts';
import { lineCounter, type Position } from './line-counter.ts';
import { type DocumentNode, EVERYTHING } from './node.ts';
import { readYaml } from './reader.ts';
import { Unreadable } from './unreadable.ts';

/** A text that is one document, or why it is not. */
export type Configuration =
  | {
      readonly kind: 'document';
      /** `undefined` for a text without a value. */
      readonly root: DocumentNode | undefined;
      /** Bytes at which a key is that its mapping had before. The last value counts. */
      readonly repeatedKeys: readonly number[];
      /** The byte at which another document begins, which kubectl never looks at. */
      readonly rest: number | undefined;
      /** Line and column of a byte. */
      readonly position: (at: number) => Position;
    }
  | {
      readonly kind: 'unreadable';
      readonly position: Position;
      /** Without any of the text, which may be a secret. */
      readonly message: string;
      /** The same with the piece of text that is wrong. */
      readonly quoting: string;
    };

/**
 * Reads a text as kubectl reads its own configuration: the first document of YAML 1.1, of which JSON is taken for a part. So `"x\/y"`, which is
 * good JSON, is refused, as kubectl does.
 * @see apimachinery pkg/runtime/serializer/json/json.go Decode; sigs.k8s.io/yaml yaml.go YAMLToJSON
 */
export function readConfiguration(content: Buffer): Configuration {
  return read(content, wholeYaml);
}

/**
 * Reads a text as kubectl reads what plugins print: JSON where the text begins with a brace, otherwise YAML.
 * @see apimachinery pkg/runtime/serializer/recognizer/recognizer.go Decode
 */
export function readJsonOrYaml(content: Buffer): Configuration {
  return read(content, beginsLikeJson(content) ? wholeJson : wholeYaml);
}

interface Read {
  readonly root: DocumentNode | undefined;
  readonly repeatedKeys: readonly number[];
  readonly rest?: number | undefined;
}

function read(content: Buffer, reader: (text: FileText) => Read): Configuration {
  const text = decodeFile(content);
  const position = lineCounter(text.bytes);
  try {
    const { root, repeatedKeys, rest } = reader(text);
    return { kind: 'document', root, repeatedKeys, rest, position };
  } catch (thrown) {
    if (!(thrown instanceof Unreadable)) throw thrown;
    return { kind: 'unreadable', position: position(thrown.at), message: thrown.message, quoting: thrown.quoting };
  }
}

function wholeYaml({ bytes, repairedAt }: FileText): Read {
  if (repairedAt !== undefined) throw new Unreadable(repairedAt, 'the text is not valid UTF-8');
  return readYaml(bytes, EVERYTHING);
}

/** Of JSON, Go replaces what is not UTF-8. */
function wholeJson({ bytes }: FileText): Read {
  const document = readJson(bytes, 0, EVERYTHING);
  if (document === undefined) return { root: undefined, repeatedKeys: [] };
  const more = readJson(bytes, document.end, {});
  if (more !== undefined) throw new Unreadable(document.end, 'more text follows the JSON');
  return document;
}
