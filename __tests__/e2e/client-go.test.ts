/** Our discovery and the DiscoveryClient of client-go 0.37, asked the same of the same table of odd answers. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { enginePath } from '../../engines/paths.ts';
import { discover, serverGroups } from '../../src/discovery/discover.ts';
import type { APIGroup, APIResourceList } from '../../src/model/api-objects.ts';
import { formatGroupVersion, parseGroupVersion } from '../../src/model/group-version.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { systemClock } from '../../src/system/system.ts';
import { run } from '../helpers/processes.ts';
import {
  aggregated,
  aggregatedV2,
  aggregatedV2beta1,
  apiGroups,
  apiVersions,
  connectionTo,
  forbidden,
  group,
  resource,
  resourceList,
  type Script,
  serveScript,
  status,
  version137,
} from '../helpers/scripted-api.ts';

/** What one of the two makes of a script: groups with their versions, `*` on the preferred one; resources; what failed. */
type View = {
  readonly groups: readonly string[] | 'error';
  readonly resources: Readonly<Record<string, readonly string[]>> | 'error';
  readonly failed: readonly string[];
};

type Row = {
  readonly rule: string;
  readonly script: Script;
  /** Where we differ on purpose: why, and what client-go has instead. */
  readonly deliberate?: { readonly why: string; readonly clientGo: Partial<View>; readonly ours: Partial<View> };
};

const stale = (version: string, resources: readonly unknown[] = []) => ({ version, freshness: 'Stale', resources });
const deploymentKind = { group: 'apps', version: 'v1', kind: 'Deployment' };
const scaleKind = { group: 'autoscaling', version: 'v1', kind: 'Scale' };
const deployments = resource('deployments', 'Deployment', {
  responseKind: deploymentKind,
  shortNames: ['deploy'],
  categories: ['all'],
  subresources: [
    { subresource: 'scale', responseKind: scaleKind, acceptedTypes: [scaleKind], verbs: ['get', 'patch'] },
    { subresource: 'status', responseKind: deploymentKind, verbs: null },
  ],
});
const core = aggregated([group('', { version: 'v1', resources: [resource('pods', 'Pod')] })]);
const apps = group('apps', { version: 'v1', freshness: 'Current', resources: [deployments] });
const both = { '/api': core, '/apis': aggregated([group('zoo', 'v2', 'v1'), apps]) };
const plainCore = { '/api': apiVersions('v1'), '/api/v1': resourceList('v1', ['pods', 'Pod'], ['pods/log', 'Pod']) };
const plain = {
  ...plainCore,
  '/apis': apiGroups(['zoo', 'v2', 'v1'], ['apps', 'v1']),
  '/apis/zoo/v2': resourceList('zoo/v2'),
  '/apis/zoo/v1': resourceList('zoo/v1', ['lions', 'Lion']),
  '/apis/apps/v1': resourceList('apps/v1', ['deployments', 'Deployment']),
};
const away = { status: 503, contentType: 'text/plain', body: 'service unavailable' };
const withApis = (...items: readonly unknown[]): Script => ({ '/api': core, '/apis': aggregated(items) });
const ofContentType = (contentType: string): Script => ({ ...both, '/apis': { ...both['/apis'], contentType } });

const emptySuccess = 'an answer that is not the expected document must not read as an empty cluster';
const olderForm = 'the older form of ServerGroups is the one to follow: it tolerates 403 and 404 on both endpoints';
const gapsInstead = 'what could not be asked is a gap, not an error that hides what could';

