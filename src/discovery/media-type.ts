/**
 * What is asked for, in the order in which it is liked: both aggregated forms, then the plain documents that every server has.
 *
 * The server compares the parameters of an accepted type in the order g, v, as. Servers 1.26 to 1.29 know v2beta1 only; one that knows neither
 * would answer 406 without the last clause.
 * @see client-go discovery/discovery_client.go AcceptV2, acceptDiscoveryFormats
 * @see apiserver pkg/endpoints/discovery/aggregated/negotiation.go
 */
export const discoveryAccept = [
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
  'application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList',
  'application/json',
].join(',');

/** What is asked for where there is only one form: one group-version's resources, and the server's version. */
export const plainAccept = 'application/json';

/** Form of a document of `/api` or `/apis`. v2 and v2beta1 have the same shape. */
export type DiscoveryFormat = 'aggregated' | 'plain';

/**
 * The form that an answer's Content-Type announces; whatever is not exactly an aggregated type is the plain one.
 *
 * The order of parameters, parameters that a proxy added, and the case of the type and of the parameters' names do not matter; the case of their
 * values does.
 * @see client-go discovery/discovery_client.go ContentTypeIsGVK
 */
export function discoveryFormat(contentType: string): DiscoveryFormat {
  const mediaType = parseMediaType(contentType);
  if (mediaType === undefined || mediaType.type !== 'application/json') return 'plain';
  const { parameters } = mediaType;
  const version = parameters.get('v');
  return parameters.get('g') === 'apidiscovery.k8s.io' &&
    (version === 'v2' || version === 'v2beta1') &&
    parameters.get('as') === 'APIGroupDiscoveryList'
    ? 'aggregated'
    : 'plain';
}

/** Whether an answer announces a page for people. */
export function isHtml(contentType: string): boolean {
  const type = parseMediaType(contentType)?.type;
  return type === 'text/html' || type === 'application/xhtml+xml';
}

interface MediaType {
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const PARAMETER = /;\s*(?:([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))\s*)?/y;

/** A media type with its parameters, names in lower case; undefined when it is malformed or names a parameter twice, as Go's mime package has it. */
function parseMediaType(text: string): MediaType | undefined {
  const end = text.indexOf(';');
  const type = (end === -1 ? text : text.slice(0, end)).trim().toLowerCase();
  const parameters = new Map<string, string>();
  if (end !== -1) {
    PARAMETER.lastIndex = end;
    while (PARAMETER.lastIndex < text.length) {
      const match = PARAMETER.exec(text);
      if (match === null) return undefined;
      const [, name, quoted, bare] = match;
      if (name === undefined) continue;
      const key = name.toLowerCase();
      if (parameters.has(key)) return undefined;
      parameters.set(key, quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '');
    }
  }
  return { type, parameters };
}
