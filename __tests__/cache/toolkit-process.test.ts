import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startToolkitProcess, toolkitEnvironment } from '../../src/cache/toolkit-process.ts';

let folder: string;
let remarks: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'toolkit-process-'));
  remarks = [];
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** Starts a process that does `onCall` for each call it reads: `reply(value)` answers it. */
async function start(onCall: string) {
  const module = join(folder, 'module.mjs');
  await writeFile(
    module,
    `import { createInterface } from 'node:readline';
    const reply = (value) => console.log('\\n' + process.argv[2] + JSON.stringify(value));
    process.stdin.once('close', () => process.exit());
    createInterface({ input: process.stdin }).on('line', (line) => { const call = JSON.parse(line); ${onCall} });`,
  );
  return startToolkitProcess({ module, variables: process.env, debug: (message) => remarks.push(message) });
}

const call = { call: 'restore', folder: '/nowhere', keys: ['a-'] } as const;

describe('startToolkitProcess', () => {
  test('a call gets its own answer, with what was complained of since', async () => {
    const toolkit = await start(
      `console.log('::warning::' + call.keys[0]); process.stdout.write('no line end'); reply({ kind: 'restored', key: call.keys[0] });`,
    );
    for (const key of ['a-', 'b-']) {
      expect(await toolkit.call({ ...call, keys: [key] })).toEqual({
        reply: { kind: 'restored', key },
        complaints: [key],
      });
    }
    await toolkit.kill();
    expect(remarks).toEqual(['a-', 'no line end', 'b-', 'no line end']);
  });

  test('a call ends when the toolkit says that it will try again, with what went wrong', async () => {
    const toolkit = await start(
      `console.log('Attempt 1 of 5 failed with error: Failed request: (502) Bad Gateway. Retrying request in 3000 ms...');`,
    );
    await expect(toolkit.call(call)).rejects.toThrow(
      'the cache service is in trouble: Failed request: (502) Bad Gateway',
    );
    await toolkit.kill();
  });

  test('secrets are hidden from the line that names them on', async () => {
    const toolkit = await start(
      `console.log('::add-mask::s3cret'); console.log('::error::url?sig=s3cret'); reply({ kind: 'not-restored' });`,
    );
    expect((await toolkit.call(call)).complaints).toEqual(['url?sig=***']);
    await toolkit.kill();
    expect(remarks.join()).not.toContain('s3cret');
  });

  test.each([
    ['it ends', 'process.exit(3)', /exit code 3/],
    ['it throws where nobody catches', `setImmediate(() => { throw new Error('stream'); })`, /exit code 1/],
    ['it complains and ends', `console.log('::error::no space'); process.exit(1)`, /no space/],
  ])('when %s the call is rejected, and so are all after it', async (_name, onCall, reason) => {
    const toolkit = await start(onCall);
    await expect(toolkit.call(call)).rejects.toThrow(reason);
    expect(toolkit.alive).toBe(false);
    await expect(toolkit.call(call)).rejects.toThrow('ended');
  });

  test('killing it ends a call at once, whatever it is busy with', async () => {
    const toolkit = await start('for (;;);');
    const answer = toolkit.call(call);
    const rejected = expect(answer).rejects.toThrow(/SIGKILL/);
    await toolkit.kill();
    await rejected;
    await toolkit.kill();
  });

  test('a module that is not there', async () => {
    const toolkit = startToolkitProcess({
      module: join(folder, 'none.mjs'),
      variables: process.env,
      debug: () => undefined,
    });
    await expect(toolkit.call(call)).rejects.toThrow(/exit code 1/);
  });
});

describe('toolkitEnvironment', () => {
  test.each([
    ['ACTIONS_RUNTIME_TOKEN', true],
    ['ACTIONS_RESULTS_URL', true],
    ['PATH', true],
    ['Path', true],
    ['https_proxy', true],
    ['RUNNER_TRACKING_ID', true],
    ['GITHUB_TOKEN', false],
    ['ACTIONS_ID_TOKEN_REQUEST_TOKEN', false],
    ['INPUT_KUBECONFIG', false],
    ['INPUT_TOKEN', false],
    ['AWS_SECRET_ACCESS_KEY', false],
    ['KUBECONFIG', false],
    ['NODE_OPTIONS', false],
    ['TAR_OPTIONS', false],
    ['GITHUB_OUTPUT', false],
  ])('%s is handed on: %s', (name, expected) => {
    expect(Object.keys(toolkitEnvironment({ [name]: 'value', UNSET: undefined }))).toEqual(expected ? [name] : []);
  });
});
