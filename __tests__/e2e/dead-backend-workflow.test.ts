/** A cluster with a dead APIService, seeded, hit and checked from a fork: under act, against a real kube-apiserver that keeps an audit log. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ActProject, type ActResult, createActProject } from '../helpers/act.ts';
import { type ControlPlane, startControlPlane } from '../helpers/control-plane.ts';
import { addExtraApis, staleGroupVersion } from '../helpers/extra-apis.ts';

const gate = (inputs: Readonly<Record<string, string>>): string => `on: [push, schedule, pull_request]
jobs:
  gate:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: ./
        with:
${Object.entries({ cluster: 'production', 'cache-ttl': '6h', ...inputs })
  .map(([name, value]) => `          ${name}: '${value}'`)
  .join('\n')}
`;
const KUBECONFIG = { kubeconfig: `\${{ secrets.KUBECONFIG }}` };

const WORKFLOWS = {
  seed: gate({ ...KUBECONFIG, require: 'v1', cache: 'refresh' }),
  hit: gate({ ...KUBECONFIG, require: 'apps/v1' }),
  recheck: gate({ ...KUBECONFIG, require: staleGroupVersion }),
  fork: gate({ require: 'apps/v1', cache: 'only' }),
  'fork-dead': gate({ require: `apps/v1 | ${staleGroupVersion}/NoSuchKind`, cache: 'only' }),
  'fork-needs-dead': gate({ require: staleGroupVersion, cache: 'only' }),
  'fork-forbids-dead': gate({ require: `!${staleGroupVersion}`, cache: 'only' }),
  'fork-missing': gate({ require: 'nothing.example.org/v1', cache: 'only' }),
};

describe.each(['1.37', '1.25'] as const)('a dead APIService, server %s', (generation) => {
  let plane: ControlPlane;
  let project: ActProject;

  beforeAll(async () => {
    plane = await startControlPlane({ generation, auditLog: true });
    await addExtraApis(plane);
    project = await createActProject(
      Object.fromEntries(Object.entries(WORKFLOWS).map(([name, text]) => [`.github/workflows/${name}.yaml`, text])),
    );
  });

  afterAll(async () => {
    project?.remove();
    await plane?.stop();
  });

  const requests = (): number => readFileSync(plane.auditLogPath, 'utf8').match(/"kube-api-gate/g)?.length ?? 0;

  async function run(name: keyof typeof WORKFLOWS): Promise<ActResult & { readonly requests: number }> {
    const before = requests();
    const fork = name.startsWith('fork');
    const result = await project.workflow(`.github/workflows/${name}.yaml`, {
      event: fork ? 'pull_request' : 'schedule',
      secrets: fork ? {} : { KUBECONFIG: readFileSync(plane.adminKubeconfig, 'utf8') },
    });
    return { ...result, requests: requests() - before };
  }

  test('the seed saves the answer with its gap', async () => {
    const { exitCode, log } = await run('seed');
    expect(log).toMatch(/Cache of production: saved in the Actions cache, a gap included, good for 6h/);
    expect(log).toContain(staleGroupVersion);
    expect(exitCode).toBe(0);
  });

  test.each<[string, keyof typeof WORKFLOWS, string, string, boolean]>([
    ['a job that needs a healthy group', 'hit', 'compatible', 'hit', false],
    ['a job that needs the dead one asks', 'recheck', 'undetermined', 'rechecked', true],
    ['a fork that needs a healthy group', 'fork', 'compatible', 'hit', false],
    ['a fork that needs a healthy group or a dead one', 'fork-dead', 'compatible', 'hit', false],
    ['a fork that needs the dead one', 'fork-needs-dead', 'undetermined', 'hit', false],
    ['a fork that forbids the dead one', 'fork-forbids-dead', 'undetermined', 'hit', false],
    ['a fork that needs what is missing', 'fork-missing', 'incompatible', 'hit', false],
  ])('%s', async (_rule, name, outcome, cache, asks) => {
    const result = await run(name);
    expect(result.log).toContain(`set-output:: outcome=${outcome}`);
    expect(result.log).toContain(`set-output:: cache=${cache}`);
    if (outcome === 'undetermined') expect(result.log).toMatch(new RegExp(`::error .*${literally(staleGroupVersion)}`));
    expect(result.requests > 0).toBe(asks);
    expect(result.exitCode === 0).toBe(outcome === 'compatible');
  });
});

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
