import { type DocumentNode, dereference, fieldOf, textUnder, valueUnder } from '../yaml/node.ts';
import { DOMAIN, type Fault, isPort, isTrue, LABEL } from './definition-rules.ts';

const KEEPING = 'x-kubernetes-preserve-unknown-fields';

/** What no version of the API has ever let pass. @see apiextensions-apiserver pkg/apis/apiextensions/validation/validation.go ValidateCustomResourceDefinition */
export function faultOfNames(node: DocumentNode, at: number): Fault | undefined {
  const spec = valueUnder(node, 'spec');
  const names = valueUnder(spec, 'names');
  const [group, kind, plural] = [textUnder(spec, 'group'), textUnder(names, 'kind'), textUnder(names, 'plural')];
  if (!group) return { at: fieldOf(spec, 'group')?.at ?? at, what: 'it has no spec.group' };
  if (!kind || !plural) {
    return { at: fieldOf(spec, 'names')?.at ?? at, what: `it has no spec.names.${kind ? 'plural' : 'kind'}` };
  }
  const metadata = valueUnder(node, 'metadata');
  const name = textUnder(metadata, 'name');
  if (name === `${plural}.${group}`) return undefined;
  const has = name === undefined ? 'has no name' : `is named ${name}`;
  return { at: fieldOf(metadata, 'name')?.at ?? at, what: `its name must be ${plural}.${group}, and it ${has}` };
}

const COMMUNITY_GROUP = /(?:^|\.)(?:k8s|kubernetes)\.io$/;

/**
 * What v1 refuses, as far as it can be told without reading the schema below its root: the rules that a definition written or cut down by hand breaks.
 * @see the same, and pkg/registry/customresourcedefinition/strategy.go validateAPIApproval
 */
export function faultOfDefinition(node: DocumentNode, at: number): Fault | undefined {
  const spec = valueUnder(node, 'spec');
  const under = (name: string, what: string): Fault => ({ at: fieldOf(spec, name)?.at ?? at, what });
  const group = textUnder(spec, 'group') ?? '';
  if (!DOMAIN.test(group) || !group.includes('.')) {
    return under('group', `${group} is not a domain name with a dot, as a group must be`);
  }
  const scope = textUnder(spec, 'scope');
  if (scope !== 'Namespaced' && scope !== 'Cluster') {
    return under(
      'scope',
      `its spec.scope must be Namespaced or Cluster${scope === undefined ? '' : `, and is ${scope}`}`,
    );
  }
  if (isTrue(valueUnder(spec, 'preserveUnknownFields'))) {
    return under('preserveUnknownFields', 'v1 has no spec.preserveUnknownFields: true');
  }
  return (
    faultAmongNames(valueUnder(spec, 'names')) ??
    faultOfVersions(valueUnder(spec, 'versions'), under('versions', 'it has no spec.versions')) ??
    faultOfConversion(valueUnder(spec, 'conversion')) ??
    (COMMUNITY_GROUP.test(group) && !isApproved(valueUnder(node, 'metadata'))
      ? under('group', `a group of the Kubernetes project needs the annotation ${APPROVAL}`)
      : undefined)
  );
}

/** @see the same, ValidateCustomResourceDefinitionNames; names that are not given follow from the kind */
function faultAmongNames(names: DocumentNode | undefined): Fault | undefined {
  const at = names?.at ?? 0;
  const kind = textUnder(names, 'kind') ?? '';
  for (const field of ['plural', 'singular', 'kind', 'listKind'] as const) {
    const value = valueUnder(names, field);
    if (value !== undefined && value.kind !== 'string')
      return { at: value.at, what: `its spec.names.${field} must be text` };
    const given = value?.text;
    const text = given || (field === 'listKind' ? `${kind}List` : kind);
    const name = field === 'kind' || field === 'listKind' || !given ? text.toLowerCase() : text;
    if (!LABEL.test(name)) return { at: value?.at ?? at, what: `${name} cannot be the name of a kind or resource` };
    if (field === 'listKind' && text === kind)
      return { at: value?.at ?? at, what: 'its spec.names.listKind is its kind' };
  }
  for (const field of ['shortNames', 'categories'] as const) {
    const list = valueUnder(names, field);
    if (list === undefined) continue;
    if (list.kind !== 'sequence') return { at: list.at, what: `its spec.names.${field} must be a list` };
    for (const item of list.items.map(dereference)) {
      const text = item.kind === 'string' ? item.text : '';
      if (LABEL.test(text)) continue;
      const what = field === 'shortNames' ? 'short name' : 'category';
      return { at: item.at, what: `${text === '' ? 'an empty text' : text} cannot be a ${what}` };
    }
  }
  return undefined;
}

