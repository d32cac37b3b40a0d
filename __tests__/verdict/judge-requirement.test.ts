import { describe, expect, test } from 'vitest';
import type { Definition } from '../../src/model/definition.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { judgeRequirement } from '../../src/verdict/judge-requirement.ts';
import { fromApiService, fromCrd, judgingOf, MANIFEST, requirementOf } from '../helpers/judging.ts';
import { resource, snapshotOf, versionGap } from '../helpers/snapshots.ts';

const dead = versionGap('metrics.k8s.io/v1beta1');
const snapshot = snapshotOf(
  {
    v1: [resource('pods', 'Pod'), resource('secrets', 'Secret')],
    'apps/v1': [resource('deployments', 'Deployment'), resource('deployments/scale', 'Scale')],
    'policy/v1': [resource('poddisruptionbudgets', 'PodDisruptionBudget')],
  },
  { gaps: [dead] },
);
const UNKNOWN = 'metrics.k8s.io/v1beta1';
const MISSING = 'batch/v1';
const PROVIDED = 'example.com/v1/Foo';
const provided = [fromCrd('Foo', 'foos', { v1: true })];

function judged(text: string, own: Snapshot = snapshot, brought: readonly Definition[] = provided) {
  return judgeRequirement(requirementOf(text), judgingOf(own, { definitions: brought }));
}

describe('of alternatives', () => {
  test.each([
    ['served comes before missing', `${MISSING} | apps/v1`, 'served', 'yes'],
    ['served comes before unknown', `${UNKNOWN} | apps/v1`, 'served', 'yes'],
    ['served comes before provided', `${PROVIDED} | apps/v1`, 'served', 'yes'],
    ['provided comes before unknown', `${UNKNOWN} | ${PROVIDED}`, 'provided', 'yes'],
    ['provided comes before missing', `${MISSING} | ${PROVIDED}`, 'provided', 'yes'],
    ['unknown comes before missing', `${MISSING} | ${UNKNOWN}`, 'unknown', 'unknown'],
    ['all missing are missing', `${MISSING} | batch/v1beta1`, 'missing', 'no'],
  ])('%s', (_rule, text, standing, met) => {
    expect(judged(text)).toMatchObject({ standing, met });
  });

  test('the one that is there says it all', () => {
    expect(judged(`${MISSING} | policy/v1 | apps/v1`).explanation).toBe('policy/v1 is served.');
  });

  test('where none is there, each says why, and the same advice is given once', () => {
    expect(judged('batch/v1 | batch/v2')).toMatchObject({
      explanation: 'batch/v1 is not served; no version of batch is. batch/v2 is not served; no version of batch is.',
      advice: 'kubectl api-versions lists what this cluster serves.',
    });
  });

  test('a gap is one that the requirement depends on, unless another alternative is there', () => {
    expect(judged(`${UNKNOWN} | ${MISSING}`).gaps).toEqual([dead]);
    expect(judged(`${UNKNOWN} | apps/v1`).gaps).toEqual([]);
  });
});

