/** Which CustomResourceDefinitions bring their APIs: those that real API servers take. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OBJECT, readObject } from '../../src/manifests/objects.ts';
import { readYaml } from '../../src/yaml/reader.ts';
import { type ControlPlane, startControlPlane } from '../helpers/control-plane.ts';
import { crdVariants } from '../helpers/crd-variants.ts';

describe.each(['1.37', '1.25'] as const)('on %s', (generation) => {
  let plane: ControlPlane;

  beforeAll(async () => {
    plane = await startControlPlane({ generation });
  });

  afterAll(async () => {
    await plane?.stop();
  });

  test.each(crdVariants)('$rule', async ({ definition }) => {
    const text = JSON.stringify(definition);
    const { code, stderr } = await plane.kubectl(['create', '--dry-run=server', '--validate=false', '--filename=-'], {
      stdin: text,
    });
    const taken = code === 0;
    expect({ taken, said: stderr.replace(/^W\d+.*\n/gm, '') }).toEqual({
      taken: provides(text),
      said: taken ? '' : expect.stringMatching(/is invalid|resource name may not be empty/),
    });
  });
});

/** Whether it counts as bringing an API, served or not. */
function provides(text: string): boolean {
  let provided = 0;
  const ignore = () => undefined;
  const { root } = readYaml(Buffer.from(text), OBJECT);
  if (root === undefined) return false;
  readObject(root, {
    need: ignore,
    provide: () => {
      provided += 1;
    },
    refuse: ignore,
    warn: ignore,
    unrendered: ignore,
    leaveOut: ignore,
    unnamed: ignore,
  });
  return provided > 0;
}
