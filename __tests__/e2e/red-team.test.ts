/** Attempts to get a green job where a red one is due, and the other way round, on the built action: what is in dist/ counts, not what src/ would do. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { readRecording } from '../helpers/recording.ts';
import { type ReplayServer, startReplayServer } from '../helpers/replay-server.ts';
import { runAction } from '../helpers/runner.ts';

type Lie = { readonly contentType: string; readonly body: string };
type Strings = Readonly<Record<string, string>>;

let server: ReplayServer;
/** What the server says in place of the truth, by path. */
let lies: Readonly<Record<string, Lie>> = {};

beforeAll(async () => {
  server = await startReplayServer({
    recording: readRecording('1.37'),
    intercept: (request, response) => {
      const lie = lies[request.url ?? ''];
      if (lie === undefined) return false;
      response.writeHead(200, { 'content-type': lie.contentType }).end(lie.body);
      return true;
    },
  });
});

beforeEach(() => {
  lies = {};
});

afterAll(async () => {
  await server?.stop();
});

const aggregated = (document: object): Lie => ({
  contentType: 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
  body: JSON.stringify({ kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', ...document }),
});
const plain = (document: object): Lie => ({ contentType: 'application/json', body: JSON.stringify(document) });
const object = (apiVersion: string, kind: string): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: web\n`;

const CRON_JOB = { 'd/cron.yaml': object('batch/v1beta1', 'CronJob') };
const exempting = (more: string): Strings => ({
  ...CRON_JOB,
  'ex.yaml': `- requirement: batch/v1beta1/CronJob\n  reason: Goes in May.\n${more}`,
});
const TEMPLATE = { 'd/a.yaml': object('v1', 'ConfigMap'), 'd/shop/b.yaml': '{{ .Values }}\n' };
const finding = { cluster: 'replayed', file: 'd/cron.yaml', requirement: 'batch/v1beta1/CronJob', object: 'web' };
const recorded = (more: object): Strings => ({
  ...CRON_JOB,
  'base.json': JSON.stringify({ version: 1, findings: [{ ...finding, failure: 'missing', ...more }] }),
});

type Row = readonly [
  rule: string,
  outcome: string,
  inputs: Strings,
  more: { readonly files?: Strings; readonly lies?: Readonly<Record<string, Lie>> },
];

const MANIFESTS = { manifests: 'd/**' };
const EXEMPT = { ...MANIFESTS, exemptions: 'ex.yaml' };
const BASELINE = { ...MANIFESTS, baseline: 'base.json' };

test.each<Row>([
  [
    'no group listed is no answer',
    'undetermined',
    { require: '!a.io/v1' },
    { lies: { '/apis': aggregated({ items: [] }) } },
  ],
  ['a list that is left out is none', 'undetermined', { require: '!a.io/v1' }, { lies: { '/apis': aggregated({}) } }],
  [
    'nor is a plain one without groups',
    'undetermined',
    { require: '!a.io/v1' },
    { lies: { '/apis': plain({ kind: 'APIGroupList', apiVersion: 'v1', groups: [] }) } },
  ],
  [
    'an empty object is no answer',
    'unreachable',
    { require: '!a.io/v1' },
    { lies: { '/api': plain({}), '/apis': plain({}) } },
  ],
  ['a slip behind a ! does not hold for ever', 'invalid-input', { require: '!extension/v1beta1' }, {}],
  ['a ! in full width is none', 'invalid-input', { require: '！apps/v1' }, {}],
  ['a slash that only looks like one is none', 'invalid-input', { require: 'apps∕v1' }, {}],
  ['what cannot be seen counts', 'invalid-input', { require: 'apps/v1\u200b' }, {}],
  ['a comment is not a valid requirement', 'invalid-input', { require: '# apps/v1' }, {}],
  ['a lone carriage return ends a line', 'incompatible', { require: 'apps/v1\ra.io/v1' }, {}],
  ['half a range does not hold for any version', 'invalid-input', { 'server-version': '>=1.90 || ' }, {}],
  ['false is no range', 'invalid-input', { 'server-version': 'false' }, {}],
  ['exclusions alone choose no manifest', 'invalid-input', { require: 'v1', manifests: '!d/**' }, { files: CRON_JOB }],
  [
    'a pattern that finds nothing is not met by others',
    'invalid-input',
    { manifests: 'd/*\ne/*' },
    { files: { 'd/a.yaml': object('v1', 'ConfigMap') } },
  ],
  [
    'what can only be read takes no object',
    'incompatible',
    MANIFESTS,
    { files: { 'd/a.yaml': object('v1', 'ComponentStatus') } },
  ],
  [
    'nothing is excluded from what may fail to parse, and it says so',
    'invalid-input',
    { ...MANIFESTS, 'allow-unparsable': 'd/**\n!d/shop/**' },
    { files: TEMPLATE },
  ],
  ['an exemption accepts what it names', 'compatible', EXEMPT, { files: exempting('') }],
  [
    'and not what its files exclude',
    'incompatible',
    EXEMPT,
    { files: exempting('  files: ["d/**", "!d/cron.yaml"]\n') },
  ],
  ['and not on another cluster', 'incompatible', EXEMPT, { files: exempting('  cluster: staging\n') }],
  ['and not what is worse than it says', 'incompatible', EXEMPT, { files: exempting('  accepts: deprecated\n') }],
  ['and not by a template that nothing names', 'incompatible', EXEMPT, { files: exempting('  template: "**"\n') }],
  ['and not when it is over', 'incompatible', EXEMPT, { files: exempting('  expires: 2020-01-01\n') }],
  [
    'a star stays within one part',
    'incompatible',
    EXEMPT,
    { files: { ...CRON_JOB, 'ex.yaml': '- {requirement: "*", reason: x}' } },
  ],
  ['a baseline accepts what it recorded', 'compatible', BASELINE, { files: recorded({}) }],
  ['and not what became worse', 'incompatible', BASELINE, { files: recorded({ failure: 'deprecated' }) }],
  ['and not of another cluster', 'incompatible', BASELINE, { files: recorded({ cluster: 'staging' }) }],
])('%s: %s', async (_rule, outcome, inputs, { files = {}, lies: told = {} }) => {
  lies = told;
  const run = await runAction({ inputs: { kubeconfig: server.kubeconfig(), cache: 'off', ...inputs }, files });
  expect([run.outputs['outcome'], run.exitCode]).toEqual([outcome, outcome === 'compatible' ? 0 : 1]);
  expect(run.log).not.toContain('is a defect of kube-api-gate');
});

test.each([
  ['on a full disk', '/dev/full'],
  ['in a folder that is not there', '/nowhere/output'],
  ['in a folder', '/'],
])('an outcome that later steps could not read is red: %s', async (_where, GITHUB_OUTPUT) => {
  const run = await runAction({
    inputs: { kubeconfig: server.kubeconfig(), cache: 'off', require: 'apps/v1' },
    env: { GITHUB_OUTPUT },
  });
  expect(run.exitCode).toBe(1);
});
