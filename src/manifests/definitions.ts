import type { DefinedNames, DefinedVersion, Definition, DefinitionFault } from '../model/definition.ts';
import type { GroupVersion } from '../model/group-version.ts';
import type { Place } from '../model/place.ts';
import { type DocumentNode, dereference, fieldOf, TEXT, textUnder, valueUnder, type Wanted } from '../yaml/node.ts';
import { faultOfApiService } from './api-service-faults.ts';
import { faultOfDefinition, faultOfNames } from './crd-faults.ts';
import { type Fault, isTrue } from './definition-rules.ts';

/** Who hears what a definition says, and why it brings nothing. */
export interface DefinitionReading {
  readonly placeAt: (at: number) => Place;
  readonly define: (definition: Definition) => void;
  readonly warn: (at: number, message: string) => void;
}

/** A definition among the manifests: its node, and the `apiVersion` and `kind` that it has. */
export interface DefinitionNode {
  readonly node: DocumentNode;
  readonly at: number;
  readonly groupVersion: GroupVersion;
  readonly kind: string;
}

const KEEPING = 'x-kubernetes-preserve-unknown-fields';

export const NAMES: Wanted = {
  fields: {
    kind: TEXT,
    plural: TEXT,
    singular: TEXT,
    listKind: TEXT,
    shortNames: { items: TEXT },
    categories: { items: TEXT },
  },
};

const SUBRESOURCES: Wanted = {
  fields: {
    status: TEXT,
    scale: { fields: { specReplicasPath: TEXT, statusReplicasPath: TEXT, labelSelectorPath: TEXT } },
  },
};

const COLUMNS: Wanted = { items: { fields: { name: TEXT, type: TEXT, format: TEXT, jsonPath: TEXT } } };

/** What is read of the spec of a CustomResourceDefinition. */
export const DEFINITION_SPEC: Readonly<Record<string, Wanted>> = {
  group: TEXT,
  version: TEXT,
  scope: TEXT,
  preserveUnknownFields: TEXT,
  names: NAMES,
  subresources: SUBRESOURCES,
  conversion: {
    fields: {
      strategy: TEXT,
      webhook: {
        fields: {
          conversionReviewVersions: { items: TEXT },
          clientConfig: {
            fields: { url: TEXT, service: { fields: { name: TEXT, namespace: TEXT, path: TEXT, port: TEXT } } },
          },
        },
      },
    },
  },
  versions: {
    items: {
      fields: {
        name: TEXT,
        served: TEXT,
        storage: TEXT,
        deprecated: TEXT,
        deprecationWarning: TEXT,
        subresources: SUBRESOURCES,
        additionalPrinterColumns: COLUMNS,
        schema: { fields: { openAPIV3Schema: { fields: { type: TEXT, [KEEPING]: TEXT } } } },
      },
    },
  },
};

/** What is read of the spec of an APIService. */
export const API_SERVICE_SPEC: Readonly<Record<string, Wanted>> = {
  group: TEXT,
  version: TEXT,
  groupPriorityMinimum: TEXT,
  versionPriority: TEXT,
  insecureSkipTLSVerify: TEXT,
  caBundle: TEXT,
  service: { fields: { name: TEXT, namespace: TEXT, port: TEXT } },
};

/**
 * An APIService brings its group-version when it sends requests on to a Service; without one it describes what the API server serves itself. One that the API
 * server refuses brings nothing, and says so.
 */
export function readApiService({ node, at, groupVersion }: DefinitionNode, reading: DefinitionReading): void {
  const spec = valueUnder(node, 'spec');
  const version = textUnder(spec, 'version');
  if (version === undefined || valueUnder(spec, 'service') === undefined) return;
  const group = textUnder(spec, 'group') ?? '';
  const fault = faultOfApiService(node, { group, version });
  if (fault !== undefined) {
    reading.warn(fault.at, `The API server refuses this APIService, so it provides nothing: ${fault.what}.`);
  }
  reading.define({
    kind: 'group-version',
    source: 'APIService',
    groupVersion,
    brings: { group, version },
    place: reading.placeAt(at),
    fault: placed(fault, reading),
  });
}

