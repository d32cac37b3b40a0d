import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findCommand } from '../../../src/cluster/credentials/exec-command.ts';
import { seenWorld } from '../../helpers/cluster-world.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';

const script = '#!/bin/sh\n';

function find(
  command: (folder: string) => string,
  variables: (folder: string) => Record<string, string>,
  platform: NodeJS.Platform = 'linux',
) {
  const folder = temporaryFolder({
    'one/aws': script,
    'two/aws': script,
    'two/gcloud': 'text',
    'win/aws.exe': 'x',
    'win/gcloud.cmd': 'x',
  });
  mkdirSync(join(folder, 'one/gcloud'));
  symlinkSync('../two/aws', join(folder, 'one/link'));
  chmodSync(join(folder, 'two/gcloud'), 0o644);
  const { environment } = seenWorld({ environment: { variables: variables(folder), platform } });
  const found = findCommand(command(folder), environment);
  return 'path' in found ? { ...found, path: found.path.replaceAll('\\', '/').replace(folder, '') } : found;
}

const both = (folder: string) => ({ PATH: `${join(folder, 'one')}:${join(folder, 'two')}` });

test.each<[string, string, (folder: string) => Record<string, string>, object]>([
  ['the first in PATH', 'aws', both, { kind: 'found', path: '/one/aws' }],
  ['by a link', 'link', both, { kind: 'found', path: '/one/link' }],
  ['nothing that is not there', 'kubelogin', both, { kind: 'missing' }],
  ['nothing without a PATH', 'aws', () => ({}), { kind: 'missing' }],
  [
    'nothing in the working folder, however PATH names it',
    'package.json',
    () => ({ PATH: ':.:./src' }),
    { kind: 'missing' },
  ],
  [
    'a folder and a text of that name, which are not executable',
    'gcloud',
    both,
    { kind: 'not-executable', path: '/one/gcloud' },
  ],
])('in PATH is found: %s', (_, command, variables, wanted) => {
  expect(find(() => command, variables)).toEqual(wanted);
});

test.each<[string, string, object]>([
  ['is found', 'two/aws', { kind: 'found', path: '/two/aws' }],
  ['that is not there is missing', 'two/nope', { kind: 'missing' }],
  ['that may not be run is told apart', 'two/gcloud', { kind: 'not-executable', path: '/two/gcloud' }],
])('a path %s', (_, path, wanted) => {
  expect(
    find(
      (folder) => join(folder, path),
      () => ({}),
    ),
  ).toEqual(wanted);
});

test.each<[string, string, Record<string, string>, object]>([
  ['by its extension, whatever PATH is spelled like', 'aws', {}, { kind: 'missing' }],
  ['a script, which only a shell can run', 'gcloud.cmd', {}, { kind: 'missing' }],
])('on Windows, relative folders are not searched: %s', (_, command, variables, wanted) => {
  expect(
    find(
      () => command,
      () => ({ Path: 'win;.', ...variables }),
      'win32',
    ),
  ).toEqual(wanted);
});

// Paths of Windows do not lead anywhere here; a path that holds a separator is taken as it is, and so can be tried.
test.each<[string, string, object]>([
  ['an extension is added', 'win/aws', { kind: 'found', path: '/win/aws.exe' }],
  ['an extension that stands there is enough', 'win/aws.exe', { kind: 'found', path: '/win/aws.exe' }],
  ['a script is told apart', 'win/gcloud', { kind: 'script', path: '/win/gcloud.cmd' }],
])('on Windows %s', (_, path, wanted) => {
  expect(
    find(
      (folder) => join(folder, path),
      () => ({ PATHEXT: '.EXE;.CMD' }),
      'win32',
    ),
  ).toEqual(wanted);
});
