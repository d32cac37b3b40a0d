import { type DocumentNode, textUnder, valueUnder } from '../yaml/node.ts';
import { toPlain } from '../yaml/to-plain.ts';
import { OBJECT_META_TYPES } from './object-meta.ts';
import { InvalidSchema, readSchema, type Schema, type SchemaDocument } from './schema.ts';

/** The schema of one version of a CustomResourceDefinition. */
export interface DefinedVersion {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly document: SchemaDocument;
}

/**
 * What a CustomResourceDefinition says of each of its versions; a version whose schema cannot be read, which the API server would refuse, is left out.
 *
 * It says the same as the document that a cluster publishes of it.
 */
export function schemasOfDefinition(definition: DocumentNode): readonly DefinedVersion[] {
  const spec = valueUnder(definition, 'spec');
  const group = textUnder(spec, 'group');
  const kind = textUnder(valueUnder(spec, 'names'), 'kind');
  const versions = valueUnder(spec, 'versions');
  if (group === undefined || kind === undefined || versions?.kind !== 'sequence') return [];
  return versions.items.flatMap((node) => {
    const version = textUnder(node, 'name');
    const schema = valueUnder(valueUnder(node, 'schema'), 'openAPIV3Schema');
    if (version === undefined || schema === undefined) return [];
    const read = readDefined(schema);
    if (read === undefined) return [];
    const hasStatus = valueUnder(valueUnder(node, 'subresources'), 'status') !== undefined;
    const document: SchemaDocument = {
      origin: 'custom',
      kinds: { [kind]: hasStatus ? { type: kind, hasStatus } : { type: kind } },
      types: { ...OBJECT_META_TYPES, [kind]: read },
    };
    return [{ group, version, kind, document }];
  });
}

function readDefined(node: DocumentNode): Schema | undefined {
  try {
    return readSchema(toPlain(node), 'openAPIV3Schema');
  } catch (thrown) {
    if (thrown instanceof InvalidSchema) return undefined;
    throw thrown;
  }
}
