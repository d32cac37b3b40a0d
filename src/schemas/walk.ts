import type { FieldFault } from '../model/field-fault.ts';
import type { DocumentNode } from '../yaml/node.ts';
import { builtInValue } from './built-in-rules.ts';
import { customObject } from './custom-rules.ts';
import { pathText, type Walking, type WalkOptions } from './walking.ts';

export type { WalkOptions } from './walking.ts';

export interface Walk {
  /** At most `MOST_FAULTS`. */
  readonly faults: readonly FieldFault[];
  /** How many more there are. */
  readonly more: number;
  /** Values that a later step fills in, `${NAME}` or `{{ .Values.name }}`: not judged. */
  readonly placeholders: number;
  /** Patterns that cannot be compiled. */
  readonly badPatterns: ReadonlySet<string>;
}

/** More than a person reads of one object. */
export const MOST_FAULTS = 50;

/**
 * Holds one object to its schema, as the API server does when it decodes and validates it.
 *
 * What takes more than the object and its schema is not looked at: CEL rules, composition, names, admission, and fields behind a feature gate.
 */
export function walkObject(root: DocumentNode, options: WalkOptions): Walk {
  const faults: FieldFault[] = [];
  let more = 0;
  const { document, kind } = options;
  const walking: Walking = {
    ...options,
    types: document.types,
    path: [],
    badPatterns: new Set(),
    placeholders: 0,
    report(fault) {
      if (faults.length >= MOST_FAULTS) more += 1;
      else faults.push({ near: [], isDoubtful: false, path: pathText(walking.path), ...fault });
    },
  };
  const known = Object.hasOwn(document.kinds, kind) ? document.kinds[kind] : undefined;
  const schema = known === undefined ? undefined : document.types[known.type];
  if (known !== undefined && schema !== undefined) {
    if (document.origin === 'custom') customObject(root, schema, known.hasStatus === true, walking);
    else builtInValue(root, { $ref: known.type }, walking);
  }
  return { faults, more, placeholders: walking.placeholders, badPatterns: walking.badPatterns };
}