const rows: readonly Row[] = [
  { rule: 'both aggregated', script: both },
  { rule: 'both plain', script: plain },
  { rule: 'aggregated core, plain rest', script: { ...plain, '/api': core } },
  { rule: 'plain core, aggregated rest', script: { ...plain, '/apis': both['/apis'] } },
  { rule: 'a stale version', script: withApis(group('zoo', stale('v2'), 'v1')) },
  {
    rule: 'a stale version that still holds resources',
    script: withApis(group('zoo', stale('v2', [deployments]), 'v1')),
  },
  { rule: 'all versions stale', script: withApis(group('zoo', stale('v2'), stale('v1')), apps) },
  {
    rule: 'all versions of all groups stale',
    script: { '/api': aggregated([group('', stale('v1'))]), '/apis': aggregated([group('zoo', stale('v1'))]) },
    deliberate: {
      why: 'without a single list client-go takes the answer for a plain one and forgets what was stale',
      clientGo: { failed: [] },
      ours: { failed: ['v1', 'zoo/v1'] },
    },
  },
  {
    rule: 'freshness in another case is not stale',
    script: withApis(group('zoo', { version: 'v1', freshness: 'stale' })),
  },
  {
    rule: 'stale beside a plain endpoint',
    script: { ...plain, '/apis': aggregated([group('zoo', stale('v2'), 'v1'), apps]) },
    deliberate: {
      why: 'client-go asks for the resources anew and forgets what was stale',
      clientGo: { failed: [] },
      ours: { failed: ['zoo/v2'] },
    },
  },
  { rule: 'no versions', script: withApis(group('zoo')) },
  { rule: 'a version without resources', script: withApis(group('zoo', { version: 'v1' })) },
  {
    rule: 'null in place of lists',
    script: withApis(
      { metadata: { name: 'zoo' }, versions: null },
      group('apps', { version: 'v1', resources: [{ ...(deployments as object), verbs: null, subresources: null }] }),
    ),
  },
  {
    rule: 'no items',
    script: { '/api': core, '/apis': { contentType: aggregatedV2, body: { kind: 'APIGroupDiscoveryList' } } },
  },
  {
    rule: 'a parent without a kind lends to its subresources',
    script: withApis(group('apps', { version: 'v1', resources: [{ ...(deployments as object), responseKind: null }] })),
  },
  {
    rule: 'a parent with an empty kind',
    script: withApis(group('apps', { version: 'v1', resources: [{ ...(deployments as object), responseKind: {} }] })),
  },
  {
    rule: 'a subresource without a kind',
    script: withApis(
      group('apps', {
        version: 'v1',
        resources: [
          resource('deployments', 'Deployment', {
            responseKind: deploymentKind,
            subresources: [
              { subresource: 'a', responseKind: null },
              { subresource: 'b', responseKind: { group: '', version: '', kind: '' } },
              { subresource: 'c' },
            ],
          }),
        ],
      }),
    ),
  },
  {
    rule: 'cluster scope, and scopes that are none',
    script: withApis(
      group('apps', {
        version: 'v1',
        resources: ['Cluster', 'namespaced', ''].map((scope, index) =>
          resource(`r${index}`, 'Deployment', { responseKind: deploymentKind, scope }),
        ),
      }),
    ),
  },
  {
    rule: 'fields that nobody knows',
    script: withApis({ ...(apps as object), colour: 'red', metadata: { name: 'apps', labels: { a: 'b' } } }),
  },
  { rule: 'a group called __proto__', script: withApis(group('__proto__', 'constructor')) },
  {
    rule: 'a core version beside v1',
    script: { '/api': aggregated([group('', 'v2', 'v1')]), '/apis': aggregated([]) },
  },
  { rule: 'no core group in an aggregated list', script: { '/api': aggregated([]), '/apis': aggregated([apps]) } },
  {
    rule: 'a Content-Type in another order',
    script: ofContentType('application/json; as=APIGroupDiscoveryList; v=v2; g=apidiscovery.k8s.io'),
  },
  { rule: 'a Content-Type with a charset', script: ofContentType(`${aggregatedV2}; charset=utf-8`) },
  {
    rule: 'a Content-Type in capitals',
    script: ofContentType('APPLICATION/JSON; G=apidiscovery.k8s.io; V=v2; AS=APIGroupDiscoveryList'),
  },
  {
    rule: 'a Content-Type with quoted values',
    script: ofContentType('application/json; g="apidiscovery.k8s.io"; v="v2"; as="APIGroupDiscoveryList"'),
  },
  { rule: 'a plain group-version whose backend is away', script: { ...plain, '/apis/zoo/v2': away } },
  { rule: 'a plain group-version that is not found', script: { ...plain, '/apis/zoo/v2': { status: 404 } } },
  { rule: 'a plain group-version that is forbidden', script: { ...plain, '/apis/zoo/v2': forbidden('/apis/zoo/v2') } },
  { rule: 'a plain group-version with an empty body', script: { ...plain, '/apis/zoo/v2': { body: '' } } },
  {
    rule: 'a plain group-version that answers a Status with 200',
    script: { ...plain, '/apis/zoo/v2': { body: status(500, 'InternalError', 'no').body } },
  },
  {
    rule: 'a plain group-version cut off',
    script: { ...plain, '/apis/zoo/v2': { body: '{"kind":"APIResourceList","resources":[{' } },
  },
  {
    rule: 'what a plain list prefers need not come first',
    script: {
      ...plain,
      '/apis': {
        body: {
          kind: 'APIGroupList',
          apiVersion: 'v1',
          groups: [
            {
              name: 'zoo',
              versions: [
                { groupVersion: 'zoo/v2', version: 'v2' },
                { groupVersion: 'zoo/v1', version: 'v1' },
              ],
              preferredVersion: { groupVersion: 'zoo/v1', version: 'v1' },
            },
          ],
        },
      },
    },
  },
  { rule: 'null in plain lists', script: { ...plainCore, '/apis': { body: { kind: 'APIGroupList', groups: null } } } },
  {
    rule: '/api fails',
    script: { ...both, '/api': status(500, 'InternalError', 'etcd') },
    deliberate: {
      why: gapsInstead,
      clientGo: { resources: 'error' },
      ours: { resources: { 'zoo/v2': [], 'zoo/v1': [], 'apps/v1': expect.any(Array) } },
    },
  },
  {
    rule: '/apis fails',
    script: { ...both, '/apis': away },
    deliberate: { why: gapsInstead, clientGo: { resources: 'error' }, ours: { resources: { v1: expect.any(Array) } } },
  },
  { rule: 'both fail', script: { '/api': away, '/apis': away } },
  {
    rule: 'credentials that are not accepted',
    script: { ...both, '/apis': status(401, 'Unauthorized', 'Unauthorized') },
  },
  {
    rule: '/apis cut off',
    script: { ...both, '/apis': { contentType: aggregatedV2, body: '{"kind":"APIGroupDiscoveryList","items":[' } },
    deliberate: { why: gapsInstead, clientGo: { resources: 'error' }, ours: { resources: { v1: expect.any(Array) } } },
  },
  {
    rule: 'a wrong type in a document',
    script: withApis({ metadata: { name: 'zoo' }, versions: [{ version: 1 }] }),
    deliberate: { why: gapsInstead, clientGo: { resources: 'error' }, ours: { resources: { v1: expect.any(Array) } } },
  },
  { rule: '/api not found', script: { '/apis': both['/apis'] } },
  {
    rule: '/api forbidden',
    script: { ...both, '/api': forbidden('/api') },
    deliberate: {
      why: olderForm,
      clientGo: { groups: 'error', resources: 'error' },
      ours: {
        groups: ['zoo: v2* v1', 'apps: v1*'],
        resources: { 'zoo/v2': [], 'zoo/v1': [], 'apps/v1': expect.any(Array) },
      },
    },
  },
  {
    rule: '/apis forbidden',
    script: { ...both, '/apis': forbidden('/apis') },
    deliberate: {
      why: olderForm,
      clientGo: { groups: 'error', resources: 'error' },
      ours: { groups: ['core: v1*'], resources: { v1: expect.any(Array) } },
    },
  },
  {
    rule: '/apis not found',
    script: { '/api': core },
    deliberate: {
      why: olderForm,
      clientGo: { groups: 'error', resources: 'error' },
      ours: { groups: ['core: v1*'], resources: { v1: expect.any(Array) } },
    },
  },
  {
    rule: 'both forbidden',
    script: { '/api': forbidden('/api'), '/apis': forbidden('/apis') },
    deliberate: { why: olderForm, clientGo: { groups: 'error' }, ours: { groups: [] } },
  },
  {
    rule: 'no core version in a plain list',
    script: { ...plain, '/api': apiVersions() },
    deliberate: {
      why: olderForm,
      clientGo: { groups: ['core: ', 'zoo: v2* v1', 'apps: v1*'] },
      ours: { groups: ['zoo: v2* v1', 'apps: v1*'] },
    },
  },
  {
    rule: 'an empty object',
    script: { ...both, '/apis': { contentType: aggregatedV2, body: {} } },
    deliberate: { why: emptySuccess, clientGo: { groups: ['core: v1*'] }, ours: { groups: 'error' } },
  },
  {
    rule: 'a Status with 200',
    script: { ...both, '/apis': { body: status(500, 'InternalError', 'no').body } },
    deliberate: {
      why: emptySuccess,
      clientGo: { groups: ['core: v1*'], resources: { v1: [] } },
      ours: { groups: 'error', resources: { v1: expect.any(Array) } },
    },
  },
  {
    rule: 'an aggregated document under the plain type',
    script: { ...plain, '/apis': { ...both['/apis'], contentType: 'application/json' } },
    deliberate: { why: emptySuccess, clientGo: { groups: ['core: v1*'] }, ours: { groups: 'error' } },
  },
  {
    rule: 'a plain document under the aggregated type',
    script: { ...both, '/apis': { ...apiGroups(['apps', 'v1']), contentType: aggregatedV2 } },
    deliberate: { why: emptySuccess, clientGo: { groups: ['core: v1*'] }, ours: { groups: 'error' } },
  },
  {
    rule: 'v2beta1',
    script: {
      '/api': { ...core, contentType: aggregatedV2beta1 },
      '/apis': { ...aggregated([apps]), contentType: aggregatedV2beta1 },
    },
    deliberate: {
      why: 'client-go no longer asks for v2beta1 and takes it for a plain list; we ask for it and read it',
      clientGo: { groups: ['core: '], resources: {} },
      ours: { groups: ['core: v1*', 'apps: v1*'], resources: { v1: expect.any(Array), 'apps/v1': expect.any(Array) } },
    },
  },
  {
    rule: 'an absent v1 that is listed',
    script: { ...plain, '/api/v1': { status: 404 } },
    deliberate: {
      why: gapsInstead,
      clientGo: { resources: expect.objectContaining({ v1: [] }), failed: [] },
      ours: { resources: expect.not.objectContaining({ v1: [] }), failed: ['v1'] },
    },
  },
  {
    rule: 'the resources of another group-version',
    script: { ...plain, '/apis/zoo/v2': resourceList('apps/v1', ['deployments', 'Deployment']) },
    deliberate: { why: emptySuccess, clientGo: { failed: [] }, ours: { failed: ['zoo/v2'] } },
  },
  { rule: 'a group that is listed twice', script: withApis(group('apps', 'v1'), group('apps', 'v1')) },
  {
    rule: 'a nameless group in /apis',
    script: { ...both, '/apis': aggregated([group('', 'v9')]) },
    deliberate: {
      why: emptySuccess,
      clientGo: { resources: expect.objectContaining({ v9: [] }) },
      ours: { resources: expect.not.objectContaining({ v9: [] }) },
    },
  },
];

