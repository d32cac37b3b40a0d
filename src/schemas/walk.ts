import type { FieldFault } from '../model/field-fault.ts';
import type { DocumentNode } from '../yaml/node.ts';
import { builtInValue } from './built-in-rules.ts';
import { customObject } from './custom-rules.ts';
import { pathText, type Walking, type WalkOptions } from './walking.ts';

export type { WalkOptions } from './walking.ts';

export interface Walk {
  /** At most `most`. */
  readonly faults: readonly FieldFault[];
  /** How many more there are. */
  readonly more: number;
  /** Values and keys that do not fit as they are, but that a later step fills in, `${NAME}` or `{{ .Values.name }}`: not judged. */
  readonly placeholders: number;
  /** Whether a key is one of a strategic merge patch: then this is no whole object, and `faults` says nothing. */
  readonly isPatch: boolean;
  /** Patterns that cannot be compiled. */
  readonly badPatterns: ReadonlySet<string>;
}

/** More than a person reads of one object. */
export const MOST_FAULTS = 50;

/** @see apimachinery pkg/util/strategicpatch/patch.go */
const PATCH_KEY = /^\$(?:patch|retainKeys|setElementOrder\/.*|deleteFromPrimitiveList\/.*)$/;

/**
 * Holds one object to its schema, as the API server does when it decodes and validates it.
 *
 * What takes more than the object and its schema is not looked at: CEL rules, composition, names, admission, and fields behind a feature gate.
 */
export function walkObject(root: DocumentNode, options: WalkOptions): Walk {
  const certain: FieldFault[] = [];
  const doubtful: FieldFault[] = [];
  let more = 0;
  let isPatch = false;
  const { document, kind, most = MOST_FAULTS } = options;
  const walking: Walking = {
    ...options,
    types: document.types,
    path: [],
    leads: [],
    badPatterns: new Set(),
    counts: { placeholders: 0 },
    report(fault) {
      if (fault.lacking !== undefined && PATCH_KEY.test(fault.lacking.property)) isPatch = true;
      const kept = fault.isDoubtful === true ? doubtful : certain;
      if (kept.length >= most) more += 1;
      else kept.push({ near: [], isDoubtful: false, path: pathText(walking.path), ...fault });
    },
  };
  const known = Object.hasOwn(document.kinds, kind) ? document.kinds[kind] : undefined;
  const schema = known === undefined ? undefined : document.types[known.type];
  if (known !== undefined && schema !== undefined) {
    if (document.origin === 'custom') customObject(root, schema, known.hasStatus === true, walking);
    else builtInValue(root, { $ref: known.type }, walking);
  }
  // A doubt must not take the place of what is certain.
  const faults = [...certain, ...doubtful].slice(0, most);
  more += certain.length + doubtful.length - faults.length;
  const { counts, badPatterns } = walking;
  return { faults, more, placeholders: counts.placeholders, isPatch, badPatterns };
}
