import { expect, test } from 'vitest';
import { isSecretName } from '../../src/target/kubeconfig-secret-name.ts';

test.each([
  ['AWS_SECRET_ACCESS_KEY', true],
  ['AWS_ACCESS_KEY', true],
  ['AWS_SESSION_TOKEN', true],
  ['AZURE_CLIENT_SECRET', true],
  ['DB_PASSWORD', true],
  ['API_KEY', true],
  ['GOOGLE_APPLICATION_CREDENTIALS', true],
  ['AWS_PROFILE', false],
  ['AWS_REGION', false],
  ['HTTPS_PROXY', false],
  ['KUBECACHEDIR', false],
])('%s: %s', (name, secret) => {
  expect(isSecretName(name)).toBe(secret);
});
