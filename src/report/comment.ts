import type { HttpClient, HttpClientResponse } from '@actions/http-client';
import type { PullRequest } from './pull-request.ts';

/** GitHub refuses a comment of more characters than 65,536. What is left over is for the marker and a last line. */
const LONGEST_BODY = 64_000;
const PAGE_SIZE = 100;
/** A pull request with more comments than this gets a second one of ours rather than a run that takes minutes. */
const MOST_PAGES = 20;
const MOST_ANSWER_BYTES = 8 * 1024 * 1024;

/** What became of the comment. */
export type CommentResult = 'created' | 'updated' | 'removed' | 'none';

export interface CommentOptions {
  readonly pullRequest: PullRequest;
  readonly token: string;
  /** Markdown; absent: the comment of an earlier run is removed. */
  readonly body?: string | undefined;
  /** For all requests together. */
  readonly timeoutMs: number;
}

interface Comment {
  readonly id: number;
  readonly body: string;
  readonly author: string;
  readonly isBot: boolean;
}

/**
 * Keeps one comment on a pull request current: creates it, updates it in place, or removes it.
 *
 * @throws Error that says what GitHub answered, or that it did not answer in time
 * @see https://docs.github.com/en/rest/issues/comments
 */
export async function keepComment(options: CommentOptions): Promise<CommentResult> {
  const { HttpClient } = await import('@actions/http-client');
  const client = new HttpClient('kube-api-gate', [], { allowRedirects: false, allowRetries: false, keepAlive: true });
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`GitHub did not answer within ${options.timeoutMs / 1000} s`)),
      options.timeoutMs,
    );
  });
  try {
    return await Promise.race([keep(client, options), deadline]);
  } finally {
    clearTimeout(timer);
    client.dispose();
  }
}

async function keep(client: HttpClient, options: CommentOptions): Promise<CommentResult> {
  const { pullRequest, body } = options;
  const { repositoryAddress, number, marker } = pullRequest;
  const call = caller(client, options.token);
  const own = await find(call, pullRequest);
  if (body === undefined) {
    if (own === undefined) return 'none';
    await call('DELETE', `${repositoryAddress}/issues/comments/${own.id}`);
    return 'removed';
  }
  const text = `${marker}\n${shortened(body)}`;
  if (own === undefined) {
    await call('POST', `${repositoryAddress}/issues/${number}/comments`, { body: text });
    return 'created';
  }
  if (own.body !== text) await call('PATCH', `${repositoryAddress}/issues/comments/${own.id}`, { body: text });
  return 'updated';
}

/** Whole lines, so that no table row or link is cut. */
function shortened(body: string): string {
  if (body.length <= LONGEST_BODY) return body;
  const whole = body.slice(0, body.lastIndexOf('\n', LONGEST_BODY));
  return `${whole}\n\n…and more: see the job's summary.`;
}

type Call = (method: string, address: string, content?: object) => Promise<unknown>;

/** The newest comment that begins with the marker and that this token's owner wrote: anybody can copy a marker. */
async function find(call: Call, { repositoryAddress, number, marker }: PullRequest): Promise<Comment | undefined> {
  let found: Comment | undefined;
  let self: string | undefined;
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const comments = commentsIn(
      await call('GET', `${repositoryAddress}/issues/${number}/comments?per_page=${PAGE_SIZE}&page=${page}`),
    );
    for (const comment of comments) {
      if (!comment.body.startsWith(marker)) continue;
      // The token of a job belongs to a bot, and may not ask who it is.
      self ??= comment.isBot ? '' : await login(call, repositoryAddress);
      if (comment.isBot || comment.author === self) found = comment;
    }
    if (comments.length < PAGE_SIZE) break;
  }
  return found;
}

async function login(call: Call, repositoryAddress: string): Promise<string> {
  try {
    const user = await call('GET', `${repositoryAddress.replace(/\/repos\/.*$/, '')}/user`);
    return isObject(user) && typeof user['login'] === 'string' ? user['login'] : '';
  } catch {
    return '';
  }
}

function commentsIn(answer: unknown): readonly Comment[] {
  if (!Array.isArray(answer)) throw new Error('GitHub answered with something other than a list of comments');
  return answer.filter(isObject).flatMap(({ id, body, user }) => {
    if (typeof id !== 'number' || typeof body !== 'string' || !isObject(user)) return [];
    return [{ id, body, author: String(user['login']), isBot: user['type'] === 'Bot' }];
  });
}

function caller(client: HttpClient, token: string): Call {
  return async (method, address, content) => {
    const response = await client.request(method, address, content === undefined ? null : JSON.stringify(content), {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'x-github-api-version': '2022-11-28',
    });
    const status = response.message.statusCode ?? 0;
    const text = await textOf(response);
    if (status >= 200 && status < 300) return text === '' ? undefined : JSON.parse(text);
    throw new Error(`${method} ${new URL(address).pathname} answered ${status}${said(text)}`);
  };
}

/** http-client's own reader never settles when a connection is cut in a body. */
async function textOf({ message }: HttpClientResponse): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of message) {
    length += (chunk as Buffer).length;
    if (length > MOST_ANSWER_BYTES) throw new Error('GitHub answered with more than 8 MiB');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function said(text: string): string {
  try {
    const answer: unknown = JSON.parse(text);
    return isObject(answer) && typeof answer['message'] === 'string' ? `: ${answer['message']}` : '';
  } catch {
    return '';
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
