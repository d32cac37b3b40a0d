/** One line that says something, with its number in the text, counted from 1. */
export interface Line {
  readonly number: number;
  readonly text: string;
}

const LINE_END = /\r\n|\n|\r/;
/** A comment starts at the line's beginning or after white space, so that `#` inside a name stays part of it. */
const COMMENT = /(?:^|\s)#.*$/;

/** The lines of a list that a person wrote: white space around them, empty lines and `#` comments are left out. */
export function significantLines(text: string): readonly Line[] {
  return text
    .split(LINE_END)
    .map((line, index) => ({ number: index + 1, text: line.replace(COMMENT, '').trim() }))
    .filter((line) => line.text !== '');
}
