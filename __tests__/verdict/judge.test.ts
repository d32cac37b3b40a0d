import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Definition } from '../../src/model/definition.ts';
import type { Place } from '../../src/model/place.ts';
import type { Requirement } from '../../src/model/requirement.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import type { Acceptance, FailOn, Finding } from '../../src/model/verdict.ts';
import { parseRequirements } from '../../src/requirements/requirements.ts';
import { capabilitiesOf, combine, type JudgeOptions, judge, outcomeOf } from '../../src/verdict/judge.ts';
import { fromCrd, MANIFEST, requirementOf, takingDefinitions } from '../helpers/judging.ts';
import { endpointGap, resource, snapshotOf, versionGap } from '../helpers/snapshots.ts';

const autoscalers = [resource('horizontalpodautoscalers', 'HorizontalPodAutoscaler')];
const snapshot = snapshotOf(
  {
    v1: [resource('pods', 'Pod')],
    'apps/v1': [resource('deployments', 'Deployment')],
    'autoscaling/v2beta2': autoscalers,
  },
  { version: 'v1.25.16', gaps: [versionGap('metrics.k8s.io/v1beta1')] },
);
const OPTIONS: JudgeOptions = { cluster: 'prod', failOn: ['missing', 'unknown'], definitions: [] };

const SERVED = 'apps/v1/Deployment';
const MISSING = 'batch/v1';
const UNKNOWN = 'metrics.k8s.io/v1beta1';
const DEPRECATED = 'autoscaling/v2beta2/HorizontalPodAutoscaler';

function findingOf(text: string, options: Partial<JudgeOptions> = {}): Finding {
  const [finding] = judge(snapshot, [requirementOf(text)], { ...OPTIONS, ...options }).findings;
  if (finding === undefined) throw new Error('one requirement gives one finding');
  return finding;
}

test('a finding holds the requirement, the cluster and all that was found', () => {
  expect(findingOf(MISSING)).toEqual({
    requirement: requirementOf(MISSING),
    cluster: 'prod',
    standing: 'missing',
    met: 'no',
    fails: true,
    explanation: 'batch/v1 is not served; no version of batch is.',
    advice: 'kubectl api-versions lists what this cluster serves.',
    lifecycle: [],
  });
});

describe('what fails is what fail-on says', () => {
  const ahead = { targetVersion: '1.26.0' };
  test.each<[string, string, readonly FailOn[], Partial<JudgeOptions>, boolean]>([
    ['served never fails', SERVED, ['missing', 'unknown', 'deprecated', 'removed-by-target'], ahead, false],
    ['missing fails for missing', MISSING, ['missing'], {}, true],
    ['missing does not fail for unknown', MISSING, ['unknown'], {}, false],
    ['missing fails for nothing when fail-on is none', MISSING, [], {}, false],
    ['unknown fails for unknown', UNKNOWN, ['unknown'], {}, true],
    ['unknown does not fail for missing', UNKNOWN, ['missing'], {}, false],
    ['what must not be served and is fails as missing does', `!${SERVED}`, ['missing'], {}, true],
    ['what must not be served and is not does not fail', `!${MISSING}`, ['missing', 'unknown'], {}, false],
    ['what must not be served and is unknown fails for unknown', `!${UNKNOWN}`, ['unknown'], {}, true],
    ['what must not be served and is unknown does not fail for missing', `!${UNKNOWN}`, ['missing'], {}, false],
    ['deprecated fails for deprecated', DEPRECATED, ['deprecated'], {}, true],
    ['deprecated does not fail for anything else', DEPRECATED, ['missing', 'unknown', 'removed-by-target'], {}, false],
    ['removed by the target fails for it', DEPRECATED, ['removed-by-target'], ahead, true],
    ['removed by the target does not fail for missing', DEPRECATED, ['missing'], ahead, false],
    ['removed after the target does not fail', DEPRECATED, ['removed-by-target'], { targetVersion: '1.25.99' }, false],
    ['removed without a target does not fail', DEPRECATED, ['removed-by-target'], {}, false],
  ])('%s', (_rule, text, failOn, more, expected) => {
    expect(findingOf(text, { failOn, ...more }).fails).toBe(expected);
  });
});

describe('what a person accepted', () => {
  const acceptance: Acceptance = { kind: 'exemption', reason: 'known', place: MANIFEST };

  test('is exempt and does not fail, and still says what was found', () => {
    expect(findingOf(MISSING, { accept: () => acceptance })).toMatchObject({
      standing: 'exempt',
      met: 'no',
      fails: false,
      acceptance,
      explanation: 'batch/v1 is not served; no version of batch is.',
    });
  });

  test('is asked about only where something would fail', () => {
    const asked: string[] = [];
    const accept = (finding: Finding) => {
      asked.push(`${finding.requirement.text} ${finding.standing} ${finding.fails}`);
      return undefined;
    };
    const texts = [SERVED, MISSING, UNKNOWN, DEPRECATED];
    const { findings } = judge(
      snapshot,
      texts.map((text) => requirementOf(text)),
      { ...OPTIONS, accept },
    );
    expect(asked).toEqual([`${MISSING} missing true`, `${UNKNOWN} unknown true`]);
    expect(findings.map(({ fails }) => fails)).toEqual([false, true, true, false]);
  });
});

