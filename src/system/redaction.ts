import { type Range, viewOf, withoutEscapes } from './escapes.ts';

/** Below this many characters a "secret" would blot out ordinary words; a runner's own masking has no such floor. */
const SHORTEST_SECRET = 4;

/** Of a secret at least so long a part is recognised too: somebody may have cut it. */
const LONG_SECRET = 16;

/** A part of a secret, at its beginning or its end, is hidden from this many characters on. */
const SHORTEST_PART = 12;

/** A server that puts an error into an error escapes what is escaped already. */
const MOST_LAYERS = 3;

/** Secrets that this run has acquired, and texts without them. */
export interface Redaction {
  /** Remembers a secret, and announces it where it can be hidden before anything is printed. */
  readonly mask: (secret: string) => void;
  /**
   * `text` with every remembered secret replaced by `***`: as it is, as base64, hex, JSON, URLs and HTML may write it, and what is left of it where it was cut.
   *
   * @param shortest spares what has fewer characters, and parts of secrets: for texts that are judged
   */
  readonly redact: (text: string, shortest?: number) => string;
}

/**
 * A runner masks its log and nothing else: files, outputs and the summary are ours to keep clean.
 *
 * @param announce tells the runner; called once a secret
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions#masking-a-value-in-a-log
 */
export function openRedaction(announce: (secret: string) => void): Redaction {
  const secrets = new Set<string>();
  let spellings: readonly string[] = [];

  function find(text: string, shortest: number): readonly Range[] {
    const whole = spellings.flatMap((spelling) => (spelling.length < shortest ? [] : placesOf(spelling, text)));
    if (shortest >= LONG_SECRET) return whole;
    return [...whole, ...[...secrets].flatMap((secret) => partsOf(secret, text))];
  }

  return {
    mask: (secret) => {
      if (secret.trim() === '' || secrets.has(secret)) return;
      secrets.add(secret);
      spellings = [...new Set([...spellings, ...spellingsOf(secret)])];
      announce(secret);
    },
    redact: (text, shortest = SHORTEST_SECRET) => {
      if (secrets.size === 0) return text;
      const found = [...find(text, shortest)];
      let view = viewOf(text);
      for (let layer = 0; layer < MOST_LAYERS; layer += 1) {
        const decoded = withoutEscapes(view);
        if (decoded === undefined) break;
        view = decoded;
        found.push(...find(decoded.plain, shortest).map(decoded.toSource));
      }
      return without(text, found);
    },
  };
}

/** A secret as it is, and as JSON, URLs, base64 and hex write it: a server that tells it back may do so in any. A runner knows these of itself. */
function spellingsOf(secret: string): readonly string[] {
  const sound = secret.toWellFormed();
  const bytes = Buffer.from(secret, 'utf8');
  const hex = bytes.toString('hex');
  const written = [JSON.stringify(secret).slice(1, -1), encodeURIComponent(sound), encodeURI(sound)];
  const packed = [...base64SpellingsOf(bytes), hex, hex.toUpperCase()];
  // What is left of a short secret in base64 or hex could be a part of anything.
  return [secret, ...written, ...packed.filter((text) => text.length >= 2 * SHORTEST_SECRET)];
}

/** What base64 makes of these bytes wherever they stand in a longer text: three bytes are four characters, so there are three ways. */
function base64SpellingsOf(bytes: Buffer): readonly string[] {
  const whole = bytes.toString('base64');
  const inner = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const first = Math.ceil((before * 8) / 6);
    const last = Math.floor(((before + bytes.length) * 8) / 6);
    return text.slice(first, last);
  });
  const standard = [whole, whole.replace(/=+$/, ''), ...inner];
  return [...standard, ...standard.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))];
}

function placesOf(secret: string, text: string): readonly Range[] {
  const places: Range[] = [];
  for (let at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + secret.length)) {
    places.push([at, at + secret.length]);
  }
  return places;
}

/** Where a beginning or an end of a long secret stands, each for as long as it goes on. */
function partsOf(secret: string, text: string): readonly Range[] {
  if (secret.length < LONG_SECRET) return [];
  const beginnings = placesOf(secret.slice(0, SHORTEST_PART), text).map(([from, end]): Range => {
    let to = end;
    while (to - from < secret.length && text[to] === secret[to - from]) to += 1;
    return [from, to];
  });
  const ends = placesOf(secret.slice(-SHORTEST_PART), text).map(([start, to]): Range => {
    let from = start;
    while (from > 0 && to - from < secret.length && text[from - 1] === secret[secret.length - (to - from) - 1])
      from -= 1;
    return [from, to];
  });
  return [...beginnings, ...ends];
}

/** `text` with each of these ranges, and what overlaps of them, as `***`. */
function without(text: string, ranges: readonly Range[]): string {
  let result = '';
  let done = 0;
  let hiddenTo = -1;
  for (const [from, to] of [...ranges].sort(([left], [right]) => left - right)) {
    if (from < hiddenTo) {
      hiddenTo = Math.max(hiddenTo, to);
    } else {
      if (hiddenTo >= 0) result += '***';
      result += text.slice(done, from);
      hiddenTo = to;
    }
    done = hiddenTo;
  }
  return hiddenTo < 0 ? text : `${result}***${text.slice(done)}`;
}