let clientGo: readonly View[];
const stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  const servers: string[] = [];
  for (const { script } of rows) {
    const { server, stop } = await serveScript(script);
    servers.push(server);
    stops.push(stop);
  }
  const { code, stdout, stderr } = await run(enginePath('client-go-discovery'), servers, { timeoutMs: 60_000 });
  expect(code, stderr).toBe(0);
  clientGo = (JSON.parse(stdout) as readonly ClientGoAnswer[]).map(viewOfClientGo);
});

afterAll(async () => {
  await Promise.all(stops.map((stop) => stop()));
});

test.each(rows.map((row, index) => ({ ...row, index })))('$rule', async ({ script, deliberate, index }) => {
  const ours = await viewOfOurs(script);
  const theirs = clientGo[index];
  for (const field of ['groups', 'resources', 'failed'] as const) {
    const why = deliberate === undefined ? field : `${field}: ${deliberate.why}`;
    if (deliberate === undefined || !(field in deliberate.ours)) {
      expect(ours[field], why).toEqual(theirs?.[field]);
    } else {
      expect(theirs?.[field], why).toEqual(deliberate.clientGo[field]);
      expect(ours[field], why).toEqual(deliberate.ours[field]);
    }
  }
});

type ClientGoAnswer = {
  readonly serverGroups: { readonly groups: readonly APIGroup[] | null; readonly error: string };
  readonly serverGroupsAndResources: {
    readonly lists: readonly APIResourceList[] | null;
    readonly failed: Readonly<Record<string, string>>;
    readonly error: string;
  };
};

