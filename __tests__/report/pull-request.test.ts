import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pullRequestOf } from '../../src/report/pull-request.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kube-api-gate-event-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function variables(event: unknown, more: Readonly<Record<string, string>> = {}) {
  const file = join(folder, 'event.json');
  writeFileSync(file, typeof event === 'string' ? event : JSON.stringify(event));
  return {
    GITHUB_API_URL: 'https://api.github.com',
    GITHUB_REPOSITORY: 'octo/shop',
    GITHUB_EVENT_PATH: file,
    GITHUB_WORKFLOW: 'Gate -->',
    GITHUB_JOB: 'gate',
    ...more,
  };
}

test('a pull request is found in the event, with a marker for this job that ends where it should', () => {
  expect(pullRequestOf(variables({ pull_request: { number: 7 } }))).toEqual({
    repositoryAddress: 'https://api.github.com/repos/octo/shop',
    number: 7,
    marker: '<!-- kube-api-gate Gate_-- gate -->'.replace('Gate_--', 'Gate_--_'),
  });
});

test('a server of its own has its API elsewhere', () => {
  const found = pullRequestOf(
    variables({ pull_request: { number: 7 } }, { GITHUB_API_URL: 'https://ghe.example/api/v3/' }),
  );
  expect(found?.repositoryAddress).toBe('https://ghe.example/api/v3/repos/octo/shop');
});

describe('no pull request', () => {
  test.each<[rule: string, event: unknown, variables?: Readonly<Record<string, string>>]>([
    ['a push', { ref: 'refs/heads/main' }],
    ['an event without a number', { pull_request: {} }],
    ['a number that is none', { pull_request: { number: '7/../8' } }],
    ['a negative number', { pull_request: { number: -1 } }],
    ['an event that is null', 'null'],
    ['an event that does not parse', '{'],
    ['a file that is not there', {}, { GITHUB_EVENT_PATH: '/nowhere/event.json' }],
    ['outside of Actions', {}, { GITHUB_API_URL: '' }],
    ['a repository that is no name', { pull_request: { number: 7 } }, { GITHUB_REPOSITORY: '../x' }],
  ])('%s', (_, event, more) => {
    expect(pullRequestOf(variables(event, more))).toBeUndefined();
  });
});
