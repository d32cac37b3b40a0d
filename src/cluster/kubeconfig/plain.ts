/** A `-`, a key with its value, or a text, and where it begins. */
interface Token {
  readonly column: number;
  readonly text: string;
}

class NotPlain extends Error {}

/** Deeper and longer than kubeconfigs of this shape are. */
const DEEPEST = 20;
const LONGEST = 1024 * 1024;

// None of these characters begins or ends anything in YAML where it may stand here, and no text of them reads as a number.
const FIELD = /^([A-Za-z][\w./-]*):(?: +(\S+))?$/;
const TEXT = /^(?:--?)?[A-Za-z/](?:[\w+/=.@:%,;~-]*[\w+/=.@%,;~-])?$/;
const QUOTED = /^(?:"([^"\\]*)"|'([^']*)')$/;
const WORD_OF_YAML = /^(?:true|false|null)$/i;

/**
 * Reads a kubeconfig in the plain shape in which kubectl and most tools of the clouds write them: block mappings and lists of words. Every run
 * with a kubeconfig waits for this, and to load and warm up a YAML parser takes ten times as long.
 *
 * @returns `undefined` for a text that is in any way different, be it good YAML or not: then only the parser can tell. What is answered otherwise is what the
 * parser would answer.
 */
export function readPlainKubeconfig(text: string): { readonly document: unknown } | undefined {
  if (text.length > LONGEST || /[^\x20-\x7e\n]/.test(text)) return undefined;
  const tokens = tokensOf(text);
  let next = 0;

  function collection(column: number, depth: number): unknown {
    if (depth > DEEPEST) throw new NotPlain();
    return tokens[next]?.text === '-' ? list(column, depth) : mapping(column, depth);
  }

  function list(column: number, depth: number): readonly unknown[] {
    const items: unknown[] = [];
    while (tokens[next]?.column === column && tokens[next]?.text === '-') {
      next += 1;
      const item = tokens[next];
      if (item === undefined || item.column <= column) throw new NotPlain();
      if (item.text === '-' || FIELD.test(item.text)) items.push(collection(item.column, depth + 1));
      else {
        next += 1;
        items.push(scalar(item.text));
      }
    }
    return items;
  }

  function mapping(column: number, depth: number): Readonly<Record<string, unknown>> {
    const fields: Record<string, unknown> = {};
    for (let token = tokens[next]; token?.column === column; token = tokens[next]) {
      const [, key, value] = FIELD.exec(token.text) ?? [];
      if (key === undefined) break;
      if (WORD_OF_YAML.test(key)) throw new NotPlain();
      next += 1;
      fields[key] = value === undefined ? below(column, depth) : scalar(value);
    }
    return fields;
  }

  /** The value of a key that has none on its line; a list may stand in the key's own column. */
  function below(column: number, depth: number): unknown {
    const token = tokens[next];
    if (token === undefined) return null;
    const isValue = token.column > column || (token.column === column && token.text === '-');
    return isValue ? collection(token.column, depth + 1) : null;
  }

  try {
    const document = collection(0, 0);
    // A line that stands in no collection's column belongs to none, and ends them all: a text that goes on, or a mistake.
    return tokens.length > 0 && next === tokens.length ? { document } : undefined;
  } catch (thrown) {
    if (thrown instanceof NotPlain) return undefined;
    throw thrown;
  }
}

/** The tokens of all lines that say something; whatever follows a `-` on its line is a token of its own. */
function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const line of text.split('\n')) {
    let rest = line.trim();
    if (rest === '' || rest.startsWith('#')) continue;
    let column = line.indexOf(rest);
    for (let entry = /^- +/.exec(rest); entry !== null; entry = /^- +/.exec(rest)) {
      tokens.push({ column, text: '-' });
      column += entry[0].length;
      rest = rest.slice(entry[0].length);
    }
    tokens.push({ column, text: rest });
  }
  return tokens;
}

function scalar(text: string): unknown {
  switch (text) {
    case 'true':
      return true;
    case 'false':
      return false;
    case 'null':
      return null;
    case '{}':
      return {};
    case '[]':
      return [];
  }
  if (TEXT.test(text) && !WORD_OF_YAML.test(text)) return text;
  const [, double, single] = QUOTED.exec(text) ?? [];
  const quoted = double ?? single;
  if (quoted === undefined) throw new NotPlain();
  return quoted;
}
