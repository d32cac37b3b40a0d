/**
 * A line that the cache toolkit printed, as what it means here.
 *
 * On the step's own output its warnings would turn into annotations, of which a step has ten; here a complaint becomes the reason in one log line.
 */
export type ToolkitLine =
  /** A secret that the log must not show. */
  | { readonly kind: 'mask'; readonly secret: string }
  /** Why a call came to nothing: the toolkit's own errors end here, as it throws almost none. */
  | { readonly kind: 'complaint'; readonly text: string }
  /** A try failed and another is to follow, seconds later and several times over. */
  | { readonly kind: 'retry'; readonly text: string }
  | { readonly kind: 'remark'; readonly text: string };

const COMMAND = /^::([a-z-]+)(?: [^:]*)?::(.*)$/;
const COMPLAINT = /^(?:Failed to (?:restore|save|reserve)|Cache (?:restore|save) skipped)/;
/**
 * What both services' clients say between two tries; the one of service v1 says it too of what it does not try again, such as a 500.
 * @see actions/toolkit packages/cache/src/internal/shared/cacheTwirpClient.ts, packages/cache/src/internal/requestUtils.ts
 */
const RETRY =
  /^(?:[\w ():,]+ - )?Attempt \d+ of \d+ failed with error: (.*?)(?:\. Retrying request in \d+ ms\.\.\.)?$/s;
const NOT_RETRIED = /^Cache service responded with (?!50[234]$)/;

/** What the toolkit appends where the service gave no reason. */
const NO_DETAILS = / More details: (?:undefined|null)?$/;

/** @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands */
export function readToolkitLine(line: string): ToolkitLine {
  const [, command, value] = COMMAND.exec(line) ?? [];
  const text = (value === undefined ? line : commandValue(value)).replace(NO_DETAILS, '');
  if (command === 'add-mask') return { kind: 'mask', secret: text };
  if (command === 'warning' || command === 'error' || COMPLAINT.test(text)) return { kind: 'complaint', text };
  const failure = RETRY.exec(text)?.[1];
  if (failure !== undefined && !NOT_RETRIED.test(failure)) return { kind: 'retry', text: failure };
  return { kind: 'remark', text };
}

const AZURE_STATUS = /^azure:\S+ RetryPolicy: Will retry for status code (\d+)\.$/;
const AZURE_ERROR = /^azure:\S+ RetryPolicy: Network error (\S+) found, will retry\.$/;
const AZURE_PAUSE = /^azure:\S+ RetryPolicy: Delay for (\d+)ms$/;

/**
 * Reads what the library that uploads says of its retries at log level info; the first one follows at once, the next after seconds.
 *
 * @returns a reader of its lines in their order, which gives the cause as soon as there is a pause
 * @see Azure/azure-sdk-for-js sdk/storage/storage-common/src/policies/StorageRetryPolicyV2.ts
 */
export function openAzureReader(): (line: string) => string | undefined {
  let cause = 'the upload failed';
  return (line) => {
    const status = AZURE_STATUS.exec(line)?.[1];
    const error = AZURE_ERROR.exec(line)?.[1];
    if (status !== undefined) cause = `the upload was answered with ${status}`;
    if (error !== undefined) cause = `the upload failed: ${error}`;
    const pauseMs = AZURE_PAUSE.exec(line)?.[1];
    return pauseMs !== undefined && Number(pauseMs) > 0 ? cause : undefined;
  };
}

/** `text` with every secret in it replaced. */
export function hide(text: string, secrets: ReadonlySet<string>): string {
  let hidden = text;
  for (const secret of secrets) if (secret !== '') hidden = hidden.replaceAll(secret, '***');
  return hidden;
}

/** Reverses what a workflow command does to its value; the percent sign last, so that `%250A` stays the text `%0A`. */
function commandValue(value: string): string {
  return value.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}
