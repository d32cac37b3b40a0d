import { failureError } from '../../src/cluster/connection/failure-message.ts';
import { GateError } from '../../src/model/errors.ts';
import type { Api, Requirement } from '../../src/model/requirement.ts';
import type { Gap } from '../../src/model/snapshot.ts';
import type { ClusterVerdict, Finding, Verdict } from '../../src/model/verdict.ts';
import { judge } from '../../src/verdict/judge.ts';
import { fromCrd, requirementOf } from './judging.ts';
import { resource, snapshotOf } from './snapshots.ts';

/** Verdicts for tests of reports, and for the pages in docs/ that show them. */

function kind(group: string, version: string, name: string): Api {
  return { kind: 'kind', groupVersion: { group, version }, name, verbs: [] };
}

export function requirement(text: string, over: Partial<Requirement> = {}): Requirement {
  const [group = '', version = '', name = 'Thing'] = text.split('/');
  return {
    text,
    anyOf: [kind(group, version, name)],
    negated: false,
    place: { kind: 'input', input: 'require', line: 1 },
    ...over,
  };
}

export function finding(over: Partial<Finding> & { readonly text?: string } = {}): Finding {
  const { text = 'apps/v1/Deployment', ...rest } = over;
  return {
    requirement: requirement(text),
    cluster: 'prod',
    standing: 'served',
    met: 'yes',
    fails: false,
    explanation: `${text} is served.`,
    lifecycle: [],
    ...rest,
  };
}

export function clusterVerdict(over: Partial<ClusterVerdict> = {}): ClusterVerdict {
  return {
    cluster: 'prod',
    outcome: 'compatible',
    findings: [finding()],
    warnings: [],
    cache: 'miss',
    ageMs: 0,
    serverVersion: { gitVersion: 'v1.33.1', major: '1', minor: '33' },
    capabilities: ['v1', 'v1/Pod', 'apps/v1', 'apps/v1/Deployment'],
    ...over,
  };
}

export function verdict(over: Partial<Verdict> = {}): Verdict {
  return {
    outcome: 'compatible',
    clusters: [clusterVerdict()],
    problems: [],
    warnings: [],
    notJudged: {},
    ...over,
  };
}

export function inFile(file: string, line: number, name: string, namespace = 'shop'): Partial<Requirement> {
  return { place: { kind: 'file', file, line, column: 1 }, object: { name, namespace } };
}

const budget = requirement('policy/v1beta1/PodDisruptionBudget', inFile('deploy/shop/budget.yaml', 1, 'web'));
const ingress = requirement('networking.k8s.io/v1/Ingress', inFile('deploy/shop/ingress.yaml', 14, 'web'));
const metrics = requirementOf('metrics.k8s.io/v1beta1', { kind: 'input', input: 'require', line: 2 });
const route = requirement('gateway.networking.k8s.io/v1/HTTPRoute', inFile('deploy/shop/route.yaml', 3, 'shop'));
const slices = requirement('discovery.k8s.io/v1beta1/EndpointSlice', inFile('deploy/legacy/slices.yaml', 1, 'db'));
const cron = requirement('batch/v1/CronJob', inFile('deploy/shop/cron.yaml', 1, 'mail'));
const classes = requirement(
  'storage.k8s.io/v1beta1/VolumeAttributesClass',
  inFile('deploy/cluster/disks.yaml', 1, 'fast'),
);

const stale = (groupVersion: string): Gap => ({
  kind: 'group-version',
  groupVersion,
  reason: 'stale',
  message: `the server lists ${groupVersion} with freshness Stale`,
});

/** In the words of the code that judges: a page that shows other texts than a run would mislead whoever looks for them. */
function onProduction(): ClusterVerdict {
  const cluster = 'production-eu';
  const snapshot = snapshotOf(
    {
      'apiextensions.k8s.io/v1': [resource('customresourcedefinitions', 'CustomResourceDefinition')],
      'policy/v1': [resource('poddisruptionbudgets', 'PodDisruptionBudget')],
      'networking.k8s.io/v1': [resource('ingresses', 'Ingress')],
      'discovery.k8s.io/v1': [resource('endpointslices', 'EndpointSlice')],
      'batch/v1': [resource('cronjobs', 'CronJob')],
      'storage.k8s.io/v1': [resource('volumeattributesclasses', 'VolumeAttributesClass')],
      'storage.k8s.io/v1beta1': [resource('volumeattributesclasses', 'VolumeAttributesClass')],
    },
    { version: 'v1.35.2', gaps: [stale('metrics.k8s.io/v1beta1'), stale('custom.metrics.k8s.io/v1beta2')] },
  );
  const { findings, warnings } = judge(snapshot, [budget, ingress, metrics, route, slices, cron, classes], {
    cluster,
    failOn: ['missing', 'unknown'],
    definitions: [
      fromCrd(
        'HTTPRoute',
        'httproutes',
        { v1: true },
        {
          group: 'gateway.networking.k8s.io',
          place: { kind: 'file', file: 'deploy/crds/httproutes.yaml', line: 1 },
        },
      ),
    ],
    accept: (found) =>
      found.requirement === slices
        ? {
            kind: 'exemption',
            reason: 'Goes with the old database (team-data, until 2026-12-31)',
            place: { kind: 'file', file: 'gate/exemptions.yaml', line: 4 },
          }
        : undefined,
  });
  return clusterVerdict({
    cluster,
    outcome: 'incompatible',
    cache: 'rechecked',
    serverVersion: { gitVersion: 'v1.35.2', major: '1', minor: '35' },
    findings,
    warnings,
  });
}

