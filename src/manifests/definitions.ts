import type { GroupVersion } from '../model/group-version.ts';
import { type DocumentNode, fieldOf, TEXT, textUnder, valueUnder, type Wanted } from '../yaml/node.ts';

/** An API that the change itself brings. */
export interface Provided {
  readonly at: number;
  readonly groupVersion: GroupVersion;
  readonly kind?: string;
  readonly resource?: string;
  readonly served: boolean;
}

/** Who hears what a definition brings, and why it brings nothing. */
export interface DefinitionReading {
  readonly provide: (provided: Provided) => void;
  readonly warn: (at: number, message: string) => void;
}

const KEEPING = 'x-kubernetes-preserve-unknown-fields';

/** What is read of the spec of a CustomResourceDefinition. */
export const DEFINITION_SPEC: Readonly<Record<string, Wanted>> = {
  group: TEXT,
  version: TEXT,
  scope: TEXT,
  preserveUnknownFields: TEXT,
  names: { fields: { kind: TEXT, plural: TEXT } },
  versions: {
    items: {
      fields: {
        name: TEXT,
        served: TEXT,
        storage: TEXT,
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
  service: { fields: { name: TEXT, namespace: TEXT } },
};

/**
 * An APIService brings its group-version when it sends requests on to a Service; without one it describes what the API server serves itself. One that the API
 * server refuses brings nothing, and says so.
 * @see kube-aggregator pkg/apis/apiregistration/validation/validation.go ValidateAPIService
 */
export function readApiService(node: DocumentNode, at: number, { provide, warn }: DefinitionReading): void {
  const spec = valueUnder(node, 'spec');
  const version = textUnder(spec, 'version');
  const service = valueUnder(spec, 'service');
  if (version === undefined || service === undefined) return;
  const group = textUnder(spec, 'group') ?? '';
  const fault = faultOfApiService(node, spec, service, `${version}.${group}`);
  if (fault !== undefined) warn(at, `The API server refuses this APIService, so it provides nothing: ${fault}.`);
  else provide({ at, groupVersion: { group, version }, served: true });
}

function faultOfApiService(
  node: DocumentNode,
  spec: DocumentNode | undefined,
  service: DocumentNode,
  wanted: string,
): string | undefined {
  const name = textUnder(valueUnder(node, 'metadata'), 'name');
  if (name !== wanted)
    return `its name must be ${wanted}, and it ${name === undefined ? 'has no name' : `is named ${name}`}`;
  const lacks = ['name', 'namespace'].find((field) => !textUnder(service, field));
  if (lacks !== undefined) return `it has no spec.service.${lacks}`;
  const missing = ['groupPriorityMinimum', 'versionPriority'].find(
    (field) => valueUnder(spec, field)?.kind !== 'number',
  );
  return missing === undefined ? undefined : `it has no spec.${missing}`;
}

/**
 * A CustomResourceDefinition brings each of its versions; one that the API server refuses brings nothing, and says so.
 *
 * @param definition `isOld` for v1beta1, which may name a single version and is checked less by the server
 */
export function readDefinition(
  node: DocumentNode,
  { at, isOld }: { readonly at: number; readonly isOld: boolean },
  { provide, warn }: DefinitionReading,
): void {
  const parts = partsOf(node, at);
  const fault = faultOfNames(parts) ?? (isOld ? undefined : faultOf(parts));
  if (fault !== undefined) {
    warn(fault.at, `The API server refuses this CustomResourceDefinition, so it provides nothing: ${fault.what}.`);
    return;
  }
  const { group = '', kind = '', plural = '', spec, versions } = parts;
  const provideVersion = (version: string, served: boolean, where: number): void =>
    provide({ at: where, groupVersion: { group, version }, kind, resource: plural, served });
  for (const { name, served, nameAt } of versions) if (name !== undefined) provideVersion(name, served, nameAt);
  const only = textUnder(spec, 'version');
  if (versions.length === 0 && only !== undefined) provideVersion(only, true, fieldOf(spec, 'version')?.at ?? at);
}

/** A definition as its rules see it; what is missing or no text is `undefined`. */
interface Parts {
  readonly at: number;
  readonly metadata: DocumentNode | undefined;
  readonly spec: DocumentNode | undefined;
  readonly group: string | undefined;
  readonly kind: string | undefined;
  readonly plural: string | undefined;
  readonly versions: readonly Version[];
}

interface Version {
  readonly at: number;
  readonly name: string | undefined;
  readonly nameAt: number;
  readonly served: boolean;
  readonly stored: boolean;
  /** Of the root of its schema, which is an object too where it keeps whatever comes; `undefined` where there is no schema. */
  readonly schemaType: string | undefined;
}

function partsOf(node: DocumentNode, at: number): Parts {
  const spec = valueUnder(node, 'spec');
  const names = valueUnder(spec, 'names');
  const versions = valueUnder(spec, 'versions');
  return {
    at,
    metadata: valueUnder(node, 'metadata'),
    spec,
    group: textUnder(spec, 'group'),
    kind: textUnder(names, 'kind'),
    plural: textUnder(names, 'plural'),
    versions: versions?.kind === 'sequence' ? versions.items.map(versionOf) : [],
  };
}

function versionOf(node: DocumentNode): Version {
  const schema = valueUnder(valueUnder(node, 'schema'), 'openAPIV3Schema');
  return {
    at: node.at,
    name: textUnder(node, 'name'),
    nameAt: fieldOf(node, 'name')?.at ?? node.at,
    served: isTrue(node, 'served'),
    stored: isTrue(node, 'storage'),
    schemaType:
      schema === undefined ? undefined : textUnder(schema, 'type') || (isTrue(schema, KEEPING) ? 'object' : ''),
  };
}

function isTrue(node: DocumentNode | undefined, name: string): boolean {
  const value = valueUnder(node, name);
  return value?.kind === 'boolean' && value.value;
}

interface Fault {
  readonly at: number;
  readonly what: string;
}

/** What no version of the API has ever let pass. @see apiextensions-apiserver pkg/apis/apiextensions/validation/validation.go ValidateCustomResourceDefinition */
function faultOfNames({ at, metadata, spec, group, kind, plural }: Parts): Fault | undefined {
  if (group === undefined) return { at: fieldOf(spec, 'group')?.at ?? at, what: 'it has no spec.group' };
  if (kind === undefined || plural === undefined) {
    return {
      at: fieldOf(spec, 'names')?.at ?? at,
      what: `it has no spec.names.${kind === undefined ? 'kind' : 'plural'}`,
    };
  }
  const name = textUnder(metadata, 'name');
  if (name === `${plural}.${group}`) return undefined;
  const has = name === undefined ? 'has no name' : `is named ${name}`;
  return { at: fieldOf(metadata, 'name')?.at ?? at, what: `its name must be ${plural}.${group}, and it ${has}` };
}

const LABEL = /^[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
const DOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)+$/;
const COMMUNITY_GROUP = /(?:^|\.)(?:k8s|kubernetes)\.io$/;

/**
 * What v1 refuses, as far as it can be told without reading the schema: the rules that a definition written or cut down by hand breaks.
 * @see the same, and pkg/registry/customresourcedefinition/strategy.go validateAPIApproval
 */
function faultOf({ at, metadata, spec, group = '', kind = '', plural = '', versions }: Parts): Fault | undefined {
  const under = (name: string, what: string): Fault => ({ at: fieldOf(spec, name)?.at ?? at, what });
  if (!DOMAIN.test(group)) return under('group', `${group} is no domain name with a dot in it, as a group must be`);
  for (const name of [plural, kind.toLowerCase()]) {
    if (!LABEL.test(name)) return under('names', `${name} cannot be the name of a kind or resource`);
  }
  const scope = textUnder(spec, 'scope');
  if (scope !== 'Namespaced' && scope !== 'Cluster') {
    return under(
      'scope',
      `its spec.scope must be Namespaced or Cluster${scope === undefined ? '' : `, and is ${scope}`}`,
    );
  }
  if (isTrue(spec, 'preserveUnknownFields')) {
    return under('preserveUnknownFields', 'v1 has no spec.preserveUnknownFields: true');
  }
  return (
    faultOfVersions(versions, under('versions', 'it has no spec.versions')) ??
    (COMMUNITY_GROUP.test(group) && !isApproved(metadata)
      ? under('group', `a group of the Kubernetes project needs the annotation ${APPROVAL}`)
      : undefined)
  );
}

function faultOfVersions(versions: readonly Version[], none: Fault): Fault | undefined {
  if (versions.length === 0) return none;
  const names = new Set<string>();
  for (const { at, nameAt, name, schemaType } of versions) {
    if (name === undefined || !LABEL.test(name)) {
      return {
        at: nameAt,
        what: name === undefined ? 'one of its versions has no name' : `${name} cannot be the name of a version`,
      };
    }
    if (names.has(name)) return { at: nameAt, what: `it has two versions ${name}` };
    names.add(name);
    if (schemaType === undefined) return { at, what: `its version ${name} has no schema.openAPIV3Schema` };
    if (schemaType !== 'object') return { at, what: `the schema of its version ${name} must be of type: object` };
  }
  const stored = versions.filter((version) => version.stored).length;
  return stored === 1
    ? undefined
    : {
        ...none,
        what: `one of its versions must have storage: true, and ${stored === 0 ? 'none has' : `${stored} have`}`,
      };
}

const APPROVAL = 'api-approved.kubernetes.io';

/** @see apiextensions-apiserver pkg/apihelpers/helpers.go GetAPIApprovalState */
function isApproved(metadata: DocumentNode | undefined): boolean {
  const approval = textUnder(valueUnder(metadata, 'annotations'), APPROVAL) ?? '';
  return approval.startsWith('unapproved') || Boolean(URL.parse(approval)?.host);
}
