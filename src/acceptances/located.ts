import type { Place, Problem } from '../model/place.ts';

/** A YAML or JSON document in which every value knows where it stands. */
export type Located =
  | { readonly kind: 'scalar'; readonly place: Place; readonly value: unknown; readonly tagged: boolean }
  | { readonly kind: 'list'; readonly place: Place; readonly items: readonly Located[] }
  | { readonly kind: 'map'; readonly place: Place; readonly entries: readonly LocatedEntry[] };

export interface LocatedEntry {
  readonly key: string;
  readonly place: Place;
  readonly value: Located;
}

export type Parsed =
  | { readonly kind: 'document'; readonly root: Located | undefined }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

/** Deeper nesting than these files ever have; recursion stops here. */
const DEEPEST = 20;

/** Reads one YAML document, JSON included. Aliases are refused: a list of accepted findings should read as it stands. */
export async function parseLocated(text: string, file: string): Promise<Parsed> {
  const { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } = await import('yaml');
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problems: Problem[] = [];
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { kind: 'file', file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const locate = (node: unknown, place: Place, depth: number): Located => {
    const none: Located = { kind: 'scalar', place, value: null, tagged: false };
    if (depth > DEEPEST) {
      problems.push({ place, message: 'This is nested too deeply.' });
      return none;
    }
    if (isScalar(node)) {
      return { kind: 'scalar', place, value: node.value, tagged: node.tag?.startsWith('!') === true };
    }
    if (isSeq(node)) {
      return { kind: 'list', place, items: node.items.map((item) => locate(item, start(item, place), depth + 1)) };
    }
    if (isMap(node)) {
      return {
        kind: 'map',
        place,
        entries: node.items.map(({ key, value }) => {
          const keyPlace = start(key, place);
          return {
            key: isScalar(key) ? String(key.value) : '',
            place: keyPlace,
            value: locate(value, start(value, keyPlace), depth + 1),
          };
        }),
      };
    }
    if (isAlias(node)) problems.push({ place, message: 'An alias (`*name`) cannot stand here; write the value out.' });
    return none;
  };
  const start = (node: unknown, otherwise: Place): Place => {
    const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined;
    return Array.isArray(range) && typeof range[0] === 'number' ? at(range[0]) : otherwise;
  };
  if (document.errors.length > 0) {
    return {
      kind: 'problems',
      problems: document.errors.map(({ pos, message }) => ({
        place: at(pos[0]),
        message: `This is not YAML: ${message}.`,
      })),
    };
  }
  const root = document.contents === null ? undefined : locate(document.contents, start(document.contents, at(0)), 0);
  return problems.length > 0 ? { kind: 'problems', problems } : { kind: 'document', root };
}
