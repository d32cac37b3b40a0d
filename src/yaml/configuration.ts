import { decodeFile } from './file-text.ts';
import { readJson } from './json.ts';
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
  return read(content, (bytes) => readYaml(bytes, EVERYTHING));
}

/**
 * Reads a text as kubectl reads what plugins print: JSON where the text begins with a brace, otherwise YAML.
 * @see apimachinery pkg/runtime/serializer/recognizer/recognizer.go Decode
 */
export function readJsonOrYaml(content: Buffer): Configuration {
  return read(content, (bytes) =>
    /^\s*\{/.test(bytes.toString('utf8')) ? wholeJson(bytes) : readYaml(bytes, EVERYTHING),
  );
}

interface Read {
  readonly root: DocumentNode | undefined;
  readonly repeatedKeys: readonly number[];
  readonly rest?: number;
}

function read(content: Buffer, reader: (bytes: Buffer) => Read): Configuration {
  const { bytes, mendedAt } = decodeFile(content);
  const position = lineCounter(bytes);
  try {
    if (mendedAt !== undefined) throw new Unreadable(mendedAt, 'the text is not valid UTF-8');
    const { root, repeatedKeys, rest } = reader(bytes);
    return { kind: 'document', root, repeatedKeys, rest, position };
  } catch (thrown) {
    if (!(thrown instanceof Unreadable)) throw thrown;
    return { kind: 'unreadable', position: position(thrown.at), message: thrown.message, quoting: thrown.quoting };
  }
}

function wholeJson(bytes: Buffer): Read {
  const document = readJson(bytes, 0, EVERYTHING);
  if (document === undefined) return { root: undefined, repeatedKeys: [] };
  const more = readJson(bytes, document.end, {});
  if (more !== undefined) throw new Unreadable(document.end, 'more text follows the JSON');
  return document;
}
