import { accessSync, constants, statSync } from 'node:fs';
import type { Environment } from '../../model/world.ts';

/** What a command's name led to. */
export type FoundCommand =
  | { readonly kind: 'found'; readonly path: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'not-executable'; readonly path: string }
  /** Windows can run it only through a shell, which would read the arguments as its own language. */
  | { readonly kind: 'script'; readonly path: string };

/**
 * Finds the program that a kubeconfig names: in PATH of this process, not of the plugin's own `env`, and never in the working directory.
 * @see Go os/exec LookPath
 */
export function findCommand(command: string, environment: Environment): FoundCommand {
  const windows = environment.platform === 'win32';
  const path = windows ? process.getBuiltinModule('node:path').win32 : process.getBuiltinModule('node:path').posix;
  const names = windows ? windowsNames(command, environment) : [command];
  const folders =
    /[/\\]/.test(command) && (windows || command.includes('/'))
      ? ['']
      : searchFolders(environment, path.delimiter).filter(path.isAbsolute);
  let refused: string | undefined;
  for (const folder of folders) {
    for (const name of names) {
      const candidate = folder === '' ? name : path.join(folder, name);
      const state = examine(candidate, windows);
      if (state === 'executable')
        return isScript(candidate, windows) ? { kind: 'script', path: candidate } : { kind: 'found', path: candidate };
      if (state === 'not-executable') refused ??= candidate;
    }
  }
  return refused === undefined ? { kind: 'missing' } : { kind: 'not-executable', path: refused };
}

function searchFolders(environment: Environment, delimiter: string): readonly string[] {
  const { variables } = environment;
  // Windows spells it Path, and a plain object does not know that this is the same.
  const key = Object.keys(variables).find(
    (name) => (environment.platform === 'win32' ? name.toUpperCase() : name) === 'PATH',
  );
  return key === undefined ? [] : (variables[key] ?? '').split(delimiter);
}

function windowsNames(command: string, environment: Environment): readonly string[] {
  const extensions = (environment.variables['PATHEXT'] || '.COM;.EXE;.BAT;.CMD')
    .split(';')
    .filter((extension) => extension !== '');
  const complete = extensions.some((extension) => command.toUpperCase().endsWith(extension.toUpperCase()));
  return complete ? [command] : extensions.map((extension) => `${command}${extension.toLowerCase()}`);
}

function isScript(path: string, windows: boolean): boolean {
  return windows && /\.(?:bat|cmd)$/i.test(path);
}

function examine(path: string, windows: boolean): 'executable' | 'not-executable' | 'absent' {
  try {
    const status = statSync(path, { throwIfNoEntry: false });
    if (status === undefined) return 'absent';
    if (status.isDirectory()) return 'not-executable';
    if (!windows) accessSync(path, constants.X_OK);
    return 'executable';
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EACCES' ? 'not-executable' : 'absent';
  }
}
