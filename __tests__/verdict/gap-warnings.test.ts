import { expect, test } from 'vitest';
import { warnOfGaps } from '../../src/verdict/gap-warnings.ts';
import { endpointGap, versionGap } from '../helpers/snapshots.ts';

test('each of a few gaps has its own warning, with what to do', () => {
  expect(warnOfGaps([versionGap('a.example.com/v1'), endpointGap('/version')], 'prod')).toEqual([
    {
      message:
        'prod: a.example.com/v1 is registered, but its backend does not answer (stale GroupVersion discovery: a.example.com/v1); no requirement depends on it. kubectl get apiservice v1.a.example.com -o yaml says why; fix its backend, or delete the APIService if nothing needs it.',
      isQuiet: true,
    },
    {
      message:
        'prod: /version is forbidden to this user (no /version for you); no requirement depends on it. Grant discovery to the user of this job: kubectl create clusterrolebinding kube-api-gate --clusterrole=system:discovery --user=NAME (or --serviceaccount=NAMESPACE:NAME).',
      isQuiet: true,
    },
  ]);
});

test('many gaps of one reason have one warning together, and an endpoint still its own', () => {
  const gaps = Array.from({ length: 8 }, (_, index) => versionGap(`g${index}.example.com/v1`));
  const messages = warnOfGaps(
    [...gaps, versionGap('x.example.com/v1', 'invalid'), endpointGap('/version')],
    'prod',
  ).map(({ message }) => message.split('. ')[0]);
  expect(messages).toEqual([
    'prod: nothing is known of 8 group-versions (g0.example.com/v1, g1.example.com/v1, g2.example.com/v1, g3.example.com/v1, g4.example.com/v1 and 3 more); no requirement depends on them',
    'prod: x.example.com/v1 answered with something else than discovery (stale GroupVersion discovery: x.example.com/v1); no requirement depends on it',
    'prod: /version is forbidden to this user (no /version for you); no requirement depends on it',
  ]);
});

test.each([
  ['one dead backend', [versionGap('a.example.com/v1')]],
  ['one that answers with something else', [versionGap('a.example.com/v1', 'invalid')]],
  ['one that is forbidden', [versionGap('a.example.com/v1', 'forbidden')]],
  ['an endpoint', [endpointGap('/version')]],
  ['many at once', Array.from({ length: 8 }, (_, index) => versionGap(`g${index}.example.com/v1`))],
])('what nothing depends on is told quietly: %s', (_, gaps) => {
  const warnings = warnOfGaps(gaps, 'prod');
  expect(warnings.map(({ isQuiet }) => isQuiet)).toEqual(warnings.map(() => true));
});

test('no gap is no warning', () => {
  expect(warnOfGaps([], 'prod')).toEqual([]);
});
