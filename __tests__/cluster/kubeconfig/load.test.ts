import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeSources, loadKubeconfig, slipInVariable } from '../../../src/cluster/kubeconfig/load.ts';
import { seenWorld } from '../../helpers/cluster-world.ts';
import { gateErrorOf, wordsOf } from '../../helpers/gate-error.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';

const named = (name: string, more = '') =>
  `users: [{name: ${name}, user: {token: ${name}}}]\ncurrent-context: ${name}\n${more}`;

function load(
  files: Readonly<Record<string, string>>,
  variables: (folder: string) => Record<string, string> = () => ({}),
  input?: string,
) {
  const folder = temporaryFolder(files);
  const { environment } = seenWorld({
    environment: {
      variables: variables(folder),
      workingDirectory: join(folder, 'work'),
      homeDirectory: join(folder, 'home'),
    },
  });
  return { folder, loaded: loadKubeconfig(input, environment) };
}

describe('what is loaded', () => {
  const files = { 'home/.kube/config': named('home'), 'work/a': named('a'), 'work/b/b': named('b') };
  test.each<[string, ((folder: string) => Record<string, string>) | undefined, string | undefined, string]>([
    ['the home folder’s, when nothing is said', undefined, undefined, 'home'],
    ['the home folder’s, when the input is blank', undefined, ' \n', 'home'],
    ['KUBECONFIG’s', (folder) => ({ KUBECONFIG: join(folder, 'work/b/b') }), undefined, 'b'],
    ['KUBECONFIG’s, relative to the working folder', () => ({ KUBECONFIG: 'b/b' }), undefined, 'b'],
    ['the input’s, and not KUBECONFIG’s', (folder) => ({ KUBECONFIG: join(folder, 'work/b/b') }), 'a', 'a'],
    ['the input’s, in the home folder', undefined, '~/.kube/config', 'home'],
    ['the input’s own content', undefined, named('content'), 'content'],
    ['the first file’s current-context', () => ({ KUBECONFIG: 'a:b/b' }), undefined, 'a'],
    ['the first file that is there', () => ({ KUBECONFIG: 'nope::b/b:a' }), undefined, 'b'],
    ['nothing from /dev/null', () => ({ KUBECONFIG: '/dev/null' }), undefined, ''],
  ])('%s', async (_, variables, input, currentContext) => {
    expect((await load(files, variables, input).loaded).kubeconfig.currentContext).toBe(currentContext);
  });

  test('a list on Windows is separated by semicolons', async () => {
    const { environment } = seenWorld({
      environment: { variables: { KUBECONFIG: 'C:\\a;D:\\b' }, platform: 'win32', workingDirectory: 'C:\\work' },
    });
    expect((await loadKubeconfig(undefined, environment)).absent).toEqual(['C:\\a', 'D:\\b']);
  });
});

describe('what is wrapped is read all the same', () => {
  const encoded = (text: string) => Buffer.from(text).toString('base64');
  const config = named('wrapped', 'contexts: []\n');
  test.each<[string, string, string]>([
    ['in base64', encoded(config), 'in base64'],
    ['in base64 with lines', `${encoded(config).replace(/.{20}/g, '$&\n')}\n`, 'in base64'],
    ['in base64 with the letters of URLs', Buffer.from(config).toString('base64url'), 'in base64'],
    ['in base64, twice', encoded(`${encoded(config)}\n`), 'in base64, twice over'],
    ['in double quotes', JSON.stringify(config), 'in quotes'],
    ['in double quotes over several lines', `"${config}"\n`, 'in quotes'],
    ['in single quotes', `'${config}'`, 'in quotes'],
    ['in base64 in quotes', `"${encoded(config)}"`, 'in quotes and in base64'],
    ['JSON in base64', encoded(JSON.stringify({ contexts: [], 'current-context': 'wrapped' })), 'in base64'],
  ])('%s', async (_rule, text, words) => {
    const input = await load({}, undefined, text).loaded;
    expect(input.kubeconfig.currentContext).toBe('wrapped');
    expect(input.unwrapped).toEqual([`The kubeconfig in the input \`kubeconfig\` is ${words}.`]);
    const { folder, loaded } = load({ 'work/file': text }, undefined, 'file');
    expect((await loaded).kubeconfig.currentContext).toBe('wrapped');
    expect((await loaded).unwrapped).toEqual([`The kubeconfig ${join(folder, 'work/file')} is ${words}.`]);
  });

  test.each([
    ['YAML', config],
    ['JSON', JSON.stringify({ contexts: [], 'current-context': 'wrapped' })],
    ['YAML whose keys and values are in quotes', '"contexts": []\n"current-context": "wrapped"'],
  ])('and %s is left as it is', async (_rule, text) => {
    const input = await load({}, undefined, text).loaded;
    expect(input).toMatchObject({ unwrapped: [], kubeconfig: { currentContext: 'wrapped' } });
  });

  test('what is broken below it says so', async () => {
    const broken = encoded(`${config}  - ]\n`);
    expect(await gateErrorOf(() => load({}, undefined, broken).loaded)).toMatchObject({ code: 'kubeconfig-yaml' });
  });
});

describe('several files', () => {
  test('an entry of the first wins whole; the others add theirs', async () => {
    const { loaded } = load(
      {
        'work/a': 'users: [{name: u, user: {username: first}}]\n',
        'work/b': 'users: [{name: u, user: {token: second}}, {name: v, user: {token: third}}]\n',
      },
      () => ({ KUBECONFIG: 'a:b' }),
    );
    const { users } = (await loaded).kubeconfig;
    expect(users.get('u')).toMatchObject({ username: 'first', token: '' });
    expect(users.get('v')).toMatchObject({ token: 'third' });
  });

  test('one that is broken fails them all', async () => {
    const { loaded } = load({ 'work/a': named('a'), 'work/b': '{' }, () => ({ KUBECONFIG: 'a:b' }));
    expect(await gateErrorOf(() => loaded)).toMatchObject({ code: 'kubeconfig-yaml' });
  });
});

