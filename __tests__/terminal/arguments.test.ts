import { describe, expect, test } from 'vitest';
import { type KindOfPath, readArguments } from '../../src/terminal/arguments.ts';

const PATHS: Readonly<Record<string, ReturnType<KindOfPath>>> = {
  deploy: 'folder',
  'deploy/': 'folder',
  'deploy/a.yaml': 'file',
  'deploy/b.yaml': 'file',
  '[odd].yaml': 'file',
  'apps/v1': 'folder',
  v1: 'folder',
  '/dev/stdin': 'pipe',
  '/dev/fd/63': 'pipe',
};
const kindOf: KindOfPath = (path) => (Object.hasOwn(PATHS, path) ? (PATHS[path] ?? 'nothing') : 'nothing');

function read(...args: string[]) {
  const given = readArguments(args, kindOf);
  if (given.kind !== 'run') throw new Error(JSON.stringify(given));
  return {
    require: given.read('require'),
    manifests: given.read('manifests'),
    piped: given.piped,
    format: given.format,
    read: given.read,
  };
}

const wrong = (...args: string[]): string => {
  const given = readArguments(args, kindOf);
  return given.kind === 'wrong' ? given.message : `not refused: ${given.kind}`;
};

describe('an argument without an option', () => {
  test.each<[rule: string, argument: string, into: 'require' | 'manifests' | 'piped']>([
    ['a group-version is a requirement', 'batch/v1', 'require'],
    ['a kind is a requirement', 'apps/v1/Deployment', 'require'],
    ['verbs belong to a requirement', 'batch/v1/CronJob verbs=create', 'require'],
    ['a negation is a requirement', '!extensions/v1beta1', 'require'],
    ['any version of a group is a requirement', 'gateway.networking.k8s.io/*', 'require'],
    ['a folder that is there is read', 'deploy', 'manifests'],
    ['a folder with a slash is read', 'deploy/', 'manifests'],
    ['a file that is there is read', 'deploy/a.yaml', 'manifests'],
    ['a file whose name looks like a pattern is read', '[odd].yaml', 'manifests'],
    ['a file that is not there is a file', 'deploy/typo.yaml', 'manifests'],
    ['a folder that is not there is a folder', 'typo/', 'manifests'],
    ['a path from here is a path', './apps/v1', 'manifests'],
    ['a path from above is a path', '../shop', 'manifests'],
    ['an absolute path is a path', '/srv/shop', 'manifests'],
    ['here is a path', '.', 'manifests'],
    ['a pattern in quotes is one', 'deploy/**/web*', 'manifests'],
    ['an exclusion is a pattern', '!deploy/**', 'manifests'],
    ['a JSON file is a file', 'list.JSON', 'manifests'],
    ['a dash is standard input', '-', 'piped'],
    ['standard input by its other name is a pipe', '/dev/stdin', 'piped'],
    ['what a shell puts in place of <(…) is a pipe', '/dev/fd/63', 'piped'],
  ])('%s: %s', (_, argument, into) => {
    const { require, manifests, piped } = read(argument);
    expect({ require, manifests, piped }).toEqual({
      require: '',
      manifests: '',
      piped: [],
      [into]: into === 'piped' ? [argument] : argument,
    });
  });

  test.each(['apps/v1', 'v1'])('that is a requirement and a folder is refused, with both ways out: %s', (argument) => {
    expect(wrong(argument)).toBe(
      `${argument} is a requirement, and also a folder here. Write -r ${argument} or ./${argument}.`,
    );
  });

  test('behind -- is not an option', () => {
    expect(read('--', '-odd/').manifests).toBe('-odd/');
  });
});

describe('options', () => {
  test.each<[rule: string, args: readonly string[], name: string, value: string]>([
    ['a list gathers', ['-r', 'a/v1', '--require', 'b/v1', 'c/v1'], 'require', 'a/v1\nb/v1\nc/v1'],
    [
      'manifests gather with arguments',
      ['-f', 'deploy/a.yaml', '-f', 'deploy/b.yaml', 'x.yaml'],
      'manifests',
      'deploy/a.yaml\ndeploy/b.yaml\nx.yaml',
    ],
    ['contexts gather', ['-c', 'a', '-c', 'b'], 'context', 'a\nb'],
    ['of a single value the last one counts', ['--timeout', '1s', '--timeout=2s'], 'timeout', '2s'],
    ['of kubeconfigs the last one counts', ['-k', 'a', '--kubeconfig', 'b'], 'kubeconfig', 'b'],
    ['what is not given is empty', [], 'cache-ttl', ''],
  ])('%s', (_, args, name, value) => {
    expect(read(...args).read(name)).toBe(value);
  });

  test.each([
    [['-o', 'json'], 'json'],
    [['--output=markdown'], 'markdown'],
    [['-o', 'json', '-o', 'text'], 'text'],
    [[], 'text'],
  ])('%j prints %s', (args, format) => {
    expect(read(...args).format).toBe(format);
  });

  test('a pipe named by --manifests is read as one', () => {
    expect(read('-f', '-')).toMatchObject({ manifests: '', piped: ['-'] });
  });
});

describe('what cannot be meant is refused in one line', () => {
  test.each<[rule: string, args: readonly string[], message: string]>([
    ['an unknown format', ['-o', 'xml'], '--output takes text, json, junit, sarif, markdown, not "xml".'],
    ['an unknown option', ['--reqire', 'v1'], 'Unknown option --reqire. Did you mean --require?'],
    [
      'a pattern that the shell has expanded',
      ['--manifests', 'deploy/a.yaml', 'deploy/b.yaml'],
      "--manifests takes one value, and deploy/b.yaml follows it: the shell has expanded a pattern. Quote the pattern: --manifests 'deploy/**/*.yaml'.",
    ],
    [
      'the same after the short option',
      ['-r', 'v1', '-f', 'deploy/a.yaml', 'deploy/b.yaml'],
      "--manifests takes one value, and deploy/b.yaml follows it: the shell has expanded a pattern. Quote the pattern: --manifests 'deploy/**/*.yaml'.",
    ],
  ])('%s', (_, args, message) => {
    expect(wrong(...args)).toBe(message);
  });
});

test.each<[args: readonly string[], kind: object]>([
  [['--version'], { kind: 'version' }],
  [['-V'], { kind: 'version' }],
  [['--help'], { kind: 'help', all: false }],
  [['-h', 'deploy/'], { kind: 'help', all: false }],
  [['--help-all'], { kind: 'help', all: true }],
])('%j asks for %j', (args, kind) => {
  expect(readArguments(args, kindOf)).toEqual(kind);
});

test.each([
  ['not given', [], 'use'],
  ['given', ['--kubectl-cache', 'off'], 'off'],
])('a terminal shares the cache of its kubectl unless told otherwise: %s', (_rule, args, expected) => {
  expect(read('batch/v1', ...args).read('kubectl-cache')).toBe(expected);
});