function viewOfClientGo({ serverGroups: listed, serverGroupsAndResources: found }: ClientGoAnswer): View {
  const lists = found.lists ?? [];
  return {
    groups: listed.error === '' ? (listed.groups ?? []).map(groupLine) : 'error',
    resources:
      found.error === '' ? Object.fromEntries(lists.map((list) => [list.groupVersion, resourceLines(list)])) : 'error',
    failed: Object.keys(found.failed).sort(),
  };
}

async function viewOfOurs(script: Script): Promise<View> {
  const groups = await serverGroups(connectionTo(script)).then(
    (list) => list.groups.map(groupLine),
    () => 'error' as const,
  );
  const options = { clock: systemClock, log: { debug: () => {}, line: () => {} } };
  const snapshot = await discover(connectionTo({ ...script, '/version': version137 }), options).then(
    (discovery) => discovery.snapshot,
    () => undefined,
  );
  if (snapshot === undefined) return { groups, resources: 'error', failed: [] };
  return {
    groups,
    resources: Object.fromEntries(listsOf(snapshot).map((list) => [list.groupVersion, resourceLines(list)])),
    failed: snapshot.gaps.flatMap((gap) => (gap.kind === 'group-version' ? gap.groupVersion : [])).sort(),
  };
}

function listsOf({ groups }: Snapshot): readonly APIResourceList[] {
  return groups.flatMap(({ name, versions }) =>
    versions.map(({ version, resources }) => ({
      groupVersion: formatGroupVersion({ group: name, version }),
      resources,
    })),
  );
}

function groupLine({ name, versions, preferredVersion }: APIGroup): string {
  const names = (versions ?? []).map(({ version }) =>
    version === preferredVersion?.version ? `${version}*` : version,
  );
  return `${name || 'core'}: ${names.join(' ')}`;
}

/** All that is said of each resource; a group and version that are left out are those of the list. */
function resourceLines({ groupVersion, resources }: APIResourceList): readonly string[] {
  const list = parseGroupVersion(groupVersion);
  return (resources ?? []).map((resource) =>
    [
      resource.name,
      resource.singularName,
      resource.namespaced ? 'namespaced' : 'cluster',
      formatGroupVersion({
        group: resource.group || (list?.group ?? ''),
        version: resource.version || (list?.version ?? ''),
      }),
      resource.kind,
      (resource.verbs ?? []).join(),
      (resource.shortNames ?? []).join(),
      (resource.categories ?? []).join(),
    ].join(' '),
  );
}