function onStaging(): ClusterVerdict {
  const cluster = 'staging';
  return clusterVerdict({
    cluster,
    cache: 'hit',
    ageMs: 200_000,
    serverVersion: { gitVersion: 'v1.24.17-eks-5e0fdde', major: '1', minor: '24+' },
    findings: [budget, ingress, route, slices, cron].map((required) =>
      finding({ requirement: required, cluster, explanation: `${required.text} is served.` }),
    ),
  });
}

/** Two clusters, and one of everything that a report can show. */
export function variedVerdict(): Verdict {
  return verdict({
    outcome: 'incompatible',
    clusters: [
      onProduction(),
      onStaging(),
      clusterVerdict({
        cluster: 'production-us',
        outcome: 'unreachable',
        findings: [],
        capabilities: [],
        error: failureError(
          { kind: 'connection-refused', address: '10.1.0.7:6443' },
          { url: 'https://10.1.0.7:6443/api', tries: 1 },
        ),
      }),
    ],
    problems: [
      {
        place: { kind: 'file', file: 'charts/shop/templates/web.yaml', line: 7, column: 13 },
        message: 'This is a Helm template that was not rendered, so it cannot be judged.',
        hint: 'Render it, for example with `helm template charts/shop > rendered.yaml`, and give the result to manifests; exclude the templates with `!charts/shop/templates/**`.',
      },
    ],
    warnings: [
      {
        message: 'Nothing needs the exemption for `batch/v1beta1/CronJob` any more; remove it.',
        place: { kind: 'file', file: 'gate/exemptions.yaml', line: 9 },
      },
    ],
    notJudged: { 'kustomize.config.k8s.io/v1beta1 Kustomization': 2 },
  });
}

/** All is well on one cluster. */
export function greenVerdict(): Verdict {
  return verdict({
    clusters: [
      clusterVerdict({
        findings: [cron, ingress].map((required) =>
          finding({ requirement: required, explanation: `${required.text} is served.` }),
        ),
      }),
    ],
  });
}

/** The input was wrong: nobody was asked. */
export function haltedVerdict(): Verdict {
  const error = new GateError('invalid-input', 'invalid-input', 'The input has 2 mistakes; nothing was asked.', {
    problems: [
      {
        place: { kind: 'input', input: 'require', line: 3 },
        message: '"apps/Deployment" is not a valid requirement: a version is missing.',
        hint: 'Write `apps/v1/Deployment`.',
      },
      {
        place: { kind: 'input', input: 'timeout' },
        message: '"30" is not a valid duration: a unit is missing.',
        hint: 'Write `30s`.',
      },
    ],
  });
  return verdict({ outcome: 'invalid-input', clusters: [], error });
}

/** A cluster and files that are out to harm: commands, escapes, elements, secrets, in every name and message. */
export function hostileVerdict(): Verdict {
  const evil =
    '\n::error::injected\r\n##[error]injected\u001b[2J<script>alert(1)</script>|`hunter2\n::set-output name=outcome::compatible';
  return verdict({
    outcome: 'incompatible',
    clusters: [
      clusterVerdict({
        cluster: `evil${evil}`,
        outcome: 'incompatible',
        findings: [
          finding({
            cluster: `evil${evil}`,
            met: 'no',
            standing: 'missing',
            fails: true,
            explanation: `Gone${evil}`,
            advice: `Go${evil}`,
            requirement: requirement(`v1/Pod${evil}`, inFile(`a,line=1::${evil}.yaml`, 1, `web${evil}`)),
          }),
          finding({ cluster: `evil${evil}`, explanation: `Served${evil}` }),
        ],
        warnings: [{ message: `Slow${evil}` }],
        capabilities: ['v1', `v1/Pod${evil}`],
      }),
    ],
    problems: [{ place: { kind: 'file', file: `b${evil}.yaml`, line: 1 }, message: `Bad${evil}`, hint: `Mend${evil}` }],
    notJudged: { [`Odd${evil}`]: 1 },
  });
}

/** A verdict in which every field that can be there is there. */
export function faultedVerdict(): Verdict {
  const place = { kind: 'file', file: 'a.yaml', line: 1, column: 2, template: 'templates/a.yaml' } as const;
  const problem = { place, message: 'Bad.', hint: 'Mend it.' };
  const error = new GateError('denied', 'some-code', 'Refused.', { hint: 'Ask.', problems: [problem] });
  const full = finding({
    requirement: requirement('v1/Pod', { place, object: { name: 'web', namespace: 'shop' } }),
    explanation: 'Gone.',
    advice: 'Go.',
    lifecycle: [{ kind: 'deprecated', message: 'Old.', replacement: 'v2' }],
    acceptance: { kind: 'baseline', reason: 'known', place: { kind: 'input', input: 'baseline', line: 3 } },
  });
  return verdict({
    clusters: [clusterVerdict({ findings: [full], warnings: [{ message: 'Slow.', place }], error })],
    problems: [problem],
    warnings: [{ message: 'Odd.' }],
    notJudged: { 'v1 List': 1 },
    error,
  });
}
