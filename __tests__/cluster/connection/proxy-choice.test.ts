import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FailureError } from '../../../src/cluster/connection/failure.ts';
import { chooseProxy, parseProxyUrl } from '../../../src/cluster/connection/proxy-choice.ts';

const https = new URL('https://k8s.example.com:6443');
const http = new URL('http://k8s.example.com:8080');

describe('which proxy', () => {
  test.each([
    { name: 'none is set', server: https, variables: {}, shown: undefined },
    { name: 'HTTPS_PROXY is for https', server: https, variables: { HTTPS_PROXY: 'http://p:1' }, shown: 'http://p:1' },
    { name: 'HTTPS_PROXY is not for http', server: http, variables: { HTTPS_PROXY: 'http://p:1' }, shown: undefined },
    { name: 'HTTP_PROXY is for http', server: http, variables: { HTTP_PROXY: 'http://p:1' }, shown: 'http://p:1' },
    { name: 'HTTP_PROXY is not for https', server: https, variables: { HTTP_PROXY: 'http://p:1' }, shown: undefined },
    { name: 'ALL_PROXY is for nothing', server: https, variables: { ALL_PROXY: 'http://p:1' }, shown: undefined },
    { name: 'lower case does', server: https, variables: { https_proxy: 'http://p:1' }, shown: 'http://p:1' },
    {
      name: 'upper case goes first',
      server: https,
      variables: { HTTPS_PROXY: 'http://u:1', https_proxy: 'http://l:1' },
      shown: 'http://u:1',
    },
    {
      name: 'an empty one is none',
      server: https,
      variables: { HTTPS_PROXY: '', https_proxy: 'http://l:1' },
      shown: 'http://l:1',
    },
    {
      name: 'a host and port are http',
      server: https,
      variables: { HTTPS_PROXY: 'p.example:3128' },
      shown: 'http://p.example:3128',
    },
    {
      name: 'a host alone is http',
      server: https,
      variables: { HTTPS_PROXY: 'p.example' },
      shown: 'http://p.example:80',
    },
    { name: 'a SOCKS proxy', server: https, variables: { HTTPS_PROXY: 'socks5://p' }, shown: 'socks5://p:1080' },
    {
      name: 'NO_PROXY names the server',
      server: https,
      variables: { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'example.com' },
      shown: undefined,
    },
    {
      name: 'no_proxy names the server',
      server: https,
      variables: { HTTPS_PROXY: 'http://p:1', no_proxy: '*' },
      shown: undefined,
    },
    {
      name: 'a malformed proxy that is not for the server',
      server: https,
      variables: { HTTPS_PROXY: 'http://', NO_PROXY: '*' },
      shown: undefined,
    },
  ])('$name', ({ server, variables, shown }) => {
    expect(chooseProxy(server, undefined, variables)?.shown).toBe(shown);
  });

  test.each([
    { name: 'other proxies', server: https, variables: { HTTPS_PROXY: 'http://other:1' } },
    { name: 'NO_PROXY', server: https, variables: { NO_PROXY: '*' } },
    { name: 'loopback', server: new URL('https://127.0.0.1'), variables: {} },
  ])('proxy-url wins over $name', ({ server, variables }) => {
    expect(chooseProxy(server, 'https://p', variables)?.shown).toBe('https://p:443');
  });
});

describe('the URL of a proxy', () => {
  test.each([
    { url: 'http://p', is: { kind: 'http', host: 'p', port: 80 } },
    { url: 'https://p', is: { kind: 'https', host: 'p', port: 443 } },
    { url: 'socks5://p', is: { kind: 'socks5', host: 'p', port: 1080 } },
    { url: 'socks5h://p:9050', is: { kind: 'socks5', host: 'p', port: 9050 } },
    { url: 'http://[::1]:3128', is: { kind: 'http', host: '::1', port: 3128, shown: 'http://[::1]:3128' } },
    { url: 'http://us%40er:p%3A%2F@p', is: { username: 'us@er', password: 'p:/', shown: 'http://p:80' } },
    { url: 'http://user@p', is: { username: 'user', password: '' } },
    { url: 'socks5://user:pass@p', is: { username: 'user', password: 'pass', shown: 'socks5://p:1080' } },
  ])('$url', ({ url, is }) => {
    expect(parseProxyUrl(url, 'proxy-url')).toMatchObject(is);
  });

  test.each([
    { url: 'p:3128', came: 'its scheme is p, not http, https or socks5' },
    { url: 'ftp://p', came: 'its scheme is ftp, not http, https or socks5' },
    { url: 'socks4://p', came: 'its scheme is socks4, not http, https or socks5' },
    { url: 'http://', came: 'it is not a URL' },
    { url: 'socks5://', came: 'it names no host' },
    { url: `socks5://${'u'.repeat(256)}@p`, came: 'its user or password is longer than 255 bytes' },
    { url: 'http://p:0', came: 'its port is 0' },
    ...[
      'http://user:pa#ss@p',
      'http://user:12#34@p:3128',
      'https://user:1/2@p',
      'socks5://u:1?2@p',
      'http://u:1\\2@p',
    ].map((url) => ({
      url,
      came: 'its user or password holds a #, /, ? or \\ (write them as %23, %2F, %3F, %5C)',
    })),
    { url: 'http://p:99999', came: 'it is not a URL' },
    { url: 'http://user:s3cret%@p', came: 'its user or password holds a % that encodes nothing (write it as %25)' },
  ])('$url: $came', ({ url, came }) => {
    expect(() => parseProxyUrl(url, 'HTTPS_PROXY')).toThrow(
      expect.objectContaining({ failure: { kind: 'proxy-invalid', from: 'HTTPS_PROXY', came } }),
    );
  });

  test('user and password come back as they were encoded, and are never shown', () => {
    const secret = fc.string({ minLength: 8, unit: 'grapheme' });
    fc.assert(
      fc.property(secret, secret, (username, password) => {
        const proxy = parseProxyUrl(`http://${encodeURIComponent(username)}:${encodeURIComponent(password)}@p:1`, 'x');
        expect(proxy).toMatchObject({ username, password });
        expect(proxy.shown).toBe('http://p:1');
      }),
    );
  });

  test('no text throws anything but a failure', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.webUrl(),
          fc.string().map((text) => `socks5://${text}`),
        ),
        (text) => {
          try {
            return parseProxyUrl(text, 'x').port > 0;
          } catch (error) {
            return error instanceof FailureError && error.failure.kind === 'proxy-invalid';
          }
        },
      ),
    );
  });
});
