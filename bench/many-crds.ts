/** A real cluster with 2,000 custom resources: time against kubectl, and memory. */
import { startControlPlane } from '../__tests__/helpers/control-plane.ts';
import { watchPeakMemory } from '../__tests__/helpers/peak-memory.ts';
import { apiResources, gate } from './contestants.ts';
import { installCrds } from './install-crds.ts';
import { type Measured, milliseconds, race, ratio } from './measure.ts';

const COUNT = 2_000;

export async function measureManyCrds(): Promise<readonly Measured[]> {
  const plane = await startControlPlane({ generation: '1.37' });
  const memory = watchPeakMemory();
  try {
    await installCrds(plane, { count: COUNT, perGroup: 4, versions: ['v1', 'v1beta1'] });
    const inputs = {
      require: `group${COUNT / 4 - 1}.example.com/v1/Widget${COUNT - 1}`,
      kubeconfig: plane.adminKubeconfig,
      cache: 'off',
    };
    const times = await race({ live: gate(inputs), kubectl: apiResources(plane) }, 10);
    await gate(inputs, { env: memory.env })();
    return [
      {
        what: 'verdict on 1.37 with 2,000 CRDs in two versions each, whole process',
        ours: milliseconds(times.live),
        against: `\`kubectl api-resources\`, empty cache: ${milliseconds(times.kubectl)}`,
        result: ratio(times.live, times.kubectl),
        aim: 'at most 1.0, and less than 3 s',
      },
      { what: 'its peak memory', ours: `${memory.read()} MB`, against: '', result: '', aim: 'less than 200 MB' },
    ];
  } finally {
    memory.remove();
    await plane.stop();
  }
}
