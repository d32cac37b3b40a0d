import type { Line } from '../model/lines.ts';
import type { Problem } from '../model/place.ts';
import { speller } from '../model/spelling.ts';
import { DEFAULTS, type InputName } from './action-interface.ts';

/** Gives the text of an input; `''` when it is absent. */
export type InputReader = (name: string) => string;

/** One run through the inputs: reads them, and gathers everything that cannot be used so that all of it is reported at once. */
export interface Inputs {
  /** The input without white space around it, or its default. */
  readonly text: (name: InputName) => string;
  /** The input exactly as it stands, for texts whose lines are counted. */
  readonly raw: (name: InputName) => string;
  readonly given: (name: InputName) => boolean;
  readonly refuse: (name: InputName, message: string, options?: { hint?: string | undefined; line?: number }) => void;
  readonly problems: readonly Problem[];
}

export function openInputs(read: InputReader): Inputs {
  const problems: Problem[] = [];
  const given = (name: InputName) => read(name).trim() !== '';
  return {
    problems,
    given,
    raw: (name) => (given(name) ? read(name) : DEFAULTS[name]),
    text: (name) => (given(name) ? read(name).trim() : DEFAULTS[name]),
    refuse: (name, message, { hint, line } = {}) => {
      problems.push({
        place: { kind: 'input', input: name, line },
        message,
        hint,
      });
    },
  };
}

const LONGEST_SHOWN = 60;

/** A value as a message shows it: on one line, in quotes, cut when long. Never for inputs that may hold a secret. */
export function shown(value: string): string {
  const line = value.replace(/\s+/g, ' ').replace(/\p{C}/gu, '');
  return line.length > LONGEST_SHOWN ? `"${line.slice(0, LONGEST_SHOWN)}…"` : `"${line}"`;
}

/** One of a few words; a word that is none of them is refused with the nearest, and the default stands in for it. */
export function oneOf<const Choice extends string>(
  inputs: Inputs,
  name: InputName,
  choices: readonly [Choice, ...Choice[]],
  meant: Readonly<Record<string, Choice>> = {},
): Choice {
  const text = inputs.text(name);
  const choice = choices.find((known) => known === text);
  if (choice !== undefined) return choice;
  inputs.refuse(name, `${shown(text)} is not one of ${choices.join(', ')}.`, {
    hint: didYouMean(text, choices, meant),
  });
  return choices[0];
}

/** What a mistyped word was probably meant to be; `meant` knows words that are not mistyped but said differently. */
export function didYouMean(
  text: string,
  choices: readonly string[],
  meant: Readonly<Record<string, string>> = {},
): string | undefined {
  const lower = text.toLowerCase();
  const [nearest] = Object.hasOwn(meant, lower) ? [meant[lower]] : speller(choices)(text);
  return nearest === undefined ? undefined : `Did you mean ${nearest}?`;
}

/** @see `getBooleanInput` of @actions/core, which follows YAML 1.2's core schema */
export function truth(inputs: Inputs, name: InputName): boolean {
  const text = inputs.text(name);
  if (/^(?:true|True|TRUE)$/.test(text)) return true;
  if (!/^(?:false|False|FALSE)$/.test(text)) {
    const meant = {
      yes: 'true',
      on: 'true',
      '1': 'true',
      y: 'true',
      no: 'false',
      off: 'false',
      '0': 'false',
      n: 'false',
    };
    inputs.refuse(name, `${shown(text)} is neither true nor false.`, {
      hint: didYouMean(text, ['true', 'false'], meant),
    });
  }
  return false;
}

/** A text that has to fit on one line, such as a path or a name; `undefined` when it is not given. */
export function singleLine(inputs: Inputs, name: InputName): string | undefined {
  if (!inputs.given(name)) return undefined;
  const text = inputs.text(name);
  if (!/[\r\n]/.test(text)) return text;
  inputs.refuse(name, `It has more than one line, and takes one value.`, {
    hint: `Keep one line: ${shown(firstLine(text))}.`,
  });
  return firstLine(text);
}

function firstLine(text: string): string {
  return text.split(/[\r\n]/, 1)[0] ?? '';
}

/** The texts of lines, each once. */
export function distinct(lines: readonly Line[]): readonly string[] {
  return [...new Set(lines.map(({ text }) => text))];
}
