/** The comment on a pull request, against a loopback stand-in for GitHub's REST API. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CommentOptions, keepComment } from '../../src/report/comment.ts';

interface Stored {
  readonly id: number;
  body: string;
  readonly user: { readonly login: string; readonly type: string };
}

const BOT = { login: 'github-actions[bot]', type: 'Bot' };
const PERSON = { login: 'mallory', type: 'User' };
const MARKER = '<!-- kube-api-gate Gate gate -->';

let server: Server;
let comments: Stored[];
let requests: string[];
/** Answers in place of the API, where a test wants a fault. */
let fault: ((method: string) => { status: number; body: string } | 'silence' | 'cut' | undefined) | undefined;
let self: { login: string } | undefined;

beforeEach(async () => {
  comments = [];
  requests = [];
  fault = undefined;
  self = undefined;
  server = createServer((request, response) => {
    const { method = '', url = '' } = request;
    requests.push(`${method} ${url}`);
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const json = (status: number, value?: unknown) => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(value === undefined ? undefined : JSON.stringify(value));
      };
      const answer = fault?.(method);
      if (answer === 'silence') return;
      if (answer === 'cut') {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('[');
        response.destroy();
        return;
      }
      if (answer !== undefined) {
        response.writeHead(answer.status);
        response.end(answer.body);
        return;
      }
      if (request.headers.authorization !== 'Bearer token-of-the-job') return json(401, { message: 'Bad credentials' });
      if (url === '/user')
        return self === undefined ? json(403, { message: 'Resource not accessible' }) : json(200, self);
      const [, id] = /^\/repos\/o\/r\/issues\/comments\/(\d+)$/.exec(url) ?? [];
      const stored = comments.find((comment) => comment.id === Number(id));
      if (method === 'GET') {
        const page = Number(/[?&]page=(\d+)/.exec(url)?.[1] ?? 1);
        return json(200, comments.slice((page - 1) * 100, page * 100));
      }
      if (method === 'POST') {
        comments.push({ id: comments.length + 1, body: JSON.parse(body).body, user: BOT });
        return json(201, {});
      }
      if (stored === undefined) return json(404, { message: 'Not Found' });
      if (method === 'PATCH') stored.body = JSON.parse(body).body;
      if (method === 'DELETE') comments = comments.filter((comment) => comment !== stored);
      return method === 'DELETE' ? json(204) : json(200, {});
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function keep(body: string | undefined, more: Partial<CommentOptions> = {}) {
  const { port } = server.address() as AddressInfo;
  const pullRequest = { repositoryAddress: `http://127.0.0.1:${port}/repos/o/r`, number: 7, marker: MARKER };
  return keepComment({ pullRequest, token: 'token-of-the-job', body, timeoutMs: 5_000, ...more });
}

const others = (number: number): Stored[] =>
  Array.from({ length: number }, (_, index) => ({ id: 1000 + index, body: 'looks good', user: PERSON }));

describe('one comment', () => {
  test('is created, updated in place, and removed', async () => {
    expect(await keep('## red')).toBe('created');
    expect(await keep('## still red')).toBe('updated');
    expect(comments.map(({ body }) => body)).toEqual([`${MARKER}\n## still red`]);
    expect(await keep(undefined)).toBe('removed');
    expect(comments).toEqual([]);
  });

  test('that has not changed is not written again', async () => {
    await keep('## red');
    requests = [];
    expect(await keep('## red')).toBe('updated');
    expect(requests).toEqual(['GET /repos/o/r/issues/7/comments?per_page=100&page=1']);
  });

  test('that is not there need not be removed', async () => {
    comments = others(3);
    expect(await keep(undefined)).toBe('none');
    expect(comments).toHaveLength(3);
  });

  test('is found among hundreds of others', async () => {
    comments = [...others(250), { id: 1, body: `${MARKER}\nold`, user: BOT }];
    expect(await keep('new')).toBe('updated');
    expect(comments.filter(({ body }) => body.startsWith(MARKER))).toHaveLength(1);
  });

  test('of another job stays', async () => {
    comments = [{ id: 1, body: '<!-- kube-api-gate Gate other -->\nx', user: BOT }];
    expect(await keep('new')).toBe('created');
    expect(comments).toHaveLength(2);
  });

  test('of a person who copied the marker is not touched', async () => {
    comments = [{ id: 1, body: `${MARKER}\nmine`, user: PERSON }];
    expect(await keep(undefined)).toBe('none');
    expect(await keep('new')).toBe('created');
    expect(comments[0]?.body).toBe(`${MARKER}\nmine`);
  });

  test('of the person whose token this is, is', async () => {
    self = { login: 'mallory' };
    comments = [{ id: 1, body: `${MARKER}\nmine`, user: PERSON }];
    expect(await keep('new')).toBe('updated');
    expect(comments).toHaveLength(1);
  });

  test('that is too long ends after a whole line', async () => {
    const line = `| ${'x'.repeat(96)} |`;
    await keep(Array.from({ length: 2_000 }, () => line).join('\n'));
    const body = comments[0]?.body ?? '';
    expect(body.length).toBeLessThan(65_536);
    expect(body.split('\n').slice(1, -2)).toEqual(
      body
        .split('\n')
        .slice(1, -2)
        .map(() => line),
    );
    expect(body).toMatch(/see the job's summary\.$/);
  });
});

describe('a fault is told in a sentence', () => {
  test.each<[rule: string, answer: ReturnType<NonNullable<typeof fault>>, message: RegExp]>([
    [
      'no permission',
      { status: 403, body: '{"message":"Resource not accessible by integration"}' },
      /^GET \/repos\/o\/r\/issues\/7\/comments answered 403: Resource not accessible by integration$/,
    ],
    ['no such repository', { status: 404, body: '{"message":"Not Found"}' }, /answered 404: Not Found$/],
    ['a gateway', { status: 502, body: '<html>' }, /answered 502$/],
    ['a redirect is not followed with the token', { status: 301, body: '' }, /answered 301$/],
    ['something else than a list', { status: 200, body: '{}' }, /other than a list of comments/],
    ['an answer that does not parse', { status: 200, body: '<html>' }, /JSON/],
    ['a connection cut in the body', 'cut', /aborted|terminated|closed|hang up/i],
  ])('%s', async (_, answer, message) => {
    fault = () => answer;
    await expect(keep('## red')).rejects.toThrow(message);
  });

  test('silence ends at the deadline', async () => {
    fault = () => 'silence';
    await expect(keep('## red', { timeoutMs: 300 })).rejects.toThrow('GitHub did not answer within 0.3 s');
  });

  test('and the token is not part of it', async () => {
    await expect(keep('## red', { token: 'wrong-token' })).rejects.toThrow(/^(?!.*wrong-token).*401: Bad credentials$/);
  });
});
