import type { Schema } from './schema.ts';

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1';

/** The name of the type of `metadata`, as OpenAPI has it. */
export const OBJECT_META = `${META}.ObjectMeta`;

const TEXT: Schema = { type: 'string' };
const TIME: Schema = { format: 'time' };
const TEXTS: Schema = { type: 'object', additionalProperties: TEXT };

/**
 * The types of `metadata`, for a CustomResourceDefinition that no cluster has published yet: they have been the same since 1.24.
 * @see apimachinery pkg/apis/meta/v1/types.go ObjectMeta
 */
export const OBJECT_META_TYPES: Readonly<Record<string, Schema>> = {
  [OBJECT_META]: {
    type: 'object',
    properties: {
      annotations: TEXTS,
      creationTimestamp: TIME,
      deletionGracePeriodSeconds: { type: 'integer', format: 'int64' },
      deletionTimestamp: TIME,
      finalizers: { type: 'array', items: TEXT },
      generateName: TEXT,
      generation: { type: 'integer', format: 'int64' },
      labels: TEXTS,
      managedFields: { type: 'array', items: { $ref: `${META}.ManagedFieldsEntry` } },
      name: TEXT,
      namespace: TEXT,
      ownerReferences: { type: 'array', items: { $ref: `${META}.OwnerReference` } },
      resourceVersion: TEXT,
      selfLink: TEXT,
      uid: TEXT,
    },
  },
  [`${META}.ManagedFieldsEntry`]: {
    type: 'object',
    properties: {
      apiVersion: TEXT,
      fieldsType: TEXT,
      fieldsV1: {},
      manager: TEXT,
      operation: TEXT,
      subresource: TEXT,
      time: TIME,
    },
  },
  [`${META}.OwnerReference`]: {
    type: 'object',
    properties: {
      apiVersion: TEXT,
      blockOwnerDeletion: { type: 'boolean' },
      controller: { type: 'boolean' },
      kind: TEXT,
      name: TEXT,
      uid: TEXT,
    },
  },
};
