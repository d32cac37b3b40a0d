import { readdirSync } from 'node:fs';

const QUOTED = /^(!?)\s*(['"`])(.*)\2$/;

/** What a pattern that matches no file is most likely a slip for. */
export function hintForPattern(pattern: string, workingDirectory: string): string {
  if (QUOTED.test(pattern)) return `Remove the quotes: ${unquoted(pattern)}`;
  if (/^-\s/.test(pattern)) {
    return `The input is plain text, not a YAML list. Write ${unquoted(pattern.slice(2).trim())}`;
  }
  if (/\s\S*[/.*]/.test(pattern)) return 'Put each pattern on a line of its own.';
  if (pattern.includes('\\')) return 'Write / between folders.';
  if (/^~|\$[\w{]/.test(pattern)) return 'Patterns are not expanded by a shell. Write the path itself.';
  if (isEmpty(workingDirectory)) {
    return `${workingDirectory} is empty. Check the repository out before this step, with actions/checkout.`;
  }
  return `Patterns are relative to ${workingDirectory}. Correct the pattern, or remove it.`;
}

function unquoted(pattern: string): string {
  return pattern.replace(QUOTED, '$1$3');
}

function isEmpty(folder: string): boolean {
  try {
    return readdirSync(folder).length === 0;
  } catch {
    return false;
  }
}