/**
 * A CustomResourceDefinition brings each version that it serves and takes away each that it does not; one that the API server refuses does neither, and says so.
 * Of v1beta1, which may name a single version and is checked less by the server, only the names are checked.
 */
export function readDefinition({ node, at, groupVersion, kind }: DefinitionNode, reading: DefinitionReading): void {
  const isOld = groupVersion.version !== 'v1';
  const fault = faultOfNames(node, at) ?? (isOld ? undefined : faultOfDefinition(node, at));
  if (fault !== undefined) {
    reading.warn(fault.at, `The API server refuses this ${kind}, so it provides nothing: ${fault.what}.`);
  }
  const spec = valueUnder(node, 'spec');
  const scope = textUnder(spec, 'scope');
  reading.define({
    kind: 'kind',
    source: kind,
    groupVersion,
    group: textUnder(spec, 'group') ?? '',
    names: namesUnder(spec, 'names'),
    namespaced: scope === undefined && !isOld ? undefined : scope !== 'Cluster',
    versions: definedVersions(spec, at, reading),
    isWhole: true,
    place: reading.placeAt(at),
    fault: placed(fault, reading),
  });
}

function placed(fault: Fault | undefined, { placeAt }: DefinitionReading): DefinitionFault | undefined {
  return fault && { place: placeAt(fault.at), what: fault.what };
}

/** The names that a definition asks for, with what the API server puts where one is missing. */
export function namesUnder(spec: DocumentNode | undefined, field: string): DefinedNames {
  const names = valueUnder(spec, field);
  const kind = textUnder(names, 'kind') ?? '';
  return {
    kind,
    plural: textUnder(names, 'plural') ?? '',
    singular: textUnder(names, 'singular') || kind.toLowerCase(),
    listKind: textUnder(names, 'listKind') || `${kind}List`,
    shortNames: textsUnder(names, 'shortNames'),
    categories: textsUnder(names, 'categories'),
  };
}

/** The texts of a list; what is no text is left out. */
export function textsUnder(node: DocumentNode | undefined, field: string): readonly string[] {
  return itemsUnder(node, field).flatMap((item) => (item.kind === 'string' ? [item.text] : []));
}

export function itemsUnder(node: DocumentNode | undefined, field: string): readonly DocumentNode[] {
  const list = valueUnder(node, field);
  return list?.kind === 'sequence' ? list.items.map(dereference) : [];
}

/** The versions that a spec lists; of v1beta1 the one it names, where it lists none. */
export function definedVersions(
  spec: DocumentNode | undefined,
  at: number,
  { placeAt }: Pick<DefinitionReading, 'placeAt'>,
): readonly DefinedVersion[] {
  const shared = subresourcesUnder(spec);
  const listed = itemsUnder(spec, 'versions').flatMap((node): readonly DefinedVersion[] => {
    const name = textUnder(node, 'name');
    if (name === undefined) return [];
    const own = subresourcesUnder(node);
    return [
      {
        name,
        served: isTrue(valueUnder(node, 'served')),
        deprecated: isTrue(valueUnder(node, 'deprecated')),
        deprecationWarning: textUnder(node, 'deprecationWarning'),
        subresources: own.length > 0 ? own : shared,
        place: placeAt(fieldOf(node, 'name')?.at ?? node.at),
      },
    ];
  });
  const only = textUnder(spec, 'version');
  if (listed.length > 0 || only === undefined) return listed;
  const place = placeAt(fieldOf(spec, 'version')?.at ?? at);
  return [{ name: only, served: true, deprecated: false, subresources: shared, place }];
}

function subresourcesUnder(node: DocumentNode | undefined): DefinedVersion['subresources'] {
  const subresources = valueUnder(node, 'subresources');
  return (['status', 'scale'] as const).filter((name) => valueUnder(subresources, name) !== undefined);
}
