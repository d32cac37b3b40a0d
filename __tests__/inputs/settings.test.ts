import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { INPUTS, readSettings, type Settings } from '../../src/inputs/settings.ts';
import { described, type GivenInputs, readerOf } from '../helpers/inputs.ts';

function settingsOf(given: GivenInputs): Settings {
  const reading = readSettings(readerOf(given));
  if (reading.problems.length > 0) throw new Error(described(reading.problems).join('\n'));
  return reading.settings;
}

function problemsOf(given: GivenInputs): readonly string[] {
  return described(readSettings(readerOf(given)).problems);
}

const NO_FILES = { cachedClusters: [], snapshots: [], compare: [], reports: [], expectClusters: [] } as const;

test('nothing given is every default', () => {
  expect(settingsOf({})).toEqual({
    require: '',
    provides: '',
    serverVersion: '',
    fields: 'warn',
    manifests: [],
    allowUnparsable: [],
    clusters: [{ kind: 'kubeconfig' }],
    cache: { mode: 'auto', ttlMs: 600_000 },
    kubectlCache: 'off',
    timeoutMs: 30_000,
    waitMs: 0,
    failOn: ['missing', 'unknown'],
    updateBaseline: false,
    ...NO_FILES,
  });
});

test('the defaults written into action.yml say the same as none', () => {
  const written = Object.fromEntries(INPUTS.map((input) => [input.name, input.default]));
  expect(settingsOf(written)).toEqual(settingsOf({}));
});

test('everything given comes through', () => {
  expect(
    settingsOf({
      require: '\n  apps/v1\n',
      provides: 'cert-manager.io/v1\n',
      manifests: 'deploy/**/*.yaml\r\n!deploy/old/** # not deployed\r\n\r\n',
      'allow-unparsable': 'deploy/vendor/**',
      'server-version': '>=1.29 <1.38',
      kubeconfig: 'kubeconfig.yaml',
      context: 'blue\ngreen',
      cache: 'refresh',
      'cache-ttl': '1h',
      'kubectl-cache': 'write',
      timeout: '1m30s',
      wait: '5m',
      'fail-on': 'missing\ndeprecated removed-by-target',
      'target-version': 'v1.38',
      exemptions: 'exempt.yaml',
      baseline: 'baseline.json',
      'update-baseline': 'True',
      'report-directory': 'out',
    }),
  ).toEqual({
    require: '\n  apps/v1\n',
    provides: 'cert-manager.io/v1\n',
    manifests: ['deploy/**/*.yaml', '!deploy/old/**'],
    allowUnparsable: ['deploy/vendor/**'],
    serverVersion: '>=1.29 <1.38',
    fields: 'warn',
    targetVersion: '1.38.0',
    clusters: [
      { kind: 'kubeconfig', kubeconfig: 'kubeconfig.yaml', context: 'blue' },
      { kind: 'kubeconfig', kubeconfig: 'kubeconfig.yaml', context: 'green' },
    ],
    cache: { mode: 'refresh', ttlMs: 3_600_000 },
    kubectlCache: 'write',
    timeoutMs: 90_000,
    waitMs: 300_000,
    failOn: ['missing', 'deprecated', 'removed-by-target'],
    exemptions: 'exempt.yaml',
    baseline: 'baseline.json',
    updateBaseline: true,
    reportDirectory: 'out',
    ...NO_FILES,
  });
});

test('all problems come together', () => {
  expect(
    problemsOf({
      server: '203.0.113.7:6443',
      cache: 'atuo',
      timeout: '30',
      'fail-on': 'mising',
      'update-baseline': 'yes',
    }),
  ).toEqual([
    'server: "203.0.113.7:6443" has no scheme. → Write https://203.0.113.7:6443.',
    'cache: "atuo" is not one of auto, refresh, only, off. → Did you mean auto?',
    'timeout: "30" is not a valid duration: the unit is missing after 30. → Write 30s for seconds, or 30m for minutes.',
    'fail-on:1: "mising" is not one of missing, unknown, deprecated, removed-by-target, drift, none. → Did you mean missing?',
    'update-baseline: "yes" is neither true nor false. → Did you mean true?',
  ]);
});

