/**
 * Records what the pinned API servers answer to discovery: `npm run record`, after `npm run engines`. Names of generations after it leave out the others.
 *
 * The bytes are the server's own, except for its address, whose port is a new one each time.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startControlPlane } from '../__tests__/helpers/control-plane.ts';
import { addExtraApis } from '../__tests__/helpers/extra-apis.ts';
import { type Format, type Index, type Recording, recordingFolder } from '../__tests__/helpers/recording.ts';
import { takeRecording } from '../__tests__/helpers/take-recording.ts';
import { type Generation, generations } from '../engines/paths.ts';

const named = process.argv.slice(2);
const wanted = generations.filter((generation) => named.length === 0 || named.includes(generation));
if (wanted.length < named.length) throw new Error(`there are these generations: ${generations.join(', ')}`);

for (const generation of wanted) {
  const controlPlane = await startControlPlane({ generation });
  try {
    await addExtraApis(controlPlane);
    const recording = await takeRecording(controlPlane);
    write(generation, recording);
    console.log(`${generation}: ${recording.documents.length} documents of ${recording.kubernetes}`);
  } finally {
    await controlPlane.stop();
  }
}

function write(generation: Generation, { documents, ...rest }: Recording): void {
  const folder = recordingFolder(generation);
  rmSync(folder, { recursive: true, force: true });
  const index: Index = {
    ...rest,
    documents: documents.map(({ path, format, answer: { status, headers } }) => ({
      path,
      format,
      status,
      headers,
      file: fileName(path, format),
    })),
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'answers.json'), `${JSON.stringify(index, undefined, 1)}\n`);
  for (const { path, format, answer } of documents) {
    const file = join(folder, fileName(path, format));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, answer.body);
  }
}

/** `/apis` as v2 is `apis.v2.json`; `/apis/apps/v1` is `apis/apps/v1.json`. */
function fileName(path: string, format: Format): string {
  return `${path.slice(1)}${format === 'plain' ? '' : `.${format}`}.json`;
}
