/** Which definitions bring their APIs, and what becomes of a cluster that has others: as real API servers answer it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OBJECT, readObject } from '../../src/manifests/objects.ts';
import { readYaml } from '../../src/yaml/reader.ts';
import { type ControlPlane, startControlPlane } from '../helpers/control-plane.ts';
import { apiServiceVariants, crdVariants } from '../helpers/crd-variants.ts';
import { apisOf, readingOf } from '../helpers/readings.ts';

const variants = [
  ...crdVariants.map((variant) => ({ ...variant, rule: `a CustomResourceDefinition: ${variant.rule}` })),
  ...apiServiceVariants.map((variant) => ({ ...variant, rule: `an APIService: ${variant.rule}` })),
];

describe.each(['1.37', '1.25'] as const)('on %s', (generation) => {
  let plane: ControlPlane;

  beforeAll(async () => {
    plane = await startControlPlane({ generation });
  });

  afterAll(async () => {
    await plane?.stop();
  });

  const REFUSED =
    /is invalid|resource name may not be empty|invalid resource name|BadRequest|unable to decode|cannot be handled as/;

  test.each(variants)('$rule', async ({ definition }) => {
    const text = JSON.stringify(definition);
    const counts = provides(text);
    const outcome = { taken: counts, said: counts ? '' : expect.stringMatching(REFUSED) };
    const runs = [
      ['create', '--dry-run=server', '--validate=false'],
      ['apply', '--dry-run=server', '--validate=false'],
      ['create', '--validate=false'],
    ];
    for (const command of runs) {
      const { code, stderr } = await plane.kubectl([...command, '--filename=-'], { stdin: text });
      const said = stderr.replace(/^(?:W\d+|Warning).*\n/gm, '');
      expect({ command, taken: code === 0, said: code === 0 ? '' : said }).toEqual({ command, ...outcome });
    }
    if (!counts) return;
    await plane.kubectlOk(['apply', '--validate=false', '--filename=-'], { stdin: text });
    await plane.kubectlOk(['delete', '--wait=true', '--filename=-'], { stdin: text });
  });
});

/** Whether it counts as bringing an API, served or not. */
function provides(text: string): boolean {
  const provided: string[] = [];
  const { root } = readYaml(Buffer.from(text), OBJECT);
  if (root === undefined) return false;
  const reading = readingOf({ define: (own) => provided.push(...apisOf(own)) });
  readObject(root, reading);
  return provided.length > 0;
}