describe('what must not be served', () => {
  test.each([
    ['is not met when it is served', '!apps/v1', 'served', 'no'],
    ['is not met when a kind is served', '!apps/v1/Deployment', 'served', 'no'],
    ['is not met when a resource is served by another name', '!apps/v1/deployment', 'served', 'no'],
    ['is not met when any version of a group is served', '!apps/*', 'served', 'no'],
    ['is not met when the change brings it', `!${PROVIDED}`, 'provided', 'no'],
    ['is met when it is missing', `!${MISSING}`, 'missing', 'yes'],
    ['is unknown when nobody knows', `!${UNKNOWN}`, 'unknown', 'unknown'],
    ['is not met when its verb is offered', '!v1/secrets verbs=list', 'served', 'no'],
  ])('%s', (_rule, text, standing, met) => {
    expect(judged(text)).toMatchObject({ standing, met });
  });

  test('is met when its verb is not offered', () => {
    const own = snapshotOf({ v1: [resource('secrets', 'Secret', { verbs: ['get'] })] });
    expect(judged('!v1/secrets verbs=list', own)).toMatchObject({
      standing: 'missing',
      met: 'yes',
      explanation:
        '!v1/secrets verbs=list holds: v1/secrets is served without the verb list; its resource secrets offers get.',
    });
  });

  test('is met when the change takes it away', () => {
    const own = snapshotOf({ 'example.com/v1beta1': [resource('foos', 'Foo'), resource('bars', 'Bar')] });
    const brought = [fromCrd('Foo', 'foos', { v1beta1: false })];
    expect(judged('!example.com/v1beta1/Foo', own, brought)).toMatchObject({ standing: 'missing', met: 'yes' });
  });

  test('is unknown when an APIService of the change registers a backend that is dead today', () => {
    const brought = [fromApiService('metrics.k8s.io', 'v1beta1')];
    expect(judged(`!${UNKNOWN}`, snapshot, brought)).toMatchObject({ standing: 'unknown', met: 'unknown' });
  });

  test('and holds only by a slip leaves a doubt', () => {
    expect(judged('!apps/v1/Deploymnt')).toMatchObject({
      met: 'yes',
      explanation: 'apps/v1/Deploymnt is not served, as it must not be.',
      doubt:
        '!apps/v1/Deploymnt holds, as nothing is called so; but apps/v1/Deployment is served: is that what must not be?',
    });
  });

  test.each([
    ['a short name', '!v1/po', 'v1/pods'],
    ['a short name with a subresource', '!v1/po/log', 'v1/pods/log'],
    ['a short name of another group', '!apps/v1/deploy', 'apps/v1/deployments'],
    ['one of several', '!apps/v1/dp', 'apps/v1/deployments'],
    ['with verbs', '!v1/po verbs=create', 'v1/pods'],
    ['a short name that is like another resource', '!v1/pod2', 'v1/pods'],
    ['a category', '!v1/all', 'v1/pods'],
  ])('and holds only as kubectl would take it leaves a doubt: %s', (_, text, meant) => {
    const own = snapshotOf({
      v1: [
        resource('pods', 'Pod', { shortNames: ['po', 'pod2'], categories: ['all'] }),
        resource('pods/log', 'Pod'),
        resource('pod3', 'Pod3'),
      ],
      'apps/v1': [resource('deployments', 'Deployment', { shortNames: ['deploy', 'dp'] })],
    });
    expect(judged(text, own)).toMatchObject({
      met: 'yes',
      doubt: `${text} holds, as nothing is called so; but ${meant} is served: is that what must not be?`,
    });
  });

  test('a short name leaves a doubt however many guesses were made before', () => {
    const judging = judgingOf(snapshotOf({ v1: [resource('pods', 'Pod', { shortNames: ['po'] })] }));
    for (let guess = 0; guess < 200; guess += 1) judgeRequirement(requirementOf(`!v1/pads${guess}`), judging);
    expect(judgeRequirement(requirementOf('!v1/po'), judging).doubt).toContain('v1/pods is served');
  });

  test.each([
    ['!v1/po', 'v1/pods'],
    ['!apps/v1/deploy', 'apps/v1/deployments'],
    ['!apps/v1/deploy/scale', 'apps/v1/deployments/scale'],
    ['!apps/v1/deploymentz', 'apps/v1/deployments'],
    ['!v1/Pods', 'v1/Pod'],
  ])('and is another name of what is served leaves a doubt: %s', (text, meant) => {
    const own = snapshotOf({
      v1: [resource('pods', 'Pod', { shortNames: ['po'] })],
      'apps/v1': [
        resource('deployments', 'Deployment', { shortNames: ['deploy'] }),
        resource('deployments/scale', 'Scale'),
      ],
    });
    expect(judged(text, own, [])).toMatchObject({
      met: 'yes',
      doubt: expect.stringContaining(`but ${meant} is served`),
    });
  });

  test('and is like nothing that is served leaves none', () => {
    expect(judged(`!${MISSING}`).doubt).toBeUndefined();
    expect(judged('!v1/PodSecurityPolicy').doubt).toBeUndefined();
  });

  test('has no lifecycle to speak of', () => {
    const own = snapshotOf({ 'batch/v1beta1': [resource('cronjobs', 'CronJob')] });
    expect(judged('!batch/v1beta1/CronJob', own).lifecycle).toEqual([]);
    expect(judged('batch/v1beta1/CronJob', own).lifecycle.length).toBe(1);
  });
});

test('an object of a manifest needs a resource of its own, and a line of require does not', () => {
  const judging = judgingOf(snapshot);
  expect(judgeRequirement(requirementOf('apps/v1/Scale'), judging).met).toBe('yes');
  expect(judgeRequirement(requirementOf('apps/v1/Scale', MANIFEST), judging).met).toBe('no');
});
