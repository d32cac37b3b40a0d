import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { visitObjects } from '../../src/manifests/visit-objects.ts';
import { formatPlace } from '../../src/model/place.ts';
import { textUnder } from '../../src/yaml/node.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const pod = (name: string) => `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nextra: {deep: [1]}\n`;

async function visited(files: readonly { path: string; file: string; content?: Buffer }[]) {
  const seen: (string | undefined)[] = [];
  await visitObjects(files, ({ groupVersion, kind, object, node, place }) => {
    seen.push(`${groupVersion}/${kind} ${object.name} ${formatPlace(place(node.at))} ${textUnder(node, 'kind')}`);
  });
  return seen;
}

test('each object is handed out with its place, those of lists too, and what cannot be read is passed over', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'a.yaml');
  const list = 'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata: {name: c}\n';
  writeFileSync(path, [pod('a'), 'a: [\n', pod('b'), list, 'kind: Config\napiVersion: v1\n'].join('---\n'));
  expect(
    await visited([
      { path, file: 'a.yaml' },
      { path: join(folder, 'gone.yaml'), file: 'gone.yaml' },
    ]),
  ).toEqual(['v1/Pod a a.yaml:1:1 Pod', 'v1/Pod b a.yaml:8:1 Pod', 'v1/Pod c a.yaml:16:3 Pod']);
});

test('what came through a pipe is not looked for on disk', async () => {
  expect(await visited([{ path: '-', file: 'stdin', content: Buffer.from(pod('a')) }])).toEqual([
    'v1/Pod a stdin:1:1 Pod',
  ]);
});

test('a file with more in one collection than is kept is told', async () => {
  const keys = Array.from({ length: 500_001 }, (_, index) => `    k${index}: ""\n`).join('');
  const content = Buffer.from(`apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n${keys}`);
  const cutShort = await visitObjects([{ path: '-', file: 'large.yaml', content }], () => undefined);
  expect(cutShort).toEqual([{ kind: 'file', file: 'large.yaml', line: 1 }]);
});
