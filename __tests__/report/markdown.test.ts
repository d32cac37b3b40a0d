import fc from 'fast-check';
import { lexer, type Tokens } from 'marked';
import { describe, expect, test } from 'vitest';
import { code, link, plain, prose, requirementCode } from '../../src/report/markdown.ts';
import { shownText, tokensOf } from '../helpers/markdown-tokens.ts';

function table(cell: string): Tokens.Table {
  const [token] = lexer(`| a | b |\n| --- | --- |\n| ${cell} | end |\n`);
  if (token?.type !== 'table') throw new Error(`no table: ${token?.type}`);
  return token as Tokens.Table;
}

const NASTY = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        '<script>',
        '</details>',
        '|',
        '\\',
        '\\|',
        '`',
        '``',
        '\n',
        '\n\n',
        '[x](https://evil.example)',
        '![x](y)',
        'https://evil.example',
        'www.evil.example',
        '<!--',
        '-->',
        '&lt;',
        '&#60;',
        '*',
        '**',
        '_',
        '~~',
        '$x$',
        '# ',
        '- ',
        '1. ',
        '@everyone',
        'a@b.example',
        '::error::x',
        ' ',
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
);

function normal(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

describe.each([
  ['plain', plain, ['paragraph', 'text']],
  ['code', code, ['paragraph', 'text', 'codespan', 'html']],
  ['requirementCode', requirementCode, ['paragraph', 'text', 'codespan', 'html']],
  ['prose', prose, ['paragraph', 'text', 'codespan', 'html', 'br']],
] as const)('%s of any text', (_, render, allowed) => {
  test('stays one cell of a table', () => {
    fc.assert(
      fc.property(NASTY, (text) => {
        const { rows } = table(render(text));
        expect(rows.map((row) => row.length)).toEqual([2]);
        expect(rows[0]?.[1]?.text).toBe('end');
      }),
    );
  });

  test('is nothing but text: no link, no image, no emphasis, no foreign element', () => {
    fc.assert(
      fc.property(NASTY, (text) => {
        const tokens = tokensOf(
          table(render(text))
            .rows.flat()
            .flatMap(({ tokens: inner }) => inner),
        );
        expect(tokens.filter(({ type }) => !(allowed as readonly string[]).includes(type))).toEqual([]);
        const elements = tokens.filter(({ type }) => type === 'html').map(({ raw }) => raw);
        expect(elements.filter((raw) => !['<code>', '</code>', '<br>'].includes(raw))).toEqual([]);
      }),
    );
  });
});

test('plain shows the text itself, wherever in a page it stands', () => {
  fc.assert(
    fc.property(NASTY, (text) => {
      expect(normal(shownText(table(plain(text)).rows[0]?.[0]?.tokens ?? []))).toBe(normal(text));
      const paragraph = lexer(`${plain(text)}\n`);
      expect(paragraph.map(({ type }) => type)).toEqual(plain(text) === '' ? ['space'] : ['paragraph']);
    }),
  );
});

test('code shows the text itself', () => {
  fc.assert(
    fc.property(NASTY, (text) => {
      expect(normal(shownText(table(code(text)).rows[0]?.[0]?.tokens ?? []))).toBe(normal(text));
    }),
  );
});

describe('what a reader of the source sees', () => {
  test.each([
    ['code of a requirement', code('policy/v1beta1/PodDisruptionBudget'), '`policy/v1beta1/PodDisruptionBudget`'],
    [
      'code with alternatives, which would split a cell',
      code('policy/v1 | policy/v1beta1'),
      '<code>policy/v1 &#124; policy/v1beta1</code>',
    ],
    [
      'a requirement with alternatives',
      requirementCode('policy/v1 | policy/v1beta1'),
      '`policy/v1` or `policy/v1beta1`',
    ],
    ['code of nothing', code(' '), ''],
    ['prose with code in it', prose('use `policy/v1`, <soon>'), 'use `policy/v1`, &#60;soon&#62;'],
    ['prose of two lines', prose('one\n\ntwo'), 'one<br>two'],
    ['an address that is no link', plain('https://evil.example'), 'https&#58;//evil.example'],
    ['a sentence', plain('2 of 7 requirements are not met.'), '2 of 7 requirements are not met.'],
  ])('%s', (_, shown, expected) => {
    expect(shown).toBe(expected);
  });
});

describe('link', () => {
  test.each([
    [
      'an https address',
      'https://github.com/o/r/blob/abc/a%20b.yaml#L3',
      '[x](https://github.com/o/r/blob/abc/a%20b.yaml#L3)',
    ],
    ['no address', undefined, 'x'],
    ['a script', 'javascript:alert(1)', 'x'],
    ['an address that would end the link', 'https://a.example/) evil', 'x'],
  ])('%s', (_, address, expected) => {
    expect(link('x', address)).toBe(expected);
  });
});
