import { X509Certificate } from 'node:crypto';
import { getCACertificates } from 'node:tls';
import { expect, test } from 'vitest';
import { machineRoots } from '../../../src/cluster/connection/tls-roots.ts';

test("a machine's roots are Node's and the system's, each once", () => {
  const roots = machineRoots();
  expect(roots.length).toBeGreaterThan(100);
  expect(new Set(roots).size).toBe(roots.length);
  for (const root of getCACertificates('system')) expect(roots).toContain(root);
  expect(new X509Certificate(roots[0] ?? '').ca).toBe(true);
});
