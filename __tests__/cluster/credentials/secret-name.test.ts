import { expect, test } from 'vitest';
import { isSecretName, secretArguments } from '../../../src/cluster/credentials/secret-name.ts';

test.each([
  ['AWS_SECRET_ACCESS_KEY', true],
  ['AWS_SESSION_TOKEN', true],
  ['AZURE_CLIENT_SECRET', true],
  ['DB_PASSWORD', true],
  ['API_KEY', true],
  ['client-secret', true],
  ['AWS_ACCESS_KEY_ID', false],
  ['AWS_WEB_IDENTITY_TOKEN_FILE', false],
  ['token-cache-dir', false],
  ['AWS_PROFILE', false],
  ['AWS_REGION', false],
  ['HTTPS_PROXY', false],
])('%s: %s', (name, secret) => {
  expect(isSecretName(name)).toBe(secret);
});

test.each<[string, readonly string[], readonly string[]]>([
  ['what stands behind the flag', ['--client-secret=sesame', '--client-id=x'], ['sesame']],
  ['what follows the flag', ['--client-secret', 'sesame', '--login', 'spn'], ['sesame']],
  ['with one dash too', ['-password', 'sesame'], ['sesame']],
  ['no flag that follows a flag', ['--token', '--verbose'], []],
  ['nothing that follows a command that is named like one', ['eks', 'get-token', '--cluster-name', 'production'], []],
  ['nothing of a file', ['--token-file', '/run/token'], []],
])('secret among arguments is %s', (_, args, wanted) => {
  expect(secretArguments(args)).toEqual(wanted);
});
