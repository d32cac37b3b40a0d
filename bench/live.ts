/** The whole process, from start to verdict, against kubectl with an empty cache on the same server. */
import { startControlPlane } from '../__tests__/helpers/control-plane.ts';
import { runAction } from '../__tests__/helpers/runner.ts';
import { apiResources, bareNode, gate, threeQuestions } from './contestants.ts';
import { installCrds } from './install-crds.ts';
import { type Contestant, type Measured, milliseconds, race, ratio } from './measure.ts';

/** Nothing to judge: what it takes to start, read the inputs, and say so. */
const startUp: Contestant = async () => {
  const { exitCode } = await runAction({ inputs: {} });
  if (exitCode !== 1) throw new Error(`the gate exited ${exitCode} with nothing to judge`);
};

export async function measureLive(): Promise<readonly Measured[]> {
  return [...(await measureNewest()), await measureOldest()];
}

async function measureNewest(): Promise<readonly Measured[]> {
  const plane = await startControlPlane({ generation: '1.37' });
  try {
    const live = gate({ require: 'apps/v1', kubeconfig: plane.adminKubeconfig, cache: 'off' });
    const questions = threeQuestions(plane);
    const times = await race({ live, kubectl: apiResources(plane), questions, startUp, bareNode }, 25);
    return [
      {
        what: 'verdict from a live cluster, 1.37, whole process',
        ours: milliseconds(times.live),
        against: `\`kubectl api-resources\`, empty cache: ${milliseconds(times.kubectl)}`,
        result: ratio(times.live, times.kubectl),
        aim: 'at most 1.0',
      },
      {
        what: 'the same three questions, asked by a bare script',
        ours: milliseconds(times.questions),
        against: `\`kubectl api-resources\`, empty cache: ${milliseconds(times.kubectl)}`,
        result: ratio(times.questions, times.kubectl),
        aim: 'none: what Node itself takes',
      },
      {
        what: 'start-up: inputs read, nothing to judge',
        ours: milliseconds(times.startUp),
        against: `\`node -e 0\`: ${milliseconds(times.bareNode)}`,
        result: `+${milliseconds(times.startUp - times.bareNode)}`,
        aim: 'at most +30 ms',
      },
    ];
  } finally {
    await plane.stop();
  }
}

async function measureOldest(): Promise<Measured> {
  const plane = await startControlPlane({ generation: '1.25' });
  try {
    await installCrds(plane, { count: 500, perGroup: 1, versions: ['v1'] });
    const live = gate({ require: 'apps/v1', kubeconfig: plane.adminKubeconfig, cache: 'off' });
    const times = await race({ live, kubectl: apiResources(plane) }, 10);
    return {
      what: 'the same on 1.25, no aggregated discovery, 500 CRD groups',
      ours: milliseconds(times.live),
      against: `\`kubectl api-resources\`, empty cache: ${milliseconds(times.kubectl)}`,
      result: ratio(times.live, times.kubectl),
      aim: 'at most 0.7',
    };
  } finally {
    await plane.stop();
  }
}
