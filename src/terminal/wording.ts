import { INPUTS } from '../inputs/settings.ts';
import type { Wording } from '../report/publish.ts';

const names = INPUTS.map(({ name }) => name as string).sort((left, right) => right.length - left.length);
const NAME = names.map((name) => name.replaceAll('-', '\\-')).join('|');

const SETTING = new RegExp(`\`(${NAME}): ([^\`\\n]+)\``, 'g');
const OF_INPUT = new RegExp(`\\b([Tt]he) input(?= \`(?:${NAME})\`)`, 'g');
const QUOTED = new RegExp(`\`(${NAME})\``, 'g');

/** A message about inputs of a workflow, in the words of the command: `--kubeconfig` for the input `kubeconfig`. */
export function inOptions(text: string): string {
  return text
    .replace(SETTING, (_, name: string, value: string) => `\`--${name} ${value}\``)
    .replace(OF_INPUT, '$1 option')
    .replace(QUOTED, '`--$1`')
    .replace(/\bthe workspace\b/g, 'the working directory')
    .replace(/\bthis runner\b/g, 'this machine');
}

/** What only a job has: nobody at a terminal can act on it. */
const OF_JOBS =
  /\b(?:A step that\b|secrets?\b|workflows?|pull requests?|forks?|permissions?:|id-token|actions\/checkout)/i;

/** A hint in the words of the command, without the sentences that only help in a job, unless they are all there is. */
export function hintInOptions(hint: string): string {
  const [advice = '', ...example] = hint.split('\n\n');
  const sentences = advice.split(/(?<=[.!?]) (?=[A-Z`])/);
  const useful = sentences.filter((sentence) => !OF_JOBS.test(sentence));
  const kept = useful.length === 0 ? sentences : useful;
  const isWorkflow = example.some((block) => /^\s*(?:on|jobs|steps):/m.test(block));
  return inOptions([kept.join(' '), ...(isWorkflow ? [] : example)].join('\n\n'));
}

/** An input's name where a place is meant: a mistake in `require` is one of the command's arguments. */
export function optionOf(input: string): string {
  return names.includes(input) ? `--${input}` : input;
}

/** The words of the command in place of those of a workflow. */
export const OPTION_WORDS: Wording = { text: inOptions, hint: hintInOptions, input: optionOf };
