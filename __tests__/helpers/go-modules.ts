/** Folders of the Go modules that the engines are built from: they carry real manifests by the hundred. */
import { execFileSync } from 'node:child_process';
import { type EngineName, moduleFolder } from '../../engines/paths.ts';

/** Where the module cache keeps a module, in the version that an engine is built from. */
export function goModuleFolder(engine: EngineName, module: string): string {
  const folder = execFileSync('go', ['list', '-mod=mod', '-m', '-f', '{{.Dir}}', module], {
    cwd: moduleFolder(engine),
    encoding: 'utf8',
    env: { ...process.env, GOWORK: 'off' },
  }).trim();
  if (folder === '') throw new Error(`${module} is not in the module cache: run \`npm run engines -- ${engine}\``);
  return folder;
}
