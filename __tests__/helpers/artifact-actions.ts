/** Stand-ins for actions of GitHub that no test can download: they do the same with act's own artifact server, and with a folder in place of a repository. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const metadata = (inputs: readonly string[]): string =>
  `name: stand-in\ndescription: stand-in\ninputs:\n${inputs.map((name) => `  ${name}:\n    description: ''\n`).join('')}runs:\n  using: node24\n  main: index.cjs\n`;

/** The first protocol of the artifact service, which is the simplest. @see nektos/act pkg/artifacts/server.go */
const PROTOCOL = `
const { readFileSync, readdirSync, statSync, mkdirSync, writeFileSync, existsSync, cpSync } = require('node:fs');
const { dirname, join, basename } = require('node:path');
const input = (name) => process.env['INPUT_' + name.toUpperCase()] ?? '';
const base = process.env.ACTIONS_RUNTIME_URL + '_apis/pipelines/workflows/' + process.env.GITHUB_RUN_ID + '/artifacts';
const call = async (url, options) => {
  const response = await fetch(url, { ...options, headers: { Authorization: 'Bearer ' + process.env.ACTIONS_RUNTIME_TOKEN } });
  if (!response.ok) throw new Error(url + ' answered ' + response.status);
  return response;
};
const run = (work) => work().catch((thrown) => { console.log('::error::' + thrown.stack); process.exitCode = 1; });
`;

const UPLOAD = `${PROTOCOL}
run(async () => {
  const path = input('path');
  if (!existsSync(path)) return console.log('No files were found: ' + path);
  const lost = process.env.STAND_IN_LOST;
  if (lost && statSync(path).isFile() && readFileSync(path, 'utf8').includes('"cluster": "' + lost + '"')) return console.log('Lost the report on ' + lost);
  const files = statSync(path).isDirectory() ? readdirSync(path).map((name) => join(path, name)) : [path];
  const { fileContainerResourceUrl } = await (await call(base + '?api-version=6.0-preview', { method: 'POST', body: JSON.stringify({ Type: 'actions_storage', Name: input('name') }) })).json();
  for (const file of files) {
    const item = encodeURIComponent(input('name') + '/' + basename(file));
    await call(fileContainerResourceUrl + '?itemPath=' + item, { method: 'PUT', body: readFileSync(file) });
  }
  console.log('Uploaded ' + files.length + ' file(s) as ' + input('name'));
});
`;

const DOWNLOAD = `${PROTOCOL}
run(async () => {
  const prefix = input('pattern').replace('*', '');
  const { value } = await (await call(base + '?api-version=6.0-preview')).json();
  for (const { name, fileContainerResourceUrl } of value.filter(({ name }) => name.startsWith(prefix))) {
    const items = await (await call(fileContainerResourceUrl + '?itemPath=' + encodeURIComponent(name))).json();
    for (const { path, contentLocation } of items.value) {
      const target = join(input('path'), name, basename(path.replaceAll('\\\\', '/')));
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, Buffer.from(await (await call(contentLocation)).arrayBuffer()));
    }
  }
  console.log('Downloaded ' + value.length);
});
`;

const CHECKOUT = `
const { cpSync } = require('node:fs');
cpSync(process.env.STAND_IN_REPOSITORY, process.env.INPUT_PATH, { recursive: true });
`;

/**
 * Writes the stand-ins below `folder`, and tells which folder stands for which action.
 *
 * `actions/checkout` copies the folder that `STAND_IN_REPOSITORY` names, whatever the repository; `actions/upload-artifact` loses the report on the cluster that `STAND_IN_LOST` names.
 */
export function writeStandIns(
  folder: string,
  names: Readonly<Record<'checkout' | 'upload' | 'download', string>>,
): Readonly<Record<string, string>> {
  const actions = {
    checkout: [CHECKOUT, ['repository', 'ref', 'path', 'persist-credentials']],
    upload: [UPLOAD, ['name', 'path', 'include-hidden-files', 'if-no-files-found', 'overwrite']],
    download: [DOWNLOAD, ['pattern', 'path']],
  } as const;
  return Object.fromEntries(
    Object.entries(actions).map(([action, [script, inputs]]) => {
      const place = join(folder, action);
      mkdirSync(place, { recursive: true });
      writeFileSync(join(place, 'action.yml'), metadata(inputs));
      writeFileSync(join(place, 'index.cjs'), script);
      return [names[action as keyof typeof names], place];
    }),
  );
}
