/** Runs the action as a runner does: inputs as `INPUT_*`, the command files of `GITHUB_*`, a workspace, and nothing of this process's own environment but what every job has. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundled } from './bundle.ts';
import { run } from './processes.ts';

export type ActionRun = {
  readonly exitCode: number;
  /** What the step's log holds, before a runner has hidden what was masked. */
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** Markdown of the job's summary. */
  readonly summary: string;
  /** Variables set for later steps. */
  readonly exported: Readonly<Record<string, string>>;
};

export type ActionOptions = {
  readonly inputs: Readonly<Record<string, string>>;
  /** Added to the environment, or, where undefined, taken from it. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Files of the workspace, by path. */
  readonly files?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
  /** What to run; the built action unless told otherwise. */
  readonly entry?: string;
};

/** What every job has. */
const INHERITED = ['PATH', 'HOME', 'LANG', 'SYSTEMROOT', 'TEMP', 'TMP', 'USERPROFILE'] as const;

/** Runs the action once, in a workspace of its own that is gone afterwards. */
export async function runAction({
  inputs,
  env = {},
  files = {},
  timeoutMs = 30_000,
  entry,
}: ActionOptions): Promise<ActionRun> {
  const folder = mkdtempSync(join(tmpdir(), 'kube-api-gate-run-'));
  const workspace = join(folder, 'workspace');
  const commandFile = (name: string): string => {
    const path = join(folder, name);
    writeFileSync(path, '');
    return path;
  };
  try {
    for (const each of [workspace, join(folder, 'temp')]) mkdirSync(each);
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(workspace, path, '..'), { recursive: true });
      writeFileSync(join(workspace, path), text);
    }
    const [output, summary, exported] = [commandFile('output'), commandFile('summary'), commandFile('env')] as const;
    const { code, stdout, stderr } = await run(process.execPath, [entry ?? bundled('index.js')], {
      cwd: workspace,
      timeoutMs,
      env: {
        ...Object.fromEntries(INHERITED.map((name) => [name, process.env[name]])),
        ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
        GITHUB_ACTIONS: 'true',
        GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: summary,
        GITHUB_ENV: exported,
        GITHUB_WORKSPACE: workspace,
        RUNNER_TEMP: join(folder, 'temp'),
        ...env,
      },
    });
    return {
      exitCode: code,
      log: stdout + stderr,
      outputs: keyValues(readFileSync(output, 'utf8')),
      summary: readFileSync(summary, 'utf8'),
      exported: keyValues(readFileSync(exported, 'utf8')),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Reads a command file: `name<<delimiter`, the value's lines, the delimiter.
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions#multiline-strings
 */
function keyValues(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [, name = '', , value = ''] of text.matchAll(/^(.+?)<<(.+)\r?\n([\s\S]*?)\r?\n?\2$/gm))
    values[name] = value;
  return values;
}
