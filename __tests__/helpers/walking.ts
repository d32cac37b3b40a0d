import type { FieldFault } from '../../src/model/field-fault.ts';
import { parseRelease } from '../../src/model/release.ts';
import { OBJECT_META_TYPES } from '../../src/schemas/object-meta.ts';
import { loadPatterns } from '../../src/schemas/patterns.ts';
import { readSchema, type SchemaDocument, type SchemaOrigin } from '../../src/schemas/schema.ts';
import { type Walk, type WalkOptions, walkObject } from '../../src/schemas/walk.ts';
import { documentsOf } from '../../src/yaml/documents.ts';
import { type DocumentNode, EVERYTHING } from '../../src/yaml/node.ts';

/** The root of the one document that a text holds. */
export function rootOf(yaml: string): DocumentNode {
  const [document] = documentsOf(Buffer.from(yaml), EVERYTHING);
  if (document?.kind !== 'object') throw new Error(`not a document: ${yaml}`);
  return document.root;
}

/** A document with one kind, Thing, of which `spec` has the given schema. */
export function documentOf(spec: object, origin: SchemaOrigin = 'custom', hasStatus = false): SchemaDocument {
  const type = readSchema({ type: 'object', properties: { spec, status: spec } }, 'type');
  return {
    origin,
    kinds: { Thing: hasStatus ? { type: 'Thing', hasStatus } : { type: 'Thing' } },
    types: { ...OBJECT_META_TYPES, Thing: type },
  };
}

const patternMatch = await loadPatterns();

/** Walks `spec: <value>` along a schema, by the rules of 1.37. */
export function walkSpec(
  spec: object,
  value: string,
  options: Partial<WalkOptions> & { origin?: SchemaOrigin } = {},
): Walk {
  const { origin = 'custom', ...others } = options;
  return walkObject(rootOf(`spec: ${value}\n`), {
    document: documentOf(spec, origin),
    kind: 'Thing',
    release: parseRelease('1.37'),
    patternMatch,
    hidesValues: false,
    ...others,
  });
}

/** Each fault as `path: rule says`. */
export function told(faults: readonly FieldFault[]): readonly string[] {
  return faults.map(({ path, rule, says }) => `${path}: ${rule}${says === '' ? '' : ` ${says}`}`);
}