const BOOLEANS = ['served', 'storage', 'deprecated'] as const;

function faultOfVersions(list: DocumentNode | undefined, none: Fault): Fault | undefined {
  const versions = list?.kind === 'sequence' ? list.items.map(dereference) : [];
  if (versions.length === 0) return none;
  const names = new Set<string>();
  for (const version of versions) {
    const nameAt = fieldOf(version, 'name')?.at ?? version.at;
    const name = textUnder(version, 'name');
    if (name === undefined || !LABEL.test(name)) {
      return {
        at: nameAt,
        what: name === undefined ? 'one of its versions has no name' : `${name} cannot be the name of a version`,
      };
    }
    if (names.has(name)) return { at: nameAt, what: `it has two versions ${name}` };
    names.add(name);
    const fault = faultOfVersion(version, name);
    if (fault !== undefined) return fault;
  }
  const stored = versions.filter((version) => isTrue(valueUnder(version, 'storage'))).length;
  return stored === 1
    ? undefined
    : {
        ...none,
        what: `one of its versions must have storage: true, and ${stored === 0 ? 'none has' : `${stored} have`}`,
      };
}

function faultOfVersion(version: DocumentNode, name: string): Fault | undefined {
  for (const field of BOOLEANS) {
    const value = valueUnder(version, field);
    if (value !== undefined && value.kind !== 'boolean') {
      return { at: value.at, what: `${field} of its version ${name} must be true or false` };
    }
  }
  const schema = valueUnder(valueUnder(version, 'schema'), 'openAPIV3Schema');
  if (schema === undefined) return { at: version.at, what: `its version ${name} has no schema.openAPIV3Schema` };
  // A root that keeps whatever comes is an object, whether it says so or not.
  const type = textUnder(schema, 'type') || (isTrue(valueUnder(schema, KEEPING)) ? 'object' : '');
  if (type !== 'object') return { at: version.at, what: `the schema of its version ${name} must be of type: object` };
  return (
    faultOfWarning(version, name) ??
    faultOfScale(valueUnder(valueUnder(version, 'subresources'), 'scale'), name) ??
    faultOfColumns(valueUnder(version, 'additionalPrinterColumns'), name)
  );
}

const LONGEST_WARNING = 256;
/** What Go calls printable: letters, marks, numbers, punctuation, symbols, and of all white space the blank. */
const UNPRINTABLE = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/u;

function faultOfWarning(version: DocumentNode, name: string): Fault | undefined {
  const warning = valueUnder(version, 'deprecationWarning');
  if (warning === undefined) return undefined;
  const fault = (what: string): Fault => ({
    at: warning.at,
    what: `the deprecationWarning of its version ${name} ${what}`,
  });
  if (warning.kind !== 'string') return fault('must be text');
  if (!isTrue(valueUnder(version, 'deprecated'))) return fault('needs deprecated: true beside it');
  if (warning.text === '') return fault('is empty');
  if (Buffer.byteLength(warning.text) > LONGEST_WARNING) return fault(`is longer than ${LONGEST_WARNING} bytes`);
  return UNPRINTABLE.test(warning.text) ? fault('holds a character that cannot be printed') : undefined;
}

/** @see the same, ValidateCustomResourceDefinitionSubresources */
function faultOfScale(scale: DocumentNode | undefined, name: string): Fault | undefined {
  if (scale === undefined) return undefined;
  const paths = {
    specReplicasPath: ['.spec.'],
    statusReplicasPath: ['.status.'],
    labelSelectorPath: ['.spec.', '.status.'],
  };
  for (const [field, beginnings] of Object.entries(paths)) {
    const path = textUnder(scale, field) ?? '';
    if (path === '' && field === 'labelSelectorPath') continue;
    if (beginnings.some((beginning) => path.startsWith(beginning))) continue;
    return {
      at: valueUnder(scale, field)?.at ?? scale.at,
      what: `${field} of the scale of its version ${name} must begin with ${beginnings.join(' or ')}`,
    };
  }
  return undefined;
}

