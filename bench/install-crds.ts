/** Fills a cluster with custom resources. */
import { Agent, request } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ControlPlane } from '../__tests__/helpers/control-plane.ts';

export interface CrdPlan {
  readonly count: number;
  readonly perGroup: number;
  readonly versions: readonly [string, ...string[]];
}

/** Installs the CRDs, and waits until the server lists the resources of all. The last is `WidgetN` of the last group. */
export async function installCrds(plane: ControlPlane, { count, perGroup, versions }: CrdPlan): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 8, ca: plane.caPem });
  const call = callOf(plane, agent);
  try {
    await Promise.all(
      Array.from({ length: count }, async (_, index) => {
        const { status, body } = await call(
          'POST',
          '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
          definition(index, `group${Math.floor(index / perGroup)}.example.com`, versions),
        );
        if (status !== 201) throw new Error(`CRD ${index} was refused with ${status}: ${body}`);
      }),
    );
    const lists = Array.from({ length: Math.ceil(count / perGroup) }, (_, group) =>
      versions.map((version) => ({
        path: `/apis/group${group}.example.com/${version}`,
        kinds: Math.min(perGroup, count - group * perGroup),
      })),
    ).flat();
    const until = Date.now() + 180_000;
    for (const { path, kinds } of lists) {
      for (;;) {
        const { status, body } = await call('GET', path);
        if (status === 200 && (body.match(/"kind":"Widget\d+"/g)?.length ?? 0) >= kinds) break;
        if (Date.now() > until) throw new Error(`${path} was not served in time: ${status} ${body}`);
        await sleep(250);
      }
    }
    await settled(plane, count);
  } finally {
    agent.destroy();
  }
}

/** The list of all groups follows the groups' own by a moment: until kubectl finds all of them, nothing is measured. */
async function settled(plane: ControlPlane, count: number): Promise<void> {
  const until = Date.now() + 180_000;
  for (;;) {
    const names = await plane.kubectlOk(['api-resources', '--output=name'], { timeoutMs: 120_000 });
    if (names.split('\n').filter((name) => name.endsWith('.example.com')).length >= count) return;
    if (Date.now() > until) throw new Error(`${count} CRDs were not discovered in time`);
    await sleep(1_000);
  }
}

function callOf({ server, tokens }: ControlPlane, agent: Agent) {
  const headers = { authorization: `Bearer ${tokens['admin']}`, 'content-type': 'application/json' };
  return (method: string, path: string, body?: unknown): Promise<{ status: number; body: string }> =>
    new Promise((resolve, reject) => {
      const sent = request(`${server}${path}`, { agent, method, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('end', () =>
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
        );
        response.once('error', reject);
      });
      sent.once('error', reject).end(body === undefined ? undefined : JSON.stringify(body));
    });
}

function definition(index: number, group: string, versions: readonly string[]): unknown {
  const plural = `widgets${index}`;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { plural, singular: `widget${index}`, kind: `Widget${index}`, listKind: `Widget${index}List` },
      versions: versions.map((name, place) => ({
        name,
        served: true,
        storage: place === 0,
        schema: { openAPIV3Schema: { type: 'object' } },
        subresources: { status: {} },
      })),
    },
  };
}
