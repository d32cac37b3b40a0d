import { expect, test } from 'vitest';
import { isUserinfoCut, passwordsIn } from '../../src/cluster/proxy-url.ts';

test.each([
  ['http://user:pa#ss@proxy:3128', true],
  ['http://user:12#34@proxy:3128', true],
  ['http://user:pa/ss@proxy:3128', true],
  ['http://user:pa?ss@proxy:3128', true],
  ['http://user:pa\\ss@proxy:3128', true],
  ['http://us/er:pass@proxy:3128', true],
  ['socks5://user:1#2@proxy', true],
  ['http://user:pass@proxy:3128', false],
  ['http://user:pa@ss@proxy:3128', false],
  ['http://user:pa%23ss@proxy:3128', false],
  ['http://proxy:3128/', false],
  ['http://proxy:3128/path?a=b#c', false],
  ['proxy:3128', false],
  ['', false],
])('%s: %s', (url, cut) => {
  expect(isUserinfoCut(url)).toBe(cut);
});

test.each([
  ['http://user:pass@proxy:3128', ['pass']],
  ['http://user:pa%40ss@proxy', ['pa%40ss', 'pa@ss']],
  ['http://user:pa#ss@proxy', ['pa#ss']],
  ['http://user:pa/ss:word@proxy', ['pa/ss:word']],
  ['http://user:pa@ss@proxy', ['pa@ss']],
  ['user:pass@proxy', ['pass']],
  ['http://user:50%@proxy', ['50%']],
  ['http://user:pass@[::1', ['pass']],
  ['http://user@proxy', []],
  ['http://user:@proxy', []],
  ['http://proxy:3128', []],
  ['', []],
])('the passwords in %s are %j', (url, passwords) => {
  expect(passwordsIn(url)).toEqual(passwords);
});
