import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { outputsOf } from '../../src/report/outputs.ts';
import { summaryOf } from '../../src/report/summary.ts';
import { variedVerdict } from '../helpers/sample-verdict.ts';
import { faultsBySarif, faultsBySchema } from '../helpers/schemas.ts';

const CHILD = new URL('../helpers/publish-child.ts', import.meta.url).pathname;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'publish-'));
  writeFileSync(join(folder, 'output'), '');
  writeFileSync(join(folder, 'summary'), '');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

interface Published {
  readonly log: string;
  readonly errors: string;
  readonly status: number | null;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** Outputs as the runner reads them: a name, a delimiter, lines up to the delimiter; the last one of a name counts. */
function readOutputs(text: string): Readonly<Record<string, string>> {
  const outputs: Record<string, string> = {};
  for (const [, name = '', , value = ''] of text.matchAll(/^([^\n<]+)<<(ghadelimiter_[\w-]+)\n([\s\S]*?)\n\2$/gm))
    outputs[name] = value;
  return outputs;
}

function run(args: readonly string[], variables: Readonly<Record<string, string>> = {}): Published {
  const { stdout, stderr, status } = spawnSync(process.execPath, [CHILD, ...args], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 15_000,
    env: { GITHUB_OUTPUT: join(folder, 'output'), GITHUB_STEP_SUMMARY: join(folder, 'summary'), ...variables },
  });
  return {
    log: stdout,
    errors: stderr,
    status,
    outputs: readOutputs(readFileSync(join(folder, 'output'), 'utf8')),
    summary: readFileSync(join(folder, 'summary'), 'utf8'),
  };
}

function commands(log: string): readonly string[] {
  return log.split('\n').flatMap((line) => /^::([a-z-]+)/.exec(line)?.[1] ?? []);
}

describe('publish', () => {
  test('shows one verdict in every way that the job has', () => {
    const { log, outputs, summary, status } = run(['varied', 'out']);
    expect(status).toBe(0);
    expect(commands(log)).toEqual([
      ...['group', 'endgroup', 'group', 'endgroup', 'group', 'endgroup', 'group', 'endgroup'],
      ...['error', 'error', 'error', 'error', 'warning', 'warning'],
    ]);
    expect(log.trimEnd().split('\n').at(-1)).toMatch(/^✗ Incompatible: 1 of 7 requirements is not met/);
    expect(outputs).toEqual({ ...outputsOf(variedVerdict()), report: join(folder, 'out', 'report.json') });
    expect(summary.trimEnd()).toBe(summaryOf(variedVerdict()).trimEnd());
    const file = (name: string): unknown => JSON.parse(readFileSync(join(folder, 'out', name), 'utf8'));
    expect(faultsBySchema('report', file('report.json'))).toEqual([]);
    expect(faultsBySarif(file('report.sarif'))).toEqual([]);
    expect(readFileSync(join(folder, 'out', 'junit.xml'), 'utf8')).toMatch(/^<\?xml/);
  });

  test('writes no files unless asked', () => {
    expect(run(['green']).outputs['report']).toBe('');
  });

  test('marks the line in the manifest with a command as the runner reads it', () => {
    expect(run(['varied']).log).toContain(
      '::error title=Missing on production-eu%3A policy/v1beta1/PodDisruptionBudget,file=deploy/shop/budget.yaml,line=1,col=1::policy/v1beta1/PodDisruptionBudget is not served;',
    );
  });

  test('links files to the judged commit, and requirements to the workflow', () => {
    const { summary } = run(['varied', 'out'], {
      GITHUB_SERVER_URL: 'https://github.example',
      GITHUB_REPOSITORY: 'o/r',
      GITHUB_SHA: 'abc',
      GITHUB_WORKFLOW_REF: 'o/r/.github/workflows/deploy.yaml@refs/heads/main',
    });
    expect(summary).toContain('(https://github.example/o/r/blob/abc/deploy/shop/budget.yaml#L1)');
    expect(readFileSync(join(folder, 'out', 'report.sarif'), 'utf8')).toContain(
      '"uri": ".github/workflows/deploy.yaml"',
    );
  });

  test.each([
    ['no variable', { GITHUB_STEP_SUMMARY: '' }],
    ['a file that is not there', { GITHUB_STEP_SUMMARY: '/nowhere/summary' }],
  ])('a summary that has nowhere to go, for %s, changes nothing else', (_, variables) => {
    const { status, outputs, log } = run(['varied'], variables);
    expect(status).toBe(0);
    expect(outputs['outcome']).toBe('incompatible');
    expect(log).not.toContain('thrown');
  });

  test('outside of Actions there are no outputs, and no commands that set them', () => {
    const { log, status } = run(['green'], { GITHUB_OUTPUT: '' });
    expect(status).toBe(0);
    expect(log).not.toContain('set-output');
  });

  test.each([
    ['a file that is not there', '/nowhere/output'],
    ['a folder', tmpdir()],
    ['a full disk', '/dev/full'],
  ])('outputs that cannot be written, to %s, are not passed over, and the variable is named', (_, path) => {
    const { status, log } = run(['green'], { GITHUB_OUTPUT: path });
    expect(log).toContain('thrown outputs-unwritable The outputs were not written to the file of GITHUB_OUTPUT: ');
    expect(status).toBe(1);
  });

  test('a summary on a full disk is said in the log, and changes nothing else', () => {
    const { status, log } = run(['green'], { GITHUB_STEP_SUMMARY: '/dev/full' });
    expect(log).toContain('The job summary was not written to the file of GITHUB_STEP_SUMMARY: ENOSPC');
    expect(status).toBe(0);
  });

  test('a report directory that cannot be written fails the run, after all else is published', () => {
    writeFileSync(join(folder, 'occupied'), '');
    const { log, outputs, summary, status } = run(['green', 'occupied']);
    expect(status).toBe(1);
    expect(log).toContain('thrown report-directory-unwritable');
    expect(log).not.toContain('✓ Compatible');
    expect(outputs).toMatchObject({ outcome: 'compatible', report: '' });
    expect(summary).toContain('## ✅');
  });

  test('nothing that a hostile cluster or file says becomes a command, a colour, an element, or gives away a secret', () => {
    const { log, outputs, summary } = run(['hostile', 'out']);
    expect(commands(log)).toEqual(['group', 'endgroup', 'group', 'endgroup', 'error', 'error', 'warning']);
    expect(log).not.toContain('##[');
    expect(log).not.toContain('\u001b');
    expect(outputs).toMatchObject({ outcome: 'incompatible', 'api-versions': 'v1' });
    expect(Object.keys(outputs)).toHaveLength(10);
    expect(summary).not.toContain('<script>');
    const files = ['report.json', 'junit.xml', 'report.sarif'].map((name) =>
      readFileSync(join(folder, 'out', name), 'utf8'),
    );
    for (const text of [log, summary, ...files, JSON.stringify(outputs)]) {
      expect(text).not.toContain('hunter2');
      expect(text).not.toContain('\u001b');
    }
  });
});

