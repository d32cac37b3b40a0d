import type { Place, Problem } from '../model/place.ts';
import { documentsOf } from '../yaml/documents.ts';
import { decodeFile } from '../yaml/file-text.ts';
import { lineCounter } from '../yaml/line-counter.ts';
import { type DocumentNode, EVERYTHING } from '../yaml/node.ts';

/** A YAML or JSON document, and where in its file each part is. */
export interface Located {
  /** `undefined` for a file without a value. */
  readonly root: DocumentNode | undefined;
  readonly place: (part: { readonly at: number }) => Place;
}

/** Reads the one document of a file, or says what is wrong with it. Aliases are refused: a list of accepted findings should be readable as it is written. */
export function parseLocated(
  text: string,
  file: string,
):
  | { readonly kind: 'document'; readonly document: Located }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] } {
  const { bytes } = decodeFile(Buffer.from(text));
  const position = lineCounter(bytes);
  const place = ({ at }: { readonly at: number }): Place => ({ kind: 'file', file, ...position(at) });
  const problems: Problem[] = [];
  let read: { readonly root: DocumentNode; readonly offset: number } | undefined;
  for (const document of documentsOf(bytes, EVERYTHING)) {
    if (document.kind === 'unreadable') {
      problems.push({ place: place(document), message: `This is not YAML: ${document.quoting}.` });
      continue;
    }
    if (document.kind === 'dropped' || read !== undefined) {
      const at = document.kind === 'dropped' ? document.at : document.start;
      problems.push({ place: place({ at }), message: 'The file must hold one document; another begins here.' });
      continue;
    }
    const { root, offset, repeatedKeys } = document;
    read = { root, offset };
    for (const at of repeatedKeys) {
      const hint = 'Remove one of the two, because only one of them can count.';
      problems.push({ place: place({ at: at + offset }), message: 'Duplicate key.', hint });
    }
    for (const { at } of aliasesIn(root)) {
      problems.push({
        place: place({ at: at + offset }),
        message: 'An alias (`*name`) cannot be used here; write the value out.',
      });
    }
  }
  if (problems.length > 0) return { kind: 'problems', problems };
  const offset = read?.offset ?? 0;
  return { kind: 'document', document: { root: read?.root, place: ({ at }) => place({ at: at + offset }) } };
}

function aliasesIn(node: DocumentNode): readonly DocumentNode[] {
  switch (node.kind) {
    case 'alias':
      return [node];
    case 'sequence':
      return node.items.flatMap(aliasesIn);
    case 'mapping':
      return node.fields.flatMap(({ key, value }) => [
        ...(key === undefined ? [] : aliasesIn(key)),
        ...aliasesIn(value),
      ]);
    default:
      return [];
  }
}
