import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runGate } from '../../src/gate/gate.ts';
import { consoleSections } from '../../src/report/console.ts';
import { RULES } from '../../src/report/remarks.ts';
import { withSchemas } from '../helpers/openapi-recording.ts';
import { readRecording } from '../helpers/recording.ts';
import { type ReplayServer, startReplayServer } from '../helpers/replay-server.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { createWorld, inputsOf } from '../helpers/world.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/fields.md'), 'utf8');
const examples = [...page.matchAll(/`([\w-]+\.yaml)`\n\n```yaml\n([\s\S]*?)```\n\n((?:> .*\n)+)/g)].map(
  ([, name = '', text = '', said = '']) => ({ name, text, said: said.trim().replace(/^> /gm, '').split('\n') }),
);

let server: ReplayServer;
beforeAll(async () => {
  server = await startReplayServer({ recording: withSchemas(readRecording('1.37')) });
});
afterAll(async () => {
  await server.stop();
});

test('the page has examples', () => {
  expect(examples.length).toBeGreaterThan(3);
});

test.each(examples)('$name of docs/fields.md is told as the page says', async ({ name, text, said }) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, name), text);
  const world = createWorld({ workingDirectory: folder });
  await runGate(
    inputsOf({ kubeconfig: server.kubeconfig(), manifests: name, cluster: 'prod', cache: 'off', fields: 'fail' }),
    world,
  );
  const [verdict] = world.verdicts;
  const lines = verdict === undefined ? [] : consoleSections(verdict).flatMap((section) => section.lines);
  expect(lines.filter((line) => line.startsWith('✗ ')).map((line) => line.slice(2))).toEqual(said);
});

test('every rule of fields is named', () => {
  expect(RULES.filter((rule) => rule.startsWith('field-') && !page.includes(`\`${rule}\``))).toEqual([]);
});