test('the same requirement in two places is two findings, each with its place', () => {
  const other: Place = { kind: 'file', file: 'b.yaml', line: 9 };
  const { findings } = judge(snapshot, [requirementOf(SERVED, MANIFEST), requirementOf(SERVED, other)], OPTIONS);
  expect(findings.map(({ requirement }) => requirement.place)).toEqual([MANIFEST, other]);
});

test('the same name asks for more in a manifest than in a line of require', () => {
  const scaled = snapshotOf({ 'apps/v1': [resource('deployments/scale', 'Scale')] });
  const { findings } = judge(
    scaled,
    [requirementOf('apps/v1/Scale'), requirementOf('apps/v1/Scale', MANIFEST)],
    OPTIONS,
  );
  expect(findings.map(({ standing }) => standing)).toEqual(['served', 'missing']);
});

describe('warnings', () => {
  const messages = (...texts: string[]) =>
    judge(
      snapshotOf(
        { 'apps/v1': [resource('deployments', 'Deployment')] },
        { gaps: [versionGap('a.b/v1'), endpointGap('/version')] },
      ),
      texts.map((text) => requirementOf(text)),
      OPTIONS,
    ).warnings.map(({ message }) => message.split(' (')[0]);

  test('a gap that no requirement depends on is one', () => {
    expect(messages('apps/v1')).toEqual([
      'prod: a.b/v1 is registered, but its backend does not answer',
      'prod: /version is forbidden to this user',
    ]);
  });

  test('a gap that a requirement depends on is none, as the finding tells of it', () => {
    expect(messages('a.b/v1/Foo', 'server-version >=1.29')).toEqual([]);
  });

  test('what holds only by a slip is one, once, at its place', () => {
    const { warnings } = judge(
      snapshotOf({ 'apps/v1': [resource('deployments', 'Deployment')] }),
      [requirementOf('!apps/v1/Deploymnt'), requirementOf('!apps/v1/Deploymnt')],
      OPTIONS,
    );
    expect(warnings).toEqual([
      {
        message:
          'prod: !apps/v1/Deploymnt holds, as nothing is called so; but apps/v1/Deployment is served: is that what must not be?',
        place: { kind: 'input', input: 'require', line: 1 },
      },
    ]);
  });
});

test('a negated requirement is met exactly where the plain one is not, and unknown with it', () => {
  const text = fc.constantFrom(
    SERVED,
    MISSING,
    UNKNOWN,
    'v1/Pod verbs=get',
    'apps/*',
    'v2',
    'apps/v1/deployment',
    'autoscaling/v2',
  );
  const opposite = { yes: 'no', no: 'yes', unknown: 'unknown' };
  fc.assert(
    fc.property(text, (asked) => {
      expect(findingOf(`!${asked}`).met).toBe(opposite[findingOf(asked).met]);
    }),
  );
});

test('fewer answers never turn red into green: with any gap more, what is met was met before', () => {
  const texts = [
    SERVED,
    MISSING,
    'v1/Pod',
    'batch/v1/Job',
    '!batch/v1',
    '!apps/v1',
    'autoscaling/*',
    'server-version >=1.25',
  ];
  const whole = snapshotOf(
    { v1: [resource('pods', 'Pod')], 'apps/v1': [resource('deployments', 'Deployment')] },
    { version: 'v1.30.0' },
  );
  const lost = fc.constantFrom<string>('v1', 'apps/v1', '/api', '/apis', '/version');
  fc.assert(
    fc.property(fc.uniqueArray(lost), (places) => {
      const hidden = (group: string, version: string) =>
        places.includes(group === '' ? '/api' : '/apis') ||
        places.includes(group === '' ? version : `${group}/${version}`);
      const { version, ...known } = whole;
      const told = {
        ...known,
        ...(places.includes('/version') || version === undefined ? {} : { version }),
        groups: whole.groups.map((group) => ({
          ...group,
          versions: group.versions.filter((served) => !hidden(group.name, served.version)),
        })),
        gaps: places.map((place) =>
          place === '/api' || place === '/apis' || place === '/version' ? endpointGap(place) : versionGap(place),
        ),
      };
      const requirements = texts.map((text) => requirementOf(text));
      const before = judge(whole, requirements, OPTIONS).findings;
      judge(told, requirements, OPTIONS).findings.forEach(({ met }, index) => {
        expect([before[index]?.met, 'unknown']).toContain(met);
      });
    }),
  );
});

test('the face gives the outcome and the capabilities as well', () => {
  const { requirements } = parseRequirements(`${SERVED}\n${UNKNOWN}`);
  const { findings } = judge(snapshot, requirements, OPTIONS);
  expect(combine([outcomeOf(findings), 'compatible'])).toBe('undetermined');
  expect(capabilitiesOf(snapshot)).toContain('apps/v1/Deployment');
});

