/** What .github/ promises: actions by commit, few rights, Dependabot for every lock, and owners of files that exist. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const folder = join(root, '.github', 'workflows');
const workflows = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const);

type Job = {
  readonly uses?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly steps?: readonly {
    readonly run?: string;
    readonly uses?: string;
    readonly with?: Record<string, unknown>;
  }[];
};
type Workflow = {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
};

/** Everything in a workflow that a rule of this project forbids. */
function faults(text: string): readonly string[] {
  const workflow = load(text) as Workflow;
  const jobs = Object.entries(workflow.jobs);
  const steps = jobs.flatMap(([, job]) => job.steps ?? []);
  const lines = text.split('\n').filter((line) => /^\s*(?:- )?uses: /.test(line));
  return [
    ...lines
      .filter((line) => !/uses: (?:\.\/|[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$)/.test(line))
      .map((line) => `not pinned by commit with its version: ${line.trim()}`),
    ...(isAtMostRead(workflow.permissions) ? [] : ['its default permissions are more than contents: read']),
    ...('pull_request_target' in workflow.on ? ['runs with the rights of the base for a pull request'] : []),
    ...jobs
      .filter(([, job]) => job.uses === undefined && job['timeout-minutes'] === undefined)
      .map(([name]) => `${name} has no timeout`),
    ...steps
      .filter(
        ({ uses, with: given }) => uses?.startsWith('actions/checkout@') && given?.['persist-credentials'] !== false,
      )
      .map(() => 'a checkout leaves its token in .git'),
    ...steps
      .filter(({ run }) => run?.includes('${{'))
      .map(({ run }) => `an expression becomes part of a script: ${run}`),
    ...(/secrets\./.test(text) ? ['uses a secret'] : []),
  ];
}

function isAtMostRead(permissions: unknown): boolean {
  const given = JSON.stringify(permissions);
  return given === '{}' || given === '{"contents":"read"}';
}

test.each(workflows)('%s keeps the rules', (_name, text) => {
  expect(faults(text)).toEqual([]);
});

const expression = (text: string): string => `\${{ ${text} }}`;

const sound = `on: push
permissions: {}
jobs:
  one:
    runs-on: ubuntu-latest
    timeout-minutes: 5
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          persist-credentials: false
      - run: echo "$GITHUB_REF"
`;

test('a sound workflow has no fault', () => expect(faults(sound.replace('on: push', 'on:\n  push:'))).toEqual([]));

test.each([
  ['an action by tag', / # v7\.0\.1|@3d3\w+/g, '@v7', 'not pinned by commit'],
  ['an action by a short commit', /@3d3\w+/, '@3d3c42e', 'not pinned by commit'],
  ['a pin that does not say its version', / # v7\.0\.1/, '', 'not pinned by commit'],
  ['no permissions, which are the defaults of the repository', 'permissions: {}\n', '', 'its default permissions'],
  ['rights for all jobs', 'permissions: {}', 'permissions:\n  contents: write', 'its default permissions'],
  ['rights of all kinds', 'permissions: {}', 'permissions: write-all', 'its default permissions'],
  ['pull_request_target', 'on: push', 'on:\n  pull_request_target:', 'runs with the rights of the base'],
  ['a job without end', '    timeout-minutes: 5\n', '', 'one has no timeout'],
  ['a token that stays', '\n        with:\n          persist-credentials: false', '', 'leaves its token'],
  [
    'a title that becomes a script',
    '$GITHUB_REF',
    expression('github.event.pull_request.title'),
    'an expression becomes part',
  ],
  [
    'a token of npm',
    '$GITHUB_REF"',
    `"\n        env:\n          T: ${expression('secrets.NPM_TOKEN')}`,
    'uses a secret',
  ],
])('a fault is found: %s', (_rule, from, to, fault) => {
  const text = sound.replace(from, to).replace('on: push', 'on:\n  push:');
  expect(text).not.toBe(sound.replace('on: push', 'on:\n  push:'));
  expect(faults(text)).toEqual(expect.arrayContaining([expect.stringContaining(fault)]));
});

describe('release.yml', () => {
  const { on, jobs } = load(readFileSync(join(folder, 'release.yml'), 'utf8')) as Workflow;

  test('runs for version tags only', () => expect(on).toEqual({ push: { tags: ['v*.*.*'] } }));

  test('proves first, drafts, publishes to npm, then publishes the release and moves the tag', () => {
    const needs = Object.entries(jobs).map(([name, job]) => [name, (job as { needs?: string }).needs]);
    expect(needs).toEqual([
      ['tests', undefined],
      ['build', 'tests'],
      ['draft', 'build'],
      ['npm', 'draft'],
      ['publish', 'npm'],
    ]);
    expect(jobs['publish']?.steps?.at(-1)?.run).toContain('git/refs/tags/$major');
  });

  test('gives each job only the rights that it uses', () => {
    expect(Object.fromEntries(Object.entries(jobs).map(([name, job]) => [name, job.permissions]))).toEqual({
      tests: { contents: 'read' },
      build: { contents: 'read', 'id-token': 'write', attestations: 'write' },
      draft: { contents: 'write' },
      npm: { 'id-token': 'write' },
      publish: { contents: 'write' },
    });
  });

  test('runs no code of the repository where it may write', () => {
    for (const name of ['draft', 'npm', 'publish']) {
      const used = (jobs[name]?.steps ?? []).map(({ uses = '', run = '' }) => `${uses}${run}`).join('\n');
      expect(used).not.toMatch(/actions\/checkout|npm (?:ci|install|run|exec)|npx|scripts\//);
    }
  });
});

describe('CI', () => {
  test('proves dist/ once', () => {
    const runs = [readFileSync(join(folder, 'ci.yml'), 'utf8'), readFileSync(join(root, '.ci', 'run'), 'utf8')]
      .flatMap((text) => text.split('\n'))
      .filter((line) => /^step |run: /.test(line.trim()) || line.startsWith('step'))
      .filter((line) => /npm run check\b|build\.ts --check/.test(line));
    expect(runs).toEqual(["step 'check' 300 'npm run check'"]);
  });
});

describe('dependabot.yml', () => {
  type Update = {
    readonly 'package-ecosystem': string;
    readonly directory?: string;
    readonly directories?: readonly string[];
    readonly cooldown?: { readonly 'default-days'?: number };
  };
  const { updates } = load(readFileSync(join(root, '.github', 'dependabot.yml'), 'utf8')) as {
    readonly updates: readonly Update[];
  };
  const covered = (ecosystem: string): readonly string[] =>
    updates
      .filter((update) => update['package-ecosystem'] === ecosystem)
      .flatMap(({ directory, directories = [] }) => (directory === undefined ? directories : [directory]))
      .toSorted();

  test('covers every Go module of engines/, once', () => {
    const modules = readdirSync(join(root, 'engines'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && existsSync(join(root, 'engines', entry.name, 'go.mod')))
      .map(({ name }) => `/engines/${name}`);
    expect(covered('gomod')).toEqual(modules.toSorted());
  });

  test.each(['npm', 'github-actions'])('covers %s', (ecosystem) => expect(covered(ecosystem)).toEqual(['/']));

  test('waits a week before it proposes anything', () => {
    expect(updates.map(({ cooldown }) => cooldown?.['default-days'])).toEqual(updates.map(() => 7));
  });
});

test('CODEOWNERS names files that exist', () => {
  const paths = readFileSync(join(root, '.github', 'CODEOWNERS'), 'utf8')
    .split('\n')
    .flatMap((line) => /^(\/\S+)\s+@\S+/.exec(line)?.[1] ?? []);
  expect(paths.length).toBeGreaterThan(5);
  expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test.each(readdirSync(join(root, '.github', 'ISSUE_TEMPLATE')))('the issue form %s is one', (name) => {
  const form = load(readFileSync(join(root, '.github', 'ISSUE_TEMPLATE', name), 'utf8')) as Record<string, unknown>;
  if (name === 'config.yml') {
    expect(form).toMatchObject({ blank_issues_enabled: false });
    return;
  }
  const body = form['body'] as readonly { readonly type: string; readonly id?: string; readonly attributes: object }[];
  expect(form).toMatchObject({ name: expect.any(String), description: expect.any(String) });
  for (const field of body.filter(({ type }) => type !== 'markdown')) {
    expect(field).toMatchObject({ id: expect.stringMatching(/^[\w-]+$/), attributes: { label: expect.any(String) } });
  }
  const ids = body.flatMap(({ id = [] }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
