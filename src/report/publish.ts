import { resolve } from 'node:path';
import * as core from '@actions/core';
import { GateError, toGateError } from '../model/errors.ts';
import { legible, logLine } from '../model/legible.ts';
import type { Place } from '../model/place.ts';
import type { Verdict } from '../model/verdict.ts';
import { annotationsOf } from './annotations.ts';
import { closingLine, consoleSections } from './console.ts';
import type { ReportSource } from './json.ts';
import { legibleVerdict } from './legible-verdict.ts';
import { mapVerdict } from './map-verdict.ts';
import { outputsOf } from './outputs.ts';
import type { SarifOptions } from './sarif.ts';
import { type SummaryOptions, summaryOf } from './summary.ts';
import { withTemplateFiles } from './template-files.ts';

export interface PublishOptions {
  /** Where report.json, junit.xml and report.sarif go; absent: nowhere. Relative to `workingDirectory`. */
  readonly reportDirectory?: string | undefined;
  readonly workingDirectory: string;
  /** Where the charts are whose templates were rendered; `GITHUB_WORKSPACE`, or else `workingDirectory`, unless given. */
  readonly repositoryRoot?: string;
  /** Hides the secrets that this run knows; files and outputs are masked by nobody else. */
  readonly redact?: (text: string) => string;
  /** A token that may write to pull requests: one comment is kept on the job's own. */
  readonly commentToken?: string | undefined;
  /** The job's environment, for links to files and the workflow's own path. */
  readonly variables?: Readonly<Record<string, string | undefined>>;
}

/** Words for readers who gave no inputs of a workflow. */
export interface Wording {
  readonly text: (text: string) => string;
  readonly hint: (hint: string) => string;
  /** An input's name, in places. */
  readonly input: (name: string) => string;
}

/** A terminal's way of seeing the same. */
export interface PrintOptions extends PublishOptions {
  readonly line: (text: string) => void;
  /** What is printed; `text` unless given. */
  readonly format?: 'text' | 'json' | 'junit' | 'sarif' | 'markdown' | undefined;
  /** For what people read; programs get the names of inputs. */
  readonly words?: Wording | undefined;
}

/** Where a file of the judged commit can be seen. @see https://docs.github.com/en/actions/reference/variables-reference */
function blobAddress({ variables = {} }: PublishOptions): SummaryOptions {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_SHA: sha } = variables;
  return server && repository && sha ? { blobAddress: `${server}/${repository}/blob/${sha}` } : {};
}

/** `.github/workflows/deploy.yaml` out of `owner/name/.github/workflows/deploy.yaml@refs/heads/main`. */
function workflowFile({ variables = {} }: PublishOptions): SarifOptions {
  const file = /^[^/]+\/[^/]+\/([^@]+)@/.exec(variables['GITHUB_WORKFLOW_REF'] ?? '')?.[1];
  return file === undefined ? {} : { workflowFile: file };
}

/** @see https://docs.github.com/en/actions/reference/variables-reference */
function sourceOf({ variables = {} }: PublishOptions): ReportSource {
  return { repository: variables['GITHUB_REPOSITORY'] || undefined, commit: variables['GITHUB_SHA'] || undefined };
}

/** What is shown: every text legible, every template named by its file. */
async function shownVerdict(verdict: Verdict, options: PublishOptions): Promise<Verdict> {
  const {
    variables = {},
    workingDirectory,
    repositoryRoot = variables['GITHUB_WORKSPACE'] || workingDirectory,
  } = options;
  return withTemplateFiles(legibleVerdict(verdict, options.redact), repositoryRoot);
}

/** Writes the report's files, and tells report.json's absolute path; `''` when none are asked for. */
async function writeReports(verdict: Verdict, options: PublishOptions): Promise<string> {
  if (options.reportDirectory === undefined) return '';
  const directory = resolve(options.workingDirectory, options.reportDirectory);
  const { reportFiles } = await import('./reports.ts');
  const { writeReportFiles } = await import('./report-files.ts');
  await writeReportFiles(directory, reportFiles(verdict, { ...workflowFile(options), ...sourceOf(options) }));
  return resolve(directory, 'report.json');
}

/** What Node says of a file that could not be written, without the path, which may be said by its variable's name. */
function reasonOf(thrown: unknown): string {
  return toGateError(thrown).message.replace(/^kube-api-gate itself failed: /, '');
}

/**
 * Appends to the job's summary. Its file may be missing, as outside of Actions; a page that cannot be shown changes no verdict.
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions#adding-a-job-summary
 */
function writeSummary(text: string): void {
  try {
    const file = process.env['GITHUB_STEP_SUMMARY'];
    if (file) process.getBuiltinModule('node:fs').appendFileSync(file, `${text}\n`);
    else core.debug('no job summary: GITHUB_STEP_SUMMARY is not set');
  } catch (thrown) {
    core.info(logLine(`The job summary was not written to the file of GITHUB_STEP_SUMMARY: ${reasonOf(thrown)}`));
  }
}

const COMMENT_TIMEOUT_MS = 10_000;

/** One comment on the pull request, while the verdict is not green. A comment that cannot be written changes no verdict. */
async function comment(verdict: Verdict, options: PublishOptions): Promise<void> {
  const { commentToken: token, variables = {} } = options;
  if (token === undefined) return;
  const { pullRequestOf } = await import('./pull-request.ts');
  const pullRequest = pullRequestOf(variables);
  if (pullRequest === undefined) {
    core.info('No comment: this job does not run for a pull request.');
    return;
  }
  try {
    const { keepComment } = await import('./comment.ts');
    const body = verdict.outcome === 'compatible' ? undefined : summaryOf(verdict, blobAddress(options));
    const result = await keepComment({ pullRequest, token, body, timeoutMs: COMMENT_TIMEOUT_MS });
    if (result !== 'none') core.info(`The comment on pull request ${pullRequest.number}: ${result}.`);
  } catch (thrown) {
    const reason = reasonOf(thrown);
    const way = /answered 40[134]/.test(reason)
      ? ' The job needs `permissions: pull-requests: write`; a pull request from a fork never has it.'
      : '';
    core.info(logLine((options.redact ?? String)(`The comment on the pull request was not written: ${reason}.${way}`)));
  }
}

