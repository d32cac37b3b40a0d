import { describe, expect, test } from 'vitest';
import { secretsIn, withoutTokens } from '../../../src/cluster/credentials/plugin-words.ts';

const TOKEN = 'k8s-aws-v1.aHR0cHM6Ly9z';

describe('the words of an output that may be secret', () => {
  test.each([
    ['a bare token', TOKEN, [TOKEN]],
    ['JSON with words before it', `INFO: signing in\n{"status":{"token":"${TOKEN}"}}`, [TOKEN]],
    ['JSON that is cut', `{"status":{"token":"${TOKEN}`, [TOKEN]],
    ['another field', `{"status":{"accessToken":"${TOKEN}"}}`, [TOKEN]],
    ['a variable', `TOKEN=${TOKEN}`, [TOKEN]],
    ['YAML', `status:\n  token: ${TOKEN}\n`, [TOKEN]],
    ['a short password', 'hunter2-x', ['hunter2-x']],
    ['plain words', 'Credentials were refreshed.', []],
    [
      'what every ExecCredential holds',
      '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","expirationTimestamp":""}',
      [],
    ],
    ['nothing', '', []],
  ])('%s', (_rule, output, secrets) => {
    expect(secretsIn(output)).toEqual(expect.arrayContaining(secrets));
    if (secrets.length === 0) expect(secretsIn(output)).toEqual([]);
  });
});

describe('a line without tokens', () => {
  test.each([
    ['a token', `token: ${TOKEN}`, 'token: ***'],
    ['a token in quotes', `got "${TOKEN}" from there`, 'got "***" from there'],
    ['a token behind an equals sign', `access_token=${TOKEN}`, 'access_token=***'],
    ['a JWT', 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln', '***'],
    ['hex', 'using 68756e7465723221aa', 'using ***'],
    ['a path', 'no such file /home/runner/work/repo1/config', 'no such file /home/runner/work/repo1/config'],
    ['a URL', 'GET https://sts.eu-west-1.amazonaws.com/x1: 403', 'GET https://sts.eu-west-1.amazonaws.com/x1: 403'],
    [
      'a host',
      'lookup ABC123.gr7.us-east-1.eks.amazonaws.com:443 failed',
      'lookup ABC123.gr7.us-east-1.eks.amazonaws.com:443 failed',
    ],
    ['long words', 'unrecoverable misconfiguration', 'unrecoverable misconfiguration'],
    ['an option', 'unknown option --cluster-name-2024x', 'unknown option --cluster-name-2024x'],
    ['a time', 'at 2026-01-01', 'at 2026-01-01'],
  ])('%s', (_rule, line, clean) => {
    expect(withoutTokens(line)).toBe(clean);
  });
});
