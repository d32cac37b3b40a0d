import type { Token, Tokens } from 'marked';

/** Tokens by depth-first walk, tables and lists included. */
export function tokensOf(tokens: readonly Token[]): readonly Token[] {
  return tokens.flatMap((token) => {
    const cells =
      token.type === 'table' ? [...(token as Tokens.Table).header, ...(token as Tokens.Table).rows.flat()] : [];
    const inner = 'tokens' in token && token.tokens !== undefined ? token.tokens : [];
    return [token, ...tokensOf(inner), ...cells.flatMap((cell) => tokensOf(cell.tokens))];
  });
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

function decoded(text: string): string {
  return text.replace(/&(?:#(\d+)|(\w+));/g, (_, number: string | undefined, name: string | undefined) =>
    number === undefined ? (NAMED[name ?? ''] ?? '') : String.fromCodePoint(Number(number)),
  );
}

/** The text that a reader of the rendered page sees. */
export function shownText(tokens: readonly Token[]): string {
  return tokensOf(tokens)
    .map((token) =>
      token.type === 'text' && !('tokens' in token)
        ? decoded(token.raw)
        : token.type === 'codespan'
          ? token.raw.replace(/^`|`$/g, '')
          : '',
    )
    .join('');
}
