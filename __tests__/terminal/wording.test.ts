import { describe, expect, test } from 'vitest';
import { OPTION_WORDS } from '../../src/terminal/wording.ts';

const { text, hint, input } = OPTION_WORDS;

test.each([
  ['an input by its name', 'Give `cache-ttl`.', 'Give `--cache-ttl`.'],
  ['an input with its value', 'Set `cache: only`.', 'Set `--cache only`.'],
  ['the word input before it', 'The input `kubeconfig` names no file', 'The option `--kubeconfig` names no file'],
  [
    'the same within a sentence',
    'Set the input `kubeconfig` or `server`.',
    'Set the option `--kubeconfig` or `--server`.',
  ],
  [
    'what is no input stays',
    'It has no context `prod`; see `kubectl get`.',
    'It has no context `prod`; see `kubectl get`.',
  ],
  ['what only begins like an input stays', '`kubeconfig.yaml`', '`kubeconfig.yaml`'],
])('messages name options: %s', (_, given, expected) => {
  expect(text(given)).toBe(expected);
});

describe('hints', () => {
  test.each([
    [
      'what only helps in a job goes',
      'Set the input `kubeconfig` or `server`. An input that comes from a secret is empty where the workflow cannot read the secret, as in pull requests from forks.',
      'Set the option `--kubeconfig` or `--server`.',
    ],
    ['a hint that is all about jobs stays', 'Store the token in the secret.', 'Store the token in the secret.'],
    ['a workflow to copy goes', 'Seed the cache.\n\non:\n  schedule:\njobs:\n  seed: {}\n', 'Seed the cache.'],
    ['a command to copy stays', 'Run this.\n\nkubectl get nodes', 'Run this.\n\nkubectl get nodes'],
  ])('%s', (_, given, expected) => {
    expect(hint(given)).toBe(expected);
  });
});

test.each([
  ['require', '--require'],
  ['server-version', '--server-version'],
  ['deploy', 'deploy'],
])('the place %s is %s', (given, expected) => {
  expect(input(given)).toBe(expected);
});
