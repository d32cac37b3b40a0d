import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseKubeconfig, recogniseInput } from '../../../src/cluster/kubeconfig/text.ts';
import { GateError } from '../../../src/model/errors.ts';
import { gateErrorOf, wordsOf } from '../../helpers/gate-error.ts';

const yaml = 'apiVersion: v1\nkind: Config\nusers: [{name: u, user: {token: sesame}}]\n';
const place = { kind: 'input', input: 'kubeconfig' } as const;

describe('the input is', () => {
  test.each([
    ['a path', '/home/ci/config', 'path'],
    ['a path with blanks around it', '  ci/config \n', 'path'],
    ['a path of one word', 'kubeconfig', 'path'],
    ['a path on Windows', 'C:\\Users\\ci\\config', 'path'],
    ['content of several lines', yaml, 'content'],
    ['content of one line', 'apiVersion: v1', 'content'],
    ['content that begins with another field', 'current-context: x', 'content'],
    ['content in JSON', '{"apiVersion": "v1"}', 'content'],
    ['content that begins with a comment', '# from terraform', 'content'],
    ['content that begins with a document mark', '---', 'content'],
  ])('%s', (_, text, kind) => {
    expect(recogniseInput(text).kind).toBe(kind);
  });
});

describe('parsing', () => {
  test.each([
    [
      'a byte order mark',
      `\uFEFF${yaml}`,
      { apiVersion: 'v1', kind: 'Config', users: [{ name: 'u', user: { token: 'sesame' } }] },
    ],
    ['Windows line ends', 'a: 1\r\nb: 2\r\n', { a: 1, b: 2 }],
    ['merge keys', 'x: &x {a: 1}\ny: {<<: *x}', { x: { a: 1 }, y: { a: 1 } }],
    ['the first of several documents', 'a: 1\n---\na: 2', { a: 1 }],
    ['the last of equal keys', 'a: 1\na: 2', { a: 2 }],
    ['nothing', '', undefined],
    ['comments only', '# nothing\n', null],
    ['words of YAML 1.1 as text', 'a: yes', { a: 'yes' }],
  ])('takes %s', async (_, text, wanted) => {
    expect((await parseKubeconfig(text, place)) ?? null).toEqual(wanted ?? null);
  });

  test.each([
    ['an alias that is named like a secret', 'a: 1\ntoken: *sesame', 2],
    ['a tag', 'a: !!sesame x', 1],
    ['a bracket that is left open', 'a: 1\nb: {token: sesame', 2],
    ['a quote that is left open', 'token: "sesame', 1],
    ['a tab for indentation', 'a:\n\t- sesame', 2],
    ['an escape that there is not', 'token: "\\sesame"', 1],
  ])('says where, and nothing of the content: %s', async (_, text, line) => {
    const error = await gateErrorOf(() => parseKubeconfig(text, place));
    expect(error).toMatchObject({
      outcome: 'invalid-input',
      code: 'kubeconfig-yaml',
      problems: [{ place: { ...place, line } }],
    });
    expect(error.message).toMatch(new RegExp(`^kubeconfig:${line} is not YAML: .`));
    expect(wordsOf(error)).not.toContain('sesame');
    expect(error.cause).toBeUndefined();
  });

  test('no text throws anything but a GateError', async () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[-\s\w:[\]{}&*!|>'"%@`#,?]{0,60}$/));
    await fc.assert(
      fc.asyncProperty(text, async (given) => {
        try {
          await parseKubeconfig(given, place);
        } catch (error) {
          expect(error).toBeInstanceOf(GateError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
