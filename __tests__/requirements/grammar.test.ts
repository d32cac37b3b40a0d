import { describe, expect, test } from 'vitest';
import type { Api } from '../../src/model/requirement.ts';
import { readLine } from '../../src/requirements/grammar.ts';

const apps = { group: 'apps', version: 'v1' };
const core = { group: '', version: 'v1' };

describe('what a line asks for', () => {
  test.each<[string, string, Api]>([
    ['a group-version', 'apps/v1', { kind: 'group-version', groupVersion: apps }],
    ['a version of the core group', 'v1', { kind: 'group-version', groupVersion: core }],
    [
      'a version of a group with dots',
      'flowcontrol.apiserver.k8s.io/v1beta3',
      { kind: 'group-version', groupVersion: { group: 'flowcontrol.apiserver.k8s.io', version: 'v1beta3' } },
    ],
    [
      'a version of a custom resource, which may have any name',
      'example.com/stable',
      { kind: 'group-version', groupVersion: { group: 'example.com', version: 'stable' } },
    ],
    [
      'a group that starts like a version',
      'v2ray.example.com/v1',
      { kind: 'group-version', groupVersion: { group: 'v2ray.example.com', version: 'v1' } },
    ],
    ['any version of a group', 'gateway.networking.k8s.io/*', { kind: 'group', group: 'gateway.networking.k8s.io' }],
    [
      'a kind, in upper case',
      'apps/v1/Deployment',
      { kind: 'kind', groupVersion: apps, name: 'Deployment', verbs: [] },
    ],
    ['a kind of the core group', 'v1/Pod', { kind: 'kind', groupVersion: core, name: 'Pod', verbs: [] }],
    ['a resource, in lower case', 'v1/pods', { kind: 'resource', groupVersion: core, name: 'pods', verbs: [] }],
    [
      'a subresource',
      'apps/v1/deployments/scale',
      { kind: 'resource', groupVersion: apps, name: 'deployments/scale', verbs: [] },
    ],
    [
      'verbs, each once',
      'v1/pods/exec verbs=create,get,create',
      { kind: 'resource', groupVersion: core, name: 'pods/exec', verbs: ['create', 'get'] },
    ],
  ])('%s', (_rule, line, api) => {
    expect(readLine(line)).toEqual({ kind: 'requirement', anyOf: [api], negated: false });
  });

  test.each([
    ['bars part alternatives, with and without blanks', 'policy/v1|policy/v1beta1  |\tpolicy/v1alpha1', 3, false],
    ['each alternative has its own verbs', 'v1/Pod verbs=get | v1/Node verbs=list', 2, false],
    ['a ! means that it must not be served', '!extensions/v1beta1', 1, true],
    ['a blank may follow the !', '! extensions/v1beta1', 1, true],
    ['one verb may be negated', '!v1/secrets verbs=list', 1, true],
  ])('%s', (_rule, line, alternatives, negated) => {
    const reading = readLine(line);
    expect(reading).toMatchObject({ kind: 'requirement', negated });
    expect(reading.kind === 'requirement' && reading.anyOf.length).toBe(alternatives);
  });
});

describe('what asks for nothing', () => {
  test.each([
    ['quotes', '"apps/v1"', 'quotes have no place in it'],
    ['a letter from another alphabet', '\u0430pps/v1', 'it holds the character \u0430 (U+0430)'],
    ['a character that nobody sees', 'apps/v1\u200b', 'it holds an invisible character (U+200B)'],
    ['a control character', 'apps/\u0000v1', 'it holds an invisible character (U+0000)'],
    ['a group alone', 'apps', 'apps is a group without a version'],
    ['a kind alone', 'Deployment', 'a kind needs its group and version'],
    ['a kind without its version', 'apps/Deployment', 'the version is missing between apps and Deployment'],
    ['a resource without its version', 'apps/deployments', 'deployments does not look like a version'],
    ['a version in upper case', 'apps/V1', 'versions are all lower case'],
    ['a group in upper case', 'Apps/v1', 'the name of a group is all lower case'],
    ['a group that no name can be', 'apps_x/v1', 'apps_x cannot be the name of a group'],
    ['a group after its version', 'v1/apps', 'the group stands before its version'],
    ['a group with dots after its version', 'v1/networking.k8s.io', 'the group stands before its version'],
    ['the core group by name', 'core/v1', 'the core group has no name'],
    ['an empty part', 'apps//v1', 'a part between two slashes is empty'],
    ['a slash at the end', 'apps/v1/', 'a part between two slashes is empty'],
    [
      'a kind with a subresource',
      'apps/v1/Deployment/scale',
      'a subresource belongs to a resource, which is lower case and plural',
    ],
    ['mixed case', 'apps/v1/deploymentConfig', 'a kind starts in upper case, and a resource is all lower case'],
    [
      'a part too many',
      'apps/v1/deployments/scale/more',
      'it has more parts than group, version, resource and subresource',
    ],
    ['a name that no resource has', 'apps/v1/deploy_ments', 'deploy_ments cannot be the name of a kind or a resource'],
    ['a star for everything', '*', '* cannot be the name of a group'],
    ['a star after a version', 'apps/v1/*', '* stands for any version of a whole group only'],
    ['a star before a kind', 'apps/*/Deployment', '* stands for any version of a whole group only'],
    ['two things on one line', 'apps/v1 batch/v1', 'batch/v1 is more than a requirement has'],
    [
      'a comma after the verbs',
      'v1/Pod verbs=get,',
      'an empty word is not a verb; the verbs are create, delete, deletecollection, get, list, patch, update, watch',
    ],
    ['a word after the verbs', 'v1/Pod verbs=get, list', 'list is more than a requirement has'],
    ['a line that no one wrote', 'x'.repeat(1_001), 'it has more than 1000 characters'],
    [
      'a verb that is none',
      'v1/Pod verbs=gte',
      'gte is not a verb; the verbs are create, delete, deletecollection, get, list, patch, update, watch',
    ],
    ['another option', 'v1/Pod verb=get', 'verb= is not known, verbs= is'],
    ['an option twice', 'v1/Pod verbs=get verbs=list', 'verbs=list is more than a requirement has'],
    ['verbs of a group-version', 'apps/v1 verbs=get', 'verbs belong to a kind or a resource'],
    ['verbs of a group', 'apps/* verbs=get', 'verbs belong to a kind or a resource'],
    ['an alternative that is not there', 'apps/v1 |', 'an alternative is empty'],
    ['a ! alone', '!', 'an alternative is empty'],
    ['several against one !', '!a.b/v1 | c.d/v1', 'what must not be served stands alone on its line'],
    ['a ! in the middle', 'apps/v1 | !batch/v1', '!batch cannot be the name of a group'],
    [
      'a name of more than 63 characters',
      `v1/${'p'.repeat(64)}`,
      `${'p'.repeat(64)} cannot be the name of a kind or a resource`,
    ],
  ])('%s', (_rule, line, reason) => {
    expect(readLine(line)).toEqual({ kind: 'error', reason });
  });

  test.each([
    [
      'several verbs',
      '!v1/secrets verbs=list,watch',
      'with several verbs it does not say whether one of them is too many or only all of them',
    ],
    [
      'a resource in place of a version',
      '!gateway.networking.k8s.io/gateways',
      'gateways does not look like a version',
    ],
    ['a built-in group that there never was', '!extension/v1beta1', 'extension is not a Kubernetes group'],
    ['any version of such a group', '!app/*', 'app is not a Kubernetes group'],
  ])('negated, as it might hold for ever: %s', (_rule, line, reason) => {
    expect(readLine(line)).toEqual({ kind: 'error', reason });
  });
});
