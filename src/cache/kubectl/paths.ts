import { join, sep } from 'node:path';
import { formatGroupVersion, parseGroupVersion } from '../../model/group-version.ts';

/** Name of the document with all groups, in the folder of a server. */
export const GROUPS_FILE = 'servergroups.json';
const RESOURCES_FILE = 'serverresources.json';

/**
 * The folder of one server in the cache directory, or `undefined` for a server whose name would lead out of it.
 *
 * @param server - as the kubeconfig has it, not normalised.
 * @see k8s.io/cli-runtime pkg/genericclioptions/config_flags.go computeDiscoverCacheDir
 */
export function kubectlServerDirectory(directory: string, server: string): string | undefined {
  const schemeless = configuredHost(server).replace('https://', '').replace('http://', '');
  const root = join(directory, 'discovery');
  const path = join(root, schemeless.replace(/[^(\w/.)]/gu, '_'));
  const trimmed = path.endsWith(sep) ? path.slice(0, -1) : path;
  return trimmed.startsWith(`${root}${sep}`) ? trimmed : undefined;
}

/** Path of a group-version's resources in a server's folder, or `undefined` for a name that is no path segment: names come from the network. */
export function resourcesFile(groupVersion: string): string | undefined {
  const parsed = parseGroupVersion(groupVersion);
  if (parsed === undefined || formatGroupVersion(parsed) !== groupVersion || !isSegment(parsed.version))
    return undefined;
  if (parsed.group !== '' && !isSegment(parsed.group)) return undefined;
  return join(parsed.group, parsed.version, RESOURCES_FILE);
}

function isSegment(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,252}$/.test(name);
}

/**
 * The host as client-go keeps it: with a path, the URL is parsed and written again without query and fragment.
 * @see client-go tools/clientcmd/client_config.go ClientConfig
 */
function configuredHost(server: string): string {
  const [, scheme, authority, path] = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/?]*)(\/[^?]+)(?:\?.*)?$/.exec(server) ?? [];
  if (scheme === undefined || authority === undefined || path === undefined) return server;
  const written = path.replace(/[^A-Za-z0-9\-._~!'()*$&+,/:;=@[\]%]/gu, (character) => encodeURIComponent(character));
  return `${scheme.toLowerCase()}://${authority}${written}`;
}

/**
 * The URL of a request as kubectl makes it, which is what its HTTP cache goes by: every discovery request carries client-go's own time limit.
 * @see client-go discovery/discovery_client.go defaultTimeout
 */
export function requestUrl(server: string, path: string): string {
  return `${configuredHost(server).replace(/\/+$/, '')}${path}?timeout=32s`;
}
