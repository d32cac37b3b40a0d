import { spawnSync } from 'node:child_process';

const EXPAND = `
shopt -s extglob globstar nullglob
while IFS= read -r -d '' pattern; do
  IFS=
  for found in $pattern; do [[ -d $found ]] || printf '%s\\0' "$found"; done
  printf '\\0'
done`;

const BRACES = `
while IFS= read -r -d '' text; do
  eval "words=($text)" || exit 1
  for word in "\${words[@]}"; do printf '%s\\0' "$word"; done
  printf '\\1\\0'
done`;

/** What bash finds for each pattern in a folder: files only, without brace expansion. All in one process. */
export function filesByBash(folder: string, patterns: readonly string[]): readonly (readonly string[])[] {
  return listsOf(run(EXPAND, folder, patterns), '');
}

/** The words that bash makes of each text with braces; it must have nothing else that means something to a shell. */
export function bracesByBash(texts: readonly string[]): readonly (readonly string[])[] {
  return listsOf(run(`set -f\n${BRACES}`, '/', texts), '\x01');
}

function run(script: string, cwd: string, input: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script], {
    cwd,
    input: input.map((text) => `${text}\0`).join(''),
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' },
    maxBuffer: 1 << 28,
    timeout: 300_000,
  });
  if (status !== 0) throw new Error(`bash: ${stderr}`);
  return stdout;
}

function listsOf(output: string, end: string): readonly (readonly string[])[] {
  const lists: string[][] = [];
  let current: string[] = [];
  for (const text of output.split('\0').slice(0, -1)) {
    if (text === end) {
      lists.push(current);
      current = [];
    } else current.push(text);
  }
  return lists;
}