describe('what does not fit together is refused', () => {
  test.each<[string, GivenInputs, readonly string[]]>([
    [
      'cache: only needs to know the cluster',
      { cache: 'only' },
      [
        'cache: only reads what another job saved, and nothing says of which cluster. → Give cluster, with the same name as in the job that saves; or kubeconfig or server.',
      ],
    ],
    ['cache: only knows it by its name', { cache: 'only', cluster: 'prod' }, []],
    ['cache: only knows it by its server', { cache: 'only', server: 'https://k.example' }, []],
    ['cache: only knows it by a context', { cache: 'only', context: 'prod' }, []],
    [
      'cache: only cannot wait for a cluster that it never asks',
      { cache: 'only', cluster: 'prod', wait: '1m' },
      ['wait: It asks the cluster again, and cache: only never contacts it. → Leave wait out, or set cache to auto.'],
    ],
    [
      'cache: only finds nothing that is young enough when nothing is',
      { cache: 'only', cluster: 'prod', 'cache-ttl': '0s' },
      [
        'cache-ttl: No answer is younger than 0s, and cache: only never asks for one. → Give the cache-ttl of the job that saves, for example 6h.',
      ],
    ],
    [
      'a TTL that cannot be read is reported once',
      { cache: 'only', cluster: 'prod', 'cache-ttl': 'soon' },
      [
        'cache-ttl: "soon" is not a valid duration: a number is expected before the unit. → Write for example 30s, 10m or 1h30m.',
      ],
    ],
    [
      'nothing is excluded from what may fail to parse',
      { require: 'v1', 'allow-unparsable': 'charts/**\n!charts/shop/**' },
      [
        'allow-unparsable: "!charts/shop/**" begins with !, and no pattern excludes here. → Name the files that may fail to parse, and no others.',
      ],
    ],
    [
      'looking ahead needs a target',
      { 'fail-on': 'removed-by-target' },
      [
        'fail-on: removed-by-target needs a target-version, and none is given. → Give target-version, for example 1.38.',
      ],
    ],
    [
      'a target that cannot be read is reported once',
      { 'fail-on': 'removed-by-target', 'target-version': 'next' },
      ['target-version: "next" is not the version of a release. → Write for example 1.38.'],
    ],
    [
      'exclusions alone choose no manifest',
      { require: 'v1', manifests: '!deploy/old/** # not deployed' },
      [
        'manifests: It only excludes, so no file would be read. → Say first what to read, for example deploy/**/*.yaml.',
      ],
    ],
    [
      'a baseline is recorded by asking',
      { cache: 'only', cluster: 'prod', baseline: 'b.json', 'update-baseline': 'true' },
      [
        'update-baseline: What fails is asked of the cluster before it is recorded, and cache: only never contacts it. → Set cache to auto or refresh in the job that writes the baseline.',
      ],
    ],
    [
      'updating a baseline needs its file',
      { 'update-baseline': 'true' },
      ['update-baseline: There is no baseline to write. → Give baseline, the path of its file.'],
    ],
  ])('%s', (_rule, given, expected) => {
    expect(problemsOf(given)).toEqual(expected);
  });
});

test('no text makes it throw, and no problem shows a secret', () => {
  const secret = 's3cr3t-t0ken with blanks';
  const text = fc.oneof(fc.string(), fc.constantFrom('none', 'only', '30', 'https://a.example', 'http://a', 'a\nb'));
  const given = fc.record(Object.fromEntries(INPUTS.map(({ name }) => [name, text])));
  fc.assert(
    fc.property(given, (texts) => {
      const problems = problemsOf({ ...texts, token: secret, 'certificate-authority-data': secret });
      expect(problems.length).toBeGreaterThan(0);
      expect(problems.join('\n')).not.toContain('s3cr3t');
    }),
  );
});