const OUTPUTS_UNWRITABLE = 'outputs-unwritable';

/**
 * Outside of Actions there is nowhere to put outputs.
 *
 * @throws GateError when the runner's file cannot be written: a later step would read outputs that are not there
 */
function setOutputs(outputs: Readonly<Record<string, string>>): void {
  if (!process.env['GITHUB_OUTPUT']) return;
  try {
    for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value);
  } catch (cause) {
    throw new GateError(
      'internal-error',
      OUTPUTS_UNWRITABLE,
      `The outputs were not written to the file of GITHUB_OUTPUT: ${reasonOf(cause)}`,
      { hint: 'The runner provides that file. Check its disk, and steps that change GITHUB_OUTPUT.', cause },
    );
  }
}

/** Lines in the log: what is well folded away, so that what is not stands out. */
function writeLog(verdict: Verdict): void {
  for (const { title, quiet, lines } of consoleSections(verdict)) {
    if (quiet) core.startGroup(title);
    else core.info(title);
    for (const line of lines) core.info(line);
    if (quiet) core.endGroup();
  }
}

/** Commands to the runner; `core` escapes what could end one early. */
function annotate(verdict: Verdict): void {
  for (const { level, title, message, file, line, column } of annotationsOf(verdict)) {
    const properties = {
      title,
      ...(file === undefined ? {} : { file }),
      ...(line === undefined ? {} : { startLine: line }),
      ...(column === undefined ? {} : { startColumn: column }),
    };
    if (level === 'error') core.error(message, properties);
    else core.warning(message, properties);
  }
}

/**
 * Shows the verdict in every way the job has: log, annotations, job summary, outputs, and the files of `reportDirectory`.
 * Sets no exit code: that is for the caller, who knows the outcome.
 *
 * @throws GateError `invalid-input` when the report's files cannot be written; all else is published then.
 */
export async function publish(verdict: Verdict, options: PublishOptions): Promise<void> {
  const shown = await shownVerdict(verdict, options);
  writeLog(shown);
  annotate(shown);
  writeSummary(summaryOf(shown, blobAddress(options)));
  await comment(shown, options);
  let report = '';
  try {
    report = await writeReports(shown, options);
  } finally {
    // Where the outputs were the fault, they would be it again.
    if (shown.error?.code !== OUTPUTS_UNWRITABLE) setOutputs({ ...outputsOf(shown), report });
  }
  core.info(closingLine(shown));
}

/** The verdict of a run that ended before any cluster could be judged. */
function halted(error: GateError): Verdict {
  return { outcome: error.outcome, clusters: [], problems: [], warnings: [], notJudged: {}, error };
}

function chain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\ncaused by: ${chain(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}

/** Without the files, where it is the files that could not be written. */
function optionsFor<Options extends PublishOptions>(error: GateError, options: Options): Options {
  if (error.code !== 'report-directory-unwritable') return options;
  const { reportDirectory: _, ...others } = options;
  return others as Options;
}

/**
 * Shows what ended the run before there was a verdict: each of its problems at its place, without a stack; that is for the debug log.
 * What cannot be published then is said, and does not hide the error itself. Never rejects.
 */
export async function publishError(thrown: unknown, options: PublishOptions): Promise<void> {
  const error = toGateError(thrown);
  const { redact = (text: string) => text } = options;
  core.debug(redact(chain(error)));
  await publish(halted(error), optionsFor(error, options)).catch((unpublished: unknown) => {
    const { message } = toGateError(unpublished);
    core.error(logLine(redact(message)));
  });
}

/**
 * Shows the verdict in a terminal, and writes the files of `reportDirectory`.
 *
 * @throws GateError `invalid-input` when the report's files cannot be written; all else is printed then.
 */
export async function print(verdict: Verdict, options: PrintOptions): Promise<void> {
  const shown = await shownVerdict(verdict, options);
  const { format = 'text', line } = options;
  if (format === 'text') {
    const worded = inWords(shown, options.words);
    for (const section of consoleSections(worded)) {
      line(section.title);
      for (const each of section.lines) line(`  ${each}`);
    }
    await writeReports(shown, options);
    line(closingLine(worded));
    return;
  }
  if (format === 'markdown') {
    line(summaryOf(inWords(shown, options.words), blobAddress(options)).trimEnd());
  } else {
    const { reportIn } = await import('./reports.ts');
    line(reportIn(format, shown, workflowFile(options)).trimEnd());
  }
  await writeReports(shown, options);
}

function inWords(verdict: Verdict, words: Wording | undefined): Verdict {
  if (words === undefined) return verdict;
  const place = (same: Place): Place => (same.kind === 'input' ? { ...same, input: words.input(same.input) } : same);
  return mapVerdict(verdict, words.text, { place, hint: words.hint });
}

/** `print` for what ended the run before there was a verdict. Never rejects. */
export async function printError(thrown: unknown, options: PrintOptions): Promise<void> {
  const error = toGateError(thrown);
  const { redact = (text: string) => text, line } = options;
  await print(halted(error), optionsFor(error, options)).catch((unprinted: unknown) => {
    line(legible(redact(toGateError(unprinted).message)));
  });
}
