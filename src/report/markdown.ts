import { oneLine } from '../model/legible.ts';

/** Everything that GitHub's Markdown, its tables, its HTML, its formulas or its autolinks could take for more than a character. */
const SPECIAL = /[&<>|\\`*_~[\]$@]/g;

function entity(character: string): string {
  return `&#${character.codePointAt(0)};`;
}

function line(text: string): string {
  return oneLine(text).replace(/\s+/g, ' ');
}

/** `text` as itself, wherever in a line of Markdown, a table's cell or an inline HTML element it stands. Line feeds become blanks. */
export function plain(text: string): string {
  return line(text)
    .replace(SPECIAL, entity)
    .replaceAll('://', '&#58;//')
    .replace(/\bwww\./gi, (www) => www.replace('.', '&#46;'))
    .replace(/^[-+=#]|^\d+(?=[.)])/, (start) => `${entity(start)}${start.slice(1)}`);
}

/** Characters that stand for themselves in a code span, in a table too. */
const SAFE_IN_CODE = /^[\w !"#$%'()*+,./:;=?[\]{}^@-]+$/;

/** `text` as code. Backticks cannot fence a pipe or a backslash in a table, so what holds one is written as HTML. */
export function code(text: string): string {
  const shown = line(text);
  if (shown === '') return '';
  return SAFE_IN_CODE.test(shown) ? `\`${shown}\`` : `<code>${shown.replace(/[^A-Za-z0-9 /-]/gu, entity)}</code>`;
}

/** A requirement as code, its alternatives apart: a pipe inside a table would have to be written as an entity. */
export function requirementCode(text: string): string {
  return text.split(' | ').map(code).join(' or ');
}

/** Plain text in which `backticks` mark what is code, as the messages of this project have it. Other line feeds become line breaks. */
export function prose(text: string): string {
  return text
    .split('\n')
    .map((part) =>
      part
        .split(/`([^`]+)`/)
        .map((piece, index) => (index % 2 === 1 ? code(piece) : spaced(piece)))
        .join(''),
    )
    .filter((part) => part.trim() !== '')
    .join('<br>');
}

/** `plain` that keeps one blank at either end, for pieces of a sentence. */
function spaced(piece: string): string {
  const inner = plain(piece);
  if (inner === '') return piece === '' ? '' : ' ';
  return `${/^\s/.test(piece) ? ' ' : ''}${inner}${/\s$/.test(piece) ? ' ' : ''}`;
}

/** A link whose text is already Markdown. Only an https address that cannot end the link early becomes one. */
export function link(markdown: string, address: string | undefined): string {
  return address !== undefined && /^https?:\/\/[\w.:/%#?=&~+,;-]+$/.test(address)
    ? `[${markdown}](${address})`
    : markdown;
}