const COLUMN_TYPES = ['integer', 'number', 'string', 'boolean', 'date'];
const COLUMN_FORMATS = ['int32', 'int64', 'float', 'double', 'byte', 'date', 'date-time', 'password'];

/** @see the same, ValidateCustomResourceColumnDefinition */
function faultOfColumns(columns: DocumentNode | undefined, version: string): Fault | undefined {
  if (columns?.kind !== 'sequence') return undefined;
  for (const column of columns.items.map(dereference)) {
    const fault = (what: string): Fault => ({
      at: column.at,
      what: `a printer column of its version ${version} ${what}`,
    });
    if (!textUnder(column, 'name')) return fault('has no name');
    if (!COLUMN_TYPES.includes(textUnder(column, 'type') ?? ''))
      return fault(`needs a type: ${COLUMN_TYPES.join(', ')}`);
    const format = textUnder(column, 'format');
    if (format && !COLUMN_FORMATS.includes(format)) return fault(`has the format ${format}`);
    if (!textUnder(column, 'jsonPath')?.startsWith('.')) return fault('needs a jsonPath that begins with a dot');
  }
  return undefined;
}

/** @see the same, validateCustomResourceConversion */
function faultOfConversion(conversion: DocumentNode | undefined): Fault | undefined {
  if (conversion === undefined) return undefined;
  const strategy = textUnder(conversion, 'strategy');
  const webhook = valueUnder(conversion, 'webhook');
  const client = valueUnder(webhook, 'clientConfig');
  const versions = valueUnder(webhook, 'conversionReviewVersions');
  const fault = (what: string, at = conversion.at): Fault => ({ at, what });
  if (strategy === 'None') {
    const extra = client ?? (versions?.kind === 'sequence' && versions.items.length > 0 ? versions : undefined);
    return extra && fault('its spec.conversion has a webhook, which the strategy None does not use', extra.at);
  }
  if (strategy !== 'Webhook') return fault('its spec.conversion.strategy must be None or Webhook');
  if (client === undefined) return fault('it has no spec.conversion.webhook.clientConfig');
  const [url, service] = [valueUnder(client, 'url'), valueUnder(client, 'service')];
  if ((url === undefined) === (service === undefined)) {
    return fault('its spec.conversion.webhook.clientConfig needs either a url or a service', client.at);
  }
  if (url !== undefined && !isWebhookUrl(textUnder(client, 'url') ?? '')) {
    return fault(
      'the url of its conversion webhook must be https://host/path, without user, query and fragment',
      url.at,
    );
  }
  const lacks = service && ['name', 'namespace'].find((field) => !textUnder(service, field));
  if (lacks !== undefined) return fault(`the service of its conversion webhook has no ${lacks}`, service?.at);
  const port = valueUnder(service, 'port');
  if (port !== undefined && !isPort(port)) {
    return fault('the port of its conversion webhook must be from 1 to 65535', port.at);
  }
  const names = versions?.kind === 'sequence' ? versions.items.map(dereference) : [];
  const texts = names.map((item) => (item.kind === 'string' ? item.text : ''));
  if (!texts.some((text) => text === 'v1' || text === 'v1beta1')) {
    return fault('its conversionReviewVersions must include v1 or v1beta1', versions?.at);
  }
  if (new Set(texts).size < texts.length || !texts.every((text) => LABEL.test(text))) {
    return fault('its conversionReviewVersions must be different names of versions', versions?.at);
  }
  return undefined;
}

function isWebhookUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && url.protocol === 'https:' && url.host !== '' && url.username === '' && !/[?#]./.test(text);
}

const APPROVAL = 'api-approved.kubernetes.io';

/** @see apiextensions-apiserver pkg/apihelpers/helpers.go GetAPIApprovalState */
function isApproved(metadata: DocumentNode | undefined): boolean {
  const approval = textUnder(valueUnder(metadata, 'annotations'), APPROVAL) ?? '';
  return approval.startsWith('unapproved') || Boolean(URL.parse(approval)?.host);
}
