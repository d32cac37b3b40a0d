import type { FieldFault, TypeField } from '../model/field-fault.ts';
import type { Release } from '../model/release.ts';
import { type DocumentNode, dereference, type FieldNode, fieldsOf, type MappingNode } from '../yaml/node.ts';
import type { PatternMatch } from './patterns.ts';
import type { Schema, SchemaDocument } from './schema.ts';

export interface WalkOptions {
  readonly document: SchemaDocument;
  readonly kind: string;
  /** Of the server, as far as it is known: some rules came later. */
  readonly release?: Release | undefined;
  readonly patternMatch?: PatternMatch | undefined;
  /** Whether no value may be told, as of a Secret. */
  readonly hidesValues: boolean;
  /** How many faults to tell of; absent: `MOST_FAULTS`. */
  readonly most?: number | undefined;
  /** Called for every field of a built-in type that the object has and the cluster knows. */
  readonly onField?: ((field: TypeField, at: number, path: () => string) => void) | undefined;
}

/** What the rules share while one object is walked. */
export interface Walking extends WalkOptions {
  readonly types: SchemaDocument['types'];
  /** Whether fields within a value of the wrong type are told of too: where nothing is said of the type, as in a status that is dropped. */
  readonly tellsPruned?: boolean | undefined;
  /** Keys and indices from the object's root to where the walk is. */
  readonly path: (string | number)[];
  /** The fields of built-in types that lead there, each as the type's name and its own: maps and lists have none. */
  readonly leads: string[];
  readonly badPatterns: Set<string>;
  readonly counts: { placeholders: number };
  report(fault: Omit<FieldFault, 'path' | 'near' | 'isDoubtful'> & Partial<FieldFault>): void;
}

/** `spec.containers[0].name`, as the server writes it. @see sigs.k8s.io/json field path of strict errors */
export function pathText(path: readonly (string | number)[]): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else text += text === '' ? part : `.${part}`;
  }
  return text;
}

/** The path of a field of the value at which the walk is. */
export function pathTo(walking: Walking, field: string): string {
  return pathText([...walking.path, field]);
}

/** A field of a built-in type, and which field leads to the type. */
export function typeField({ leads }: Walking, component: string, property: string): TypeField {
  const [leading, field] = leads.slice(-2);
  if (leading === undefined || field === undefined) return { component, property };
  return { component, property, parent: { component: leading, property: field } };
}

/** The fields that count, each name once. */
export function countingFields(mapping: MappingNode): readonly FieldNode[] {
  const { fields } = mapping;
  if (fields.length > FEW)
    return new Set(fields.map(({ name }) => name)).size === fields.length && !fields.some(({ merges }) => merges)
      ? fields
      : fieldsOf(mapping);
  for (let index = 0; index < fields.length; index += 1) {
    const field = fields[index];
    if (field?.merges === true) return fieldsOf(mapping);
    for (let before = 0; before < index; before += 1) {
      if (fields[before]?.name === field?.name) return fieldsOf(mapping);
    }
  }
  return fields;
}

/** Of so many names each is compared with each faster than they are put into a set. */
const FEW = 12;

/** What templates put where a value is to come. */
const PLACEHOLDER = /\$\{|\{\{|<%/;

/** Whether a text is still to be filled in by a later step. */
export function hasPlaceholder(text: string): boolean {
  return PLACEHOLDER.test(text);
}

/** For a value that is still to be filled in: what would be reported of it is counted, as nobody knows yet. */
export function withoutReport(walking: Walking): Walking {
  return {
    ...walking,
    report: () => {
      walking.counts.placeholders += 1;
    },
  };
}

/** A value's type, for messages: `this is text`. */
export function described(node: DocumentNode): string {
  const value = dereference(node);
  switch (value.kind) {
    case 'string':
      return 'text';
    case 'sequence':
      return 'a list';
    case 'null':
      return 'null';
    case 'boolean':
      return 'true or false';
    default:
      return `a ${value.kind}`;
  }
}

/** The schema behind a reference, with the name of its type. */
export function resolved(
  schema: Schema,
  walking: Walking,
): { readonly schema: Schema; readonly type?: string | undefined } {
  if (schema.$ref === undefined) return { schema };
  return { schema: walking.types[schema.$ref] ?? {}, type: schema.$ref };
}