describe('what is most likely configuration of a tool', () => {
  const object = (text: string, configuration: Requirement['configuration']): Requirement => ({
    ...requirementOf(text, MANIFEST),
    configuration,
  });
  const operator = object('install.istio.io/v1alpha1/IstioOperator', { of: 'group', readBy: 'istioctl' });
  const settings = object('eventing.config.k8s.io/v1/Settings', { of: 'group' });
  const plugin = object('argoproj.io/v1alpha1/ConfigManagementPlugin', { of: 'kind' });
  const kubeconfig = object('v1/Config', { of: 'kind' });
  const talos = object('v1alpha1/HostnameConfig', { of: 'kind' });
  const served = (groupVersion: string, plural: string, kind: string) =>
    takingDefinitions(snapshotOf({ v1: [resource('pods', 'Pod')], [groupVersion]: [resource(plural, kind)] }));
  const nothing = served('apps/v1', 'deployments', 'Deployment');
  const definition = fromCrd('IstioOperator', 'istiooperators', { v1alpha1: true }, { group: 'install.istio.io' });
  const refused = { ...definition, fault: { place: MANIFEST, what: 'it has no scope' } };

  test.each<[string, Requirement, Snapshot, readonly Definition[], string]>([
    ['is left out where its group is not served', operator, nothing, [], 'left out'],
    [
      'is judged where its group is served',
      operator,
      served('install.istio.io/v1alpha1', 'istiooperators', 'IstioOperator'),
      [],
      'served',
    ],
    [
      'is judged in another version of its group',
      operator,
      served('install.istio.io/v2', 'istiooperators', 'IstioOperator'),
      [],
      'missing',
    ],
    [
      'is judged beside another kind of its group',
      operator,
      served('install.istio.io/v1', 'others', 'Other'),
      [],
      'missing',
    ],
    ['is judged where the change defines it', operator, nothing, [definition], 'provided'],
    ['is judged where the change defines it in vain', operator, nothing, [refused], 'missing'],
    [
      'is judged where its group does not answer',
      operator,
      takingDefinitions(
        snapshotOf({}, { empty: ['install.istio.io'], gaps: [versionGap('install.istio.io/v1alpha1')] }),
      ),
      [],
      'unknown',
    ],
    [
      'is left out where the cluster hides its groups',
      operator,
      snapshotOf({}, { gaps: [endpointGap('/apis')] }),
      [],
      'left out',
    ],
    ['of a group of components is left out', settings, nothing, [], 'left out'],
    [
      'of a group of components is judged where that is served',
      settings,
      served('eventing.config.k8s.io/v1', 'settings', 'Settings'),
      [],
      'served',
    ],
    [
      'of a kind is left out where only its group is served',
      plugin,
      served('argoproj.io/v1alpha1', 'applications', 'Application'),
      [],
      'left out',
    ],
    [
      'of a kind is judged where that is served',
      plugin,
      served('argoproj.io/v1alpha1', 'plugins', 'ConfigManagementPlugin'),
      [],
      'served',
    ],
    [
      'of a kind is judged where that is served in another version',
      plugin,
      served('argoproj.io/v1', 'plugins', 'ConfigManagementPlugin'),
      [],
      'missing',
    ],
    ['is left out of the core group, which is always served', kubeconfig, nothing, [], 'left out'],
    ['is left out of what is no version of the core group', talos, nothing, [], 'left out'],
  ])('%s', (_rule, requirement, snapshot, definitions, expected) => {
    const { findings, notJudged } = judge(snapshot, [requirement], { ...OPTIONS, definitions });
    const name = requirement.text.replace(/\/(?=[^/]*$)/, ' ');
    expect(findings.map(({ standing }) => standing)).toEqual(expected === 'left out' ? [] : [expected]);
    expect(notJudged).toEqual(expected === 'left out' ? { [name]: 1 } : {});
  });

  test('is worth a remark, once, where some clusters store it', () => {
    const { warnings } = judge(nothing, [operator, operator, settings], OPTIONS);
    expect(warnings).toEqual([
      {
        message:
          'prod: install.istio.io/v1alpha1 IstioOperator is not served, and taken for configuration of istioctl, so it is not judged. If an operator on this cluster is to read it, install its CustomResourceDefinition first.',
        place: MANIFEST,
      },
    ]);
  });
});

test('a definition that the cluster is in the way of is worth a warning at its place', () => {
  const snapshot = takingDefinitions(
    snapshotOf({ 'example.com/v1': [resource('bars', 'Bar', { shortNames: ['b'] })] }),
  );
  const definition = fromCrd('Foo', 'foos', { v1: true }, { names: { shortNames: ['b'] } });
  const { warnings } = judge(snapshot, [requirementOf(SERVED)], { ...OPTIONS, definitions: [definition] });
  expect(warnings).toEqual([
    {
      message:
        'prod: The API server does not accept this CustomResourceDefinition, so it provides nothing: its name b is in use by bars.example.com.',
      place: definition.place,
    },
  ]);
});
