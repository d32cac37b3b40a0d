import { type DocumentNode, dereference } from './node.ts';
import { Unreadable } from './unreadable.ts';

const FEW = 400_000;
const MANY = 4_000_000;
/** As without aliases, of which each is a level of its own here. */
const DEEPEST = 2_000;

/** How much of what is read may come from aliases: nearly all of a small document, a tenth of a huge one. */
function allowedShare(read: number): number {
  if (read <= FEW) return 0.99;
  if (read >= MANY) return 0.1;
  return 0.99 - 0.89 * ((read - FEW) / (MANY - FEW));
}

/**
 * Follows all aliases as kubectl's decoder does, and gives up where it does: a small file can otherwise stand for gigabytes.
 *
 * @throws Unreadable
 * @see go.yaml.in/yaml/v2 decode.go
 */
export function refuseExcessiveAliases(root: DocumentNode): void {
  let read = 1;
  let readThroughAliases = 0;
  let depth = 0;
  let level = 0;
  const open = new Set<DocumentNode>();
  /** The alias in the text itself that is being followed. */
  let outermost = root;

  const visit = (node: DocumentNode): void => {
    read += 1;
    level += 1;
    if (level > DEEPEST) throw new Unreadable(outermost.at, `the text is nested more than ${DEEPEST} levels deep`);
    if (depth > 0) readThroughAliases += 1;
    if (readThroughAliases > 100 && read > 1000 && readThroughAliases / read > allowedShare(read)) {
      throw new Unreadable(outermost.at, 'aliases expand this document out of proportion');
    }
    switch (node.kind) {
      case 'alias':
        if (open.has(node)) throw new Unreadable(node.at, 'the value of an anchor contains an alias of itself');
        open.add(node);
        if (depth === 0) outermost = node;
        depth += 1;
        visit(node.target);
        depth -= 1;
        open.delete(node);
        break;
      case 'mapping':
        for (const field of node.fields) {
          if (field.merges) {
            if (field.value.kind === 'sequence') field.value.items.toReversed().forEach(visit);
            else visit(field.value);
          } else {
            visit(field.key ?? field.value);
            visit(field.value);
          }
        }
        break;
      case 'sequence':
        node.items.forEach(visit);
        break;
    }
    level -= 1;
  };
  visit(root);
}

/** Whether a mapping can be merged from this: a mapping, an alias of one, or a list of these. */
export function isMergeable(node: DocumentNode): boolean {
  if (node.kind === 'sequence')
    return node.items.every((item) => item.kind !== 'sequence' && dereference(item).kind === 'mapping');
  return dereference(node).kind === 'mapping';
}
