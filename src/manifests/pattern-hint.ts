const { readdirSync } = process.getBuiltinModule('node:fs');

const QUOTES = /["'`]/g;

/** What a pattern that matches no file is most likely a slip for. */
export function hintForPattern(pattern: string, workingDirectory: string): string {
  if (/^-\s/.test(pattern)) {
    return `Write ${pattern.replace(/^-\s+/, '').replace(QUOTES, '')} without the dash: an input is text with one pattern per line, not a YAML list.`;
  }
  if (/^!?\s*(["'`]).*\1$/.test(pattern)) {
    return `Write ${pattern.replace(QUOTES, '')} without quotes: a pattern is taken as it stands.`;
  }
  if (/\s\S*[/.*]/.test(pattern)) return 'Put each pattern on a line of its own.';
  if (pattern.includes('\\')) return 'Write / between folders.';
  if (isEmpty(workingDirectory)) {
    return `${workingDirectory} is empty. Check the repository out before this step, with actions/checkout.`;
  }
  return `Patterns are relative to ${workingDirectory}. Correct the pattern, or remove it.`;
}

function isEmpty(folder: string): boolean {
  try {
    return readdirSync(folder).length === 0;
  } catch {
    return false;
  }
}
