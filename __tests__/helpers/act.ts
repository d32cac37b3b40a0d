/** Runs workflows under act: real steps on this machine, with act's own cache and artifact servers. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { enginePath } from '../../engines/paths.ts';
import { ACTION_REFERENCE } from '../../src/model/action-reference.ts';
import { freePorts, run } from './processes.ts';

export type ActProject = {
  /** Checkout in which the workflows run; the action stands at its root, and is what its published name means, too. */
  readonly folder: string;
  /** Runs all workflows that `event` triggers; the caches are kept from run to run. */
  workflow(file: string, options?: ActOptions): Promise<ActResult>;
  /** What `git status --porcelain` prints: empty for a clean checkout. */
  status(): Promise<string>;
  remove(): void;
};

export type ActOptions = {
  readonly event?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
  /** Folders of commands that steps find besides those of this machine. */
  readonly path?: readonly string[];
  /** Folders that stand for actions which cannot be downloaded, by what follows `uses`. */
  readonly standIns?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
};

export type ActResult = { readonly exitCode: number; readonly log: string };

const root = resolve(import.meta.dirname, '../..');

/** Makes a git checkout that holds the built action, these files, and one commit. */
export async function createActProject(files: Readonly<Record<string, string>>): Promise<ActProject> {
  const base = mkdtempSync(join(tmpdir(), 'kube-api-gate-act-'));
  const folder = join(base, 'checkout');
  const home = join(base, 'home');
  const action = join(base, 'action');
  for (const place of [folder, action]) {
    mkdirSync(place);
    for (const name of ['action.yml', 'package.json', 'dist'])
      cpSync(join(root, name), join(place, name), { recursive: true });
  }
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  for (const [path, text] of Object.entries(files)) write(join(folder, path), text);
  write(join(home, '.config', 'act', 'actrc'), '');
  const env = { PATH: `${dirname(process.execPath)}:${process.env['PATH']}`, HOME: home, LANG: 'C.UTF-8' };
  const git = async (...parameters: string[]): Promise<string> => {
    const { code, stdout, stderr } = await run('git', parameters, { cwd: folder, env });
    if (code !== 0) throw new Error(`git ${parameters.join(' ')}: ${stderr}`);
    return stdout;
  };
  await git('init', '--quiet', '--initial-branch=main');
  await git('config', 'user.email', 'test@example.com');
  await git('config', 'user.name', 'test');
  await git('add', '.');
  await git('commit', '--quiet', '-m', 'workflow under test');

  return {
    folder,
    async workflow(
      file,
      { event = 'push', env: variables = {}, secrets = {}, path = [], standIns = {}, timeoutMs = 90_000 } = {},
    ) {
      const [cachePort = 0, artifactPort = 0] = await freePorts(2);
      const parameters = [
        event,
        ...[
          '--workflows',
          file,
          '--platform',
          'ubuntu-latest=-self-hosted',
          '--action-offline-mode',
          '--use-gitignore=false',
          '--local-repository',
          `${ACTION_REFERENCE}=${action}`,
        ],
        ...[
          '--cache-server-addr',
          '127.0.0.1',
          '--cache-server-port',
          String(cachePort),
          '--cache-server-path',
          join(base, 'cache'),
        ],
        ...[
          '--artifact-server-addr',
          '127.0.0.1',
          '--artifact-server-port',
          String(artifactPort),
          '--artifact-server-path',
          join(base, 'artifacts'),
        ],
        ...Object.entries(standIns).flatMap(([name, place]) => ['--local-repository', `${name}=${place}`]),
        ...Object.entries(variables).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
        ...Object.entries(secrets).flatMap(([name, value]) => ['--secret', `${name}=${value}`]),
      ];
      const { code, stdout, stderr } = await run(enginePath('act'), parameters, {
        cwd: folder,
        env: { ...env, PATH: [...path, env.PATH].join(':') },
        timeoutMs,
      });
      return { exitCode: code, log: stdout + stderr };
    },
    status: () => git('status', '--porcelain'),
    remove: () => rmSync(base, { recursive: true, force: true }),
  };
}
