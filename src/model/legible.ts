/** Longer texts are cut: a server may answer with a page where a sentence is due. In UTF-16 units, as all limits of a report. */
export const LONGEST_TEXT = 2000;

/** Beyond this nothing is even looked at, so that a huge answer costs no time. */
const LONGEST_LOOK = 65_536;

/** Shapes that a credential has and no honest message needs. Each pattern is linear in the length of the text. */
const CREDENTIALS: readonly { readonly shape: RegExp; readonly shown: string }[] = [
  { shape: /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^-]*(?:-----END [A-Z ]{0,40}-----)?/g, shown: '***' },
  { shape: /\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, shown: '$1 ***' },
  { shape: /\beyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?/g, shown: '***' },
  { shape: /\b(?:k8s-aws-v1|ya29)\.[\w.-]{8,}/g, shown: '***' },
  { shape: /\b(?:gh[opsur]_|github_pat_)\w{16,}/g, shown: '***' },
  { shape: /:\/\/[^\s/?#@]{1,512}@/g, shown: '://***@' },
];

/** What every one of `CREDENTIALS` has in it; most texts have none of these, and need no closer look. */
const HINT_OF_CREDENTIAL = /PRIVATE KEY|bearer|basic|eyJ|k8s-aws-v1|ya29|gh[opsur]_|github_pat_|:\/\//i;
const PRINTABLE = /^[\x20-\x7e]*$/;

/** Characters that draw nothing, or redraw what stands before them: controls, bidirectional marks, half surrogates. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

function shownEscaped(character: string): string {
  if (character === '\n') return character;
  if (character === '\t') return ' ';
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`;
}

/** `text` in at most `limit` UTF-16 units, with an ellipsis where it was cut and no surrogate cut in half. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const kept = text.slice(0, Math.max(0, limit - 1));
  const last = kept.charCodeAt(kept.length - 1);
  return `${last >= 0xd800 && last <= 0xdbff ? kept.slice(0, -1) : kept}…`;
}

/**
 * `text` from elsewhere as a person may safely see it: what looks like a credential hidden, controls shown as escapes, of bounded length.
 * Line feeds stay. The answer is its own answer: `legible(legible(x))` is `legible(x)`.
 */
export function legible(text: string, limit: number = LONGEST_TEXT): string {
  if (text.length <= limit && PRINTABLE.test(text) && !HINT_OF_CREDENTIAL.test(text)) return text.trimEnd();
  let shown = text.slice(0, LONGEST_LOOK);
  for (const { shape, shown: replacement } of CREDENTIALS) shown = shown.replace(shape, replacement);
  return cut(shown.replaceAll('\r\n', '\n').replace(INVISIBLE, shownEscaped).trimEnd(), limit);
}

/** `text` on one line. */
export function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').trim();
}

/**
 * `text` in which no line is a command to the runner: those begin with `::`, or hold `##[` anywhere.
 * @see actions/runner src/Runner.Common/ActionCommand.cs
 */
export function withoutCommands(text: string): string {
  return text.replaceAll('##[', '##\\[').replace(/^([^\S\n]*)::/gm, '$1\\::');
}

/** Any text as one line of the job's log, and as no command to its runner. */
export function logLine(text: string): string {
  return withoutCommands(oneLine(legible(text)));
}
