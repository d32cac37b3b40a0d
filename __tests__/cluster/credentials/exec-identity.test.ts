import { expect, test } from 'vitest';
import type { ExecConfig } from '../../../src/cluster/access.ts';
import { execIdentity } from '../../../src/cluster/credentials/exec-identity.ts';

const config: ExecConfig = {
  apiVersion: 'client.authentication.k8s.io/v1',
  command: 'aws',
  args: [],
  env: [],
  installHint: '',
  provideClusterInfo: false,
  interactiveMode: 'IfAvailable',
};

const identity = (more: Partial<ExecConfig>) => execIdentity({ ...config, ...more });

test('names the command, and nothing of its arguments and variables', () => {
  const more = { command: '/opt/bin/aws', args: ['--token=sesame'], env: [{ name: 'A', value: 'sesame' }] };
  expect(identity(more)).toMatch(/^exec aws [0-9a-f]{64}$/);
});

test.each<[string, Partial<ExecConfig>, boolean]>([
  ['the command', { command: 'gcloud' }, true],
  ['an argument', { args: ['--cluster', 'x'] }, true],
  ['a variable', { env: [{ name: 'AWS_PROFILE', value: 'x' }] }, true],
  ['what a person is told', { installHint: 'x' }, false],
])('depends on %s: %s', (_, more, depends) => {
  expect(identity(more) !== identity({})).toBe(depends);
});

test('does not depend on a secret, which may be another in each run', () => {
  const env = (value: string) => ({ env: [{ name: 'AWS_SESSION_TOKEN', value }] });
  expect(identity(env('one'))).toBe(identity(env('two')));
});