describe('publishError', () => {
  test('marks each mistake, names the outcome, and shows no stack', () => {
    const { log, outputs, summary } = run(['halted']);
    expect(commands(log)).toEqual(['debug', 'error', 'error']);
    expect(outputs).toMatchObject({ outcome: 'invalid-input', missing: '', cache: '' });
    expect(summary).toContain('line 3 of require');
    expect(log.replace(/^::debug::.*$/m, '')).not.toMatch(/\bat .*:\d+:\d+\)/);
  });

  test('replaces the report of an earlier run, so that nobody takes that one for this', () => {
    run(['green', 'out']);
    expect(run(['halted', 'out']).outputs['report']).toBe(join(folder, 'out', 'report.json'));
    expect(readFileSync(join(folder, 'out', 'report.json'), 'utf8')).toContain('"outcome": "invalid-input"');
  });

  test('a report directory that cannot be written does not hide the error', () => {
    writeFileSync(join(folder, 'occupied'), '');
    const { log, status } = run(['halted', 'occupied']);
    expect(status).toBe(0);
    expect(log).toContain('::error title=Cannot be used%3A line 3 of require::');
    expect(log).toContain('::error::The reports could not be written into report-directory');
    expect(log).not.toContain('thrown');
  });

  test('a defect says that it is one, with its stack in the debug log alone, without secrets', () => {
    const { log, outputs, summary } = run(['defect']);
    expect(outputs['outcome']).toBe('internal-error');
    expect(log).toContain(
      '::error title=kube-api-gate%3A internal-error::kube-api-gate itself failed: undefined is no function; ***',
    );
    expect(log).toMatch(/^::debug::GateError.*caused by: TypeError.*publish-child\.ts/m);
    expect(`${log}${summary}`).not.toContain('hunter2');
    expect(summary).not.toContain('publish-child');
  });
});

describe('printError', () => {
  test('shows each mistake, and what could not be written', () => {
    writeFileSync(join(folder, 'occupied'), '');
    const { log, status } = run(['printed-halted', 'occupied']);
    expect(status).toBe(0);
    expect(commands(log)).toEqual([]);
    expect(log).toContain('✗ line 3 of require: ');
    expect(log).toContain('could not be written');
  });
});

describe('print', () => {
  test('gives a terminal the same lines, without commands or outputs', () => {
    const { log, outputs } = run(['printed', 'out']);
    expect(commands(log)).toEqual([]);
    expect(log).toContain('\n  ✗ policy/v1beta1/PodDisruptionBudget is not served;');
    expect(outputs).toEqual({});
    expect(readFileSync(join(folder, 'out', 'report.json'), 'utf8')).toContain('"outcome": "incompatible"');
  });
});
