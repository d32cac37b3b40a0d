import { readFileSync } from 'node:fs';

/** The pull request that a job runs for, and where its comments are. */
export interface PullRequest {
  /** `https://api.github.com/repos/o/r`, without a slash at its end. */
  readonly repositoryAddress: string;
  readonly number: number;
  /** Tells this job's comment from those of other jobs on the same pull request. */
  readonly marker: string;
}

/**
 * The pull request of the event that started the job; `undefined` for any other event.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/variables
 */
export function pullRequestOf(variables: Readonly<Record<string, string | undefined>>): PullRequest | undefined {
  const { GITHUB_API_URL: api, GITHUB_REPOSITORY: repository, GITHUB_EVENT_PATH: file } = variables;
  if (!api || !repository || !file || !/^(?!\.+\/)[\w.-]+\/(?!\.+$)[\w.-]+$/.test(repository)) return undefined;
  const number = numberIn(file);
  if (number === undefined) return undefined;
  const job = [variables['GITHUB_WORKFLOW'], variables['GITHUB_JOB']].map((name) =>
    (name ?? '').replace(/[^\w.-]+/g, '_'),
  );
  return {
    repositoryAddress: `${api.replace(/\/+$/, '')}/repos/${repository}`,
    number,
    marker: `<!-- kube-api-gate ${job.join(' ')} -->`,
  };
}

function numberIn(file: string): number | undefined {
  try {
    const event: { readonly pull_request?: { readonly number?: unknown } | null } | null = JSON.parse(
      readFileSync(file, 'utf8'),
    );
    const number = event?.pull_request?.number;
    return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 ? number : undefined;
  } catch {
    return undefined;
  }
}
