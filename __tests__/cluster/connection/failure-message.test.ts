import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Failure } from '../../../src/cluster/connection/failure.ts';
import { failureError, failureInShort } from '../../../src/cluster/connection/failure-message.ts';
import { asked, askedFor, askedThroughProxy, samples } from '../../helpers/sample-failures.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../../docs/troubleshooting.md'), 'utf8');
const all: readonly Failure[] = Object.values(samples).flat();

/** The part of the page under a heading, up to the next one. */
function section(heading: string): string {
  return page.split(/^#{2,3} /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
}

describe('docs/troubleshooting.md', () => {
  test.each(all.map((failure) => ({ failure, error: failureError(failure, askedFor(failure)) })))(
    'quotes $error.code: $error.message',
    ({ failure, error }) => {
      expect(section(failure.kind)).toContain(`> ${error.message}\n`);
      expect(section(failure.kind)).toContain(`**What to do.** ${error.hint}\n`);
    },
  );

  test('quotes nothing that the code does not say', () => {
    const said = new Set(all.map((failure) => failureError(failure, askedFor(failure)).message));
    const quoted = Object.keys(samples).flatMap((kind) =>
      [...section(kind).matchAll(/^> (GET .*)$/gm)].map(([, line]) => line),
    );
    expect(quoted.filter((line) => !said.has(line ?? ''))).toEqual([]);
  });

  test('has an anchor for each link', () => {
    const headings = [...page.matchAll(/^#{2,3} (.*)$/gm)].map(([, text = '']) =>
      text.toLowerCase().replaceAll(' ', '-'),
    );
    const links = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor);
    expect(links.filter((anchor) => !headings.includes(anchor ?? ''))).toEqual([]);
  });
});

describe('failureError', () => {
  test.each(all)('$kind says what was asked and what to do', (failure) => {
    const error = failureError(failure, asked);
    expect(error.code).toBe(failure.kind);
    expect(error.message).toMatch(/^GET https:\/\/k8s\.example\.com:6443\/apis: .*\.$/);
    expect(error.hint).toMatch(/\.$/);
    expect(error.message).not.toMatch(/undefined|\[object/);
  });

  test('names the proxy, and how often it was tried', () => {
    const error = failureError({ kind: 'answer-truncated' }, { ...askedThroughProxy, tries: 3 });
    expect(error.message).toBe(
      'GET https://k8s.example.com:6443/apis through the proxy http://proxy.example.com:3128: the answer ended before it was complete (tried 3 times).',
    );
  });

  test.each([
    { kind: 'client-certificate-rejected', outcome: 'denied' },
    { kind: 'client-certificate-invalid', outcome: 'invalid-input' },
    { kind: 'proxy-invalid', outcome: 'invalid-input' },
    { kind: 'timed-out', outcome: 'unreachable' },
  ] as const)('$kind is $outcome', ({ kind, outcome }) => {
    expect(samples[kind].map((failure) => failureError(failure, asked).outcome)).toEqual(
      samples[kind].map(() => outcome),
    );
  });

  test('whatever a server sends, the message is one line of bounded length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), (came) => {
        const { message } = failureError({ kind: 'answer-malformed', came }, asked);
        expect(message).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
        expect(message.length).toBeLessThanOrEqual(1001);
      }),
    );
  });

  test('a certificate for many names lists some of them', () => {
    const names = Array.from({ length: 30 }, (_, index) => `node-${index}`);
    const { message } = failureError({ kind: 'certificate-name-mismatch', name: 'api', names }, asked);
    expect(message).toContain('node-7 and 22 more.');
  });

  test('a certificate without names has none', () => {
    const { message } = failureError({ kind: 'certificate-name-mismatch', name: 'api', names: [] }, asked);
    expect(message).toContain('but for no name at all.');
  });
});

test('in short there is no address', () => {
  expect(failureInShort({ kind: 'connection-reset', phase: 'tls' })).toBe(
    'the connection was cut while performing the TLS handshake',
  );
});
