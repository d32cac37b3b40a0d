/** Asks a real API server for everything that discovery can say. */
import type { ControlPlane } from './control-plane.ts';
import { staleApiService, staleGroupVersion, widgetDefinition } from './extra-apis.ts';
import { ask, bearer } from './https.ts';
import { type Answer, type Format, mediaTypes, type Recording, type Refusals } from './recording.ts';

const aggregatedFormats = ['v2', 'v2beta1'] as const satisfies readonly Format[];
/** Those that differ from server to server and from day to day stay out. */
const keptHeaders = ['content-type', 'etag', 'vary', 'cache-control', 'x-content-type-options'] as const;

/** Records a control plane to which the extra APIs were added, as its administrator. */
export async function takeRecording(controlPlane: ControlPlane): Promise<Recording> {
  const token = controlPlane.tokens['admin'];
  const fetch = async (path: string, accept: string, identity = token, method = 'GET') =>
    await answer(controlPlane, path, { accept, ...bearer(identity) }, method);
  const documents: Recording['documents'][number][] = [];
  for (const path of ['/api', '/apis']) {
    documents.push({ path, format: 'plain', answer: await fetch(path, mediaTypes.plain) });
    for (const format of aggregatedFormats) {
      const given = await fetch(path, mediaTypes[format]);
      if (given.status === 200) documents.push({ path, format, answer: given });
    }
  }
  const version = await fetch('/version', mediaTypes.plain);
  documents.push({ path: '/version', format: 'plain', answer: version });
  for (const path of groupVersionPaths(documents)) {
    documents.push({ path, format: 'plain', answer: await fetch(path, mediaTypes.plain) });
  }
  const refusals: Refusals = {
    unauthorized: await fetch('/api', mediaTypes.plain, 'not-a-token'),
    forbidden: await answer(controlPlane, '/api', { accept: mediaTypes.plain }),
    methodNotAllowed: await fetch('/api', mediaTypes.plain, token, 'POST'),
    notAcceptable: await fetch('/apis/apps/v1', mediaTypes.v2),
    noSuchMediaType: await fetch('/apis/apps/v1', 'text/html'),
    versionNotAcceptable: await fetch('/version', 'text/html'),
    groupVersionNotFound: await fetch('/apis/apps/v0', mediaTypes.plain),
    pathNotFound: await fetch('/apis/nowhere.example.com/v1', mediaTypes.plain),
  };
  const { gitVersion } = JSON.parse(version.body) as { readonly gitVersion: string };
  return {
    kubernetes: gitVersion,
    documents,
    refusals,
    delegatedGroups: [widgetDefinition.spec.group, staleApiService.spec.group],
  };
}

/** Paths of all listed group-versions, and of the one that is not served. */
function groupVersionPaths(documents: Recording['documents']): readonly string[] {
  const plainList = documents.find(({ path, format }) => path === '/apis' && format === 'plain')?.answer.body ?? '';
  const { groups } = JSON.parse(plainList) as {
    readonly groups: readonly { readonly versions: readonly { readonly groupVersion: string }[] }[];
  };
  const listed = groups.flatMap(({ versions }) => versions.map(({ groupVersion }) => groupVersion));
  if (!listed.includes(staleGroupVersion)) throw new Error(`/apis does not list ${staleGroupVersion}`);
  return ['/api/v1', ...listed.map((groupVersion) => `/apis/${groupVersion}`)];
}

async function answer(
  { server, caPem }: ControlPlane,
  path: string,
  headers: Readonly<Record<string, string>>,
  method = 'GET',
): Promise<Answer> {
  const given = await ask(`${server}${path}`, { caPem, headers, method });
  const kept = keptHeaders.flatMap((name) => {
    const value = given.headers[name];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  return { status: given.status, headers: Object.fromEntries(kept), body: withoutOwnAddress(given.body) };
}

/** The server tells its own address, the only thing in discovery that is new each time. */
export function withoutOwnAddress(body: string): string {
  return body.replace(/("serverAddress": *)"[^"]*"/g, '$1"127.0.0.1:6443"');
}
