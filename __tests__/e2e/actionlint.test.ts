/** Every workflow that this project runs or shows, checked by actionlint with the action's own inputs and outputs. */
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { enginePath } from '../../engines/paths.ts';
import { seedingWorkflow } from '../../src/gate/only-cached.ts';
import { ACTION_REFERENCE } from '../../src/model/action-reference.ts';
import { fencedBlocks, root } from '../helpers/fenced.ts';
import { run } from '../helpers/processes.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

/** Labels of runners that the pages take for somebody's own. */
const OWN_RUNNERS = ['in-cluster-runners'];

/** What actionlint says of a workflow. The published action is this one, so that its inputs and outputs are checked as well. */
async function findings(workflow: string): Promise<string> {
  const project = temporaryFolder({
    '.github/workflows/shown.yaml': withThisAction(workflow),
    '.github/actionlint.yaml': `self-hosted-runner:\n  labels: ${JSON.stringify(OWN_RUNNERS)}\n`,
  });
  mkdirSync(join(project, '.git'));
  cpSync(join(root, 'action.yml'), join(project, 'action.yml'));
  mkdirSync(join(project, 'dist'));
  writeFileSync(join(project, 'dist', 'index.js'), '');
  const { stdout, stderr } = await run(enginePath('actionlint'), ['-no-color', '-shellcheck=', '-pyflakes='], {
    cwd: project,
  });
  return stdout + stderr;
}

const withThisAction = (workflow: string): string => workflow.replaceAll(ACTION_REFERENCE, './');

/** A shown piece of a workflow as a whole one; undefined for YAML of another kind. */
function wholeWorkflow(shown: string): string | undefined {
  const parsed: unknown = load(shown);
  const has = (value: unknown, name: string): boolean => typeof value === 'object' && value !== null && name in value;
  if (has(parsed, 'jobs')) return has(parsed, 'on') ? shown : `on: push\n${shown}`;
  const job = 'on: push\njobs:\n  shown:\n    runs-on: ubuntu-latest\n';
  if (has(parsed, 'steps')) return `${job}${shown.replaceAll(/^/gm, '    ')}`;
  if (!Array.isArray(parsed) || !parsed.some((step) => has(step, 'uses') || has(step, 'run'))) return undefined;
  return `${job}    steps:\n${shown.replaceAll(/^/gm, '      ')}`;
}

const pages = [
  'README.md',
  ...readdirSync(join(root, 'docs')).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
];
const shown = pages.flatMap((page) =>
  fencedBlocks(readFileSync(join(root, page), 'utf8'), 'yaml').flatMap((block, index) => {
    // A chart's template, or a manifest that is shown for its mistake, need not even be YAML.
    if (!/^\s*(?:- )?uses: |^jobs:/m.test(block)) return [];
    const workflow = wholeWorkflow(block);
    return workflow === undefined ? [] : [[`${page}, block ${index + 1}`, workflow] as const];
  }),
);

describe('actionlint', () => {
  test.each(shown)('finds nothing in %s', async (_, workflow) => {
    expect(await findings(workflow)).toBe('');
  });

  test.each(readdirSync(join(root, '.github', 'workflows')))("finds nothing in the project's own %s", async (name) => {
    const path = join(root, '.github', 'workflows', basename(name));
    const { code, stdout, stderr } = await run(enginePath('actionlint'), ['-no-color', '-shellcheck=', path]);
    expect({ said: stdout + stderr, code }).toEqual({ said: '', code: 0 });
  });

  test('finds nothing in the workflow that the action proposes', async () => {
    expect(await findings(seedingWorkflow('production', 3_600_000))).toBe('');
  });

  test('would find an input or an output that the action does not have', async () => {
    const workflow = `on: push
jobs:
  shown:
    runs-on: ubuntu-latest
    steps:
      - id: gate
        uses: ${ACTION_REFERENCE}
        with:
          requires: v1
      - run: echo \${{ steps.gate.outputs.verdict }}
`;
    expect(await findings(workflow)).toMatch(/"requires" is not defined[\s\S]*"verdict" is not defined/);
  });

  test('is shown workflows of the pages that have them', () => {
    expect(shown.map(([name]) => name.split(',')[0])).toEqual(
      expect.arrayContaining([
        'README.md',
        'docs/authentication.md',
        'docs/helm.md',
        'docs/pull-requests-from-forks.md',
      ]),
    );
  });
});