describe('relative paths', () => {
  const clusters = 'clusters: [{name: c, cluster: {certificate-authority: pki/ca.pem}}]';
  test('start from the folder of the file that holds them', async () => {
    const { folder, loaded } = load({ 'elsewhere/config': clusters }, (at) => ({
      KUBECONFIG: join(at, 'elsewhere/config'),
    }));
    expect((await loaded).kubeconfig.clusters.get('c')?.certificateAuthority).toBe(
      join(folder, 'elsewhere/pki/ca.pem'),
    );
  });

  test('in the input’s own content start from the working folder', async () => {
    const { folder, loaded } = load({}, undefined, `${clusters}\n`);
    expect((await loaded).kubeconfig.clusters.get('c')?.certificateAuthority).toBe(join(folder, 'work/pki/ca.pem'));
  });

  test('that are absolute stay', async () => {
    const { loaded } = load({}, undefined, `${clusters.replace('pki', '/pki')}\n`);
    expect((await loaded).kubeconfig.clusters.get('c')?.certificateAuthority).toBe('/pki/ca.pem');
  });
});

describe('it is an error', () => {
  test.each<[string, string | undefined, Record<string, string>, string, string]>([
    [
      'that the input’s file is not there',
      'deploy/kubeconfig',
      {},
      'kubeconfig-missing',
      'The input `kubeconfig` names no file: `deploy/kubeconfig` does not exist',
    ],
    [
      'that the input is some other text, which is not shown',
      'sesame',
      {},
      'kubeconfig-missing',
      'The input `kubeconfig` names no file: its value does not exist',
    ],
    [
      'that the input is a token, which is not shown',
      'eyJhbGciOiJSUzI1NiJ9.sesame.sesame',
      {},
      'kubeconfig-missing',
      'The input `kubeconfig` names no file: its value does not exist',
    ],
    [
      'that the input is a long text, which is not shown',
      'sesame/'.repeat(1000),
      {},
      'kubeconfig-missing',
      'The input `kubeconfig` names no file: its value does not exist',
    ],
    [
      'that KUBECONFIG is a kubeconfig',
      undefined,
      { KUBECONFIG: named('sesame') },
      'kubeconfig-variable-content',
      'The environment variable KUBECONFIG holds a kubeconfig; it must name one or more files',
    ],
    [
      'that KUBECONFIG is a kubeconfig in base64',
      undefined,
      { KUBECONFIG: Buffer.from(named('sesame')).toString('base64') },
      'kubeconfig-variable-content',
      'The environment variable KUBECONFIG holds a kubeconfig; it must name one or more files',
    ],
  ])('%s', async (_, input, variables, code, message) => {
    const error = await gateErrorOf(() => load({}, () => variables, input).loaded);
    expect(error).toMatchObject({ outcome: 'invalid-input', code, message });
    expect(error.hint).toBeTruthy();
    expect(wordsOf(error)).not.toContain('sesame');
  });

  test('in a file of the workspace is told with its place', async () => {
    const { loaded } = load(
      { 'work/ci/config': 'a: 1\nb: {' },
      (folder) => ({ GITHUB_WORKSPACE: join(folder, 'work') }),
      'ci/config',
    );
    expect((await gateErrorOf(() => loaded)).problems).toMatchObject([
      { place: { kind: 'file', file: 'ci/config', line: 2 } },
    ]);
  });
});

test.each([
  [{ from: 'input', sources: ['the input `kubeconfig`'], absent: [] }, 'the input `kubeconfig`'],
  [{ from: 'input', sources: ['/a'], absent: [] }, '/a'],
  [{ from: 'KUBECONFIG', sources: ['/a', '/b'], absent: ['/c'] }, '/a, /b (environment variable KUBECONFIG)'],
  [{ from: 'KUBECONFIG', sources: [], absent: ['/c'] }, '/c (environment variable KUBECONFIG), which does not exist'],
  [
    { from: 'KUBECONFIG', sources: [], absent: ['/c', '/d'] },
    '/c, /d (environment variable KUBECONFIG), which do not exist',
  ],
  [{ from: 'KUBECONFIG', sources: [], absent: [] }, 'the environment variable KUBECONFIG, which names no file'],
  [{ from: 'home', sources: ['/home/.kube/config'], absent: [] }, '/home/.kube/config (home folder)'],
  [{ from: 'home', sources: [], absent: ['/h/.kube/config'] }, '/h/.kube/config (home folder), which does not exist'],
] as const)('%j is told as %s', (found, words) => {
  const kubeconfig = { clusters: new Map(), users: new Map(), contexts: new Map(), currentContext: '' };
  expect(describeSources({ ...found, unwrapped: [], kubeconfig })).toBe(words);
});

test.each([
  ['"/a"', 'linux', 'quotes'],
  ["'/a:/b'", 'linux', 'quotes'],
  ['/a:"/b"', 'linux', 'quotes'],
  ['"C:\\a"', 'win32', 'quotes'],
  ['/a;/b', 'linux', 'colon'],
  ['/a;', 'darwin', 'colon'],
  ['C:\\a;D:\\b', 'win32', undefined],
  ['~/.kube/config', 'linux', '$HOME'],
  ['/a:/b', 'linux', undefined],
  [':', 'linux', undefined],
  ['', 'linux', undefined],
] as const)('the slip in KUBECONFIG=%s on %s: %s', (list, platform, word) => {
  const told = slipInVariable(list, platform);
  if (word === undefined) expect(told).toBeUndefined();
  else expect(told).toContain(word);
});
