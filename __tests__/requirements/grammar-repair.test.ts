import { describe, expect, test } from 'vitest';
import { formatRequirement } from '../../src/model/requirement.ts';
import { nearestForm, severalOn } from '../../src/requirements/grammar-repair.ts';

function nearest(line: string): string | undefined {
  const form = nearestForm(line);
  return form && formatRequirement(form);
}

describe('nearestForm', () => {
  test.each([
    ['quotes', '"apps/v1"', 'apps/v1'],
    ['quotes of a word processor', '\u201capps/v1\u201d', 'apps/v1'],
    ['a comma at the end', 'apps/v1,', 'apps/v1'],
    ['a slash at the end', 'apps/v1/', 'apps/v1'],
    ['the dash of a YAML list', '- apps/v1', 'apps/v1'],
    ['the dash and quotes of a YAML list', "- 'apps/v1',", 'apps/v1'],
    ['a character that nobody sees', 'apps\u200b/v1', 'apps/v1'],
    ['a backslash', 'apps\\v1', 'apps/v1'],
    ['two slashes', 'apps//v1', 'apps/v1'],
    ['a blank before the kind', 'apps/v1 Deployment', 'apps/v1/Deployment'],
    ['a colon before the kind', 'apps/v1:Deployment', 'apps/v1/Deployment'],
    ["Go's way to print it", 'apps/v1, Kind=Deployment', 'apps/v1/Deployment'],
    ['a line of a manifest', 'apiVersion: apps/v1', 'apps/v1'],
    ['another line of a manifest', 'kind: CronJob', 'batch/v1/CronJob'],
    ["kubectl's full name of a resource", 'deployments.v1.apps', 'apps/v1/deployments'],
    ["kubectl's name of a resource", 'deployments.apps', 'apps/v1/Deployment'],
    ['the kind first', 'Deployment.apps/v1', 'apps/v1/Deployment'],
    ['a path', '/apis/apps/v1', 'apps/v1'],
    ['a path of the core group', '/api/v1/pods', 'v1/pods'],
    ['the version first', 'v1/apps', 'apps/v1'],
    ['the version first, and a kind', 'v1/apps/Deployment', 'apps/v1/Deployment'],
    ['the core group by name', 'core/v1', 'v1'],
    ['a kind of it', 'core/Pod', 'v1/Pod'],
    ['a version in upper case', 'apps/V1', 'apps/v1'],
    ['a group in upper case', 'Apps/v1', 'apps/v1'],
    ['a version without its v', 'apps/1', 'apps/v1'],
    ['a version of semver', 'apps/v1.2', 'apps/v1'],
    ['a kind alone', 'Ingress', 'networking.k8s.io/v1/Ingress'],
    ['a resource alone', 'networkpolicies', 'networking.k8s.io/v1/NetworkPolicy'],
    ['a group alone', 'apps', 'apps/v1'],
    ['a group with dots alone', 'cert-manager.io', 'cert-manager.io/*'],
    ['a kind without its version', 'apps/Deployment', 'apps/v1/Deployment'],
    ['a resource without its version', '!gateway.networking.k8s.io/gateways', '!gateway.networking.k8s.io/v1/Gateway'],
    ['a kind with a subresource', 'networking.k8s.io/v1/Ingress/status', 'networking.k8s.io/v1/ingresses/status'],
    ['a star that says nothing', 'apps/v1/*', 'apps/v1'],
    ['a star before a kind', 'apps/*/Deployment', 'apps/*'],
    ['mixed case', 'apps/v1/deploymentConfig', 'apps/v1/DeploymentConfig'],
    ['one verb, said in the singular', 'v1/Pod verb=get', 'v1/Pod verbs=get'],
    ['verbs with a colon', 'v1/Pod verbs: get, list', 'v1/Pod verbs=get,list'],
    ['verbs in brackets', 'v1/Pod verbs=[get, list]', 'v1/Pod verbs=get,list'],
    ['verbs alone', 'v1/Pod get list', 'v1/Pod verbs=get,list'],
    ['a verb with a slip', 'v1/Pod verbs=creat', 'v1/Pod verbs=create'],
    ['verbs of one alternative', 'v1/Pod verb=get | v1/Node', 'v1/Pod verbs=get | v1/Node'],
    ['two bars', 'policy/v1 || policy/v1beta1', 'policy/v1 | policy/v1beta1'],
    ['a word for a bar', 'policy/v1 or policy/v1beta1', 'policy/v1 | policy/v1beta1'],
    ['a bar at the end', 'policy/v1 |', 'policy/v1'],
    ['a word for !', 'not extensions/v1beta1', '!extensions/v1beta1'],
    ['two !', '!! extensions/v1beta1', '!extensions/v1beta1'],
    ['a ! with another slip', '!extensions/V1beta1', '!extensions/v1beta1'],
    ['what is like nothing', 'hello world', undefined],
    ['a ! alone', '!', undefined],
    ['a name that every object has', 'constructor', undefined],
  ])('%s', (_slip, line, expected) => {
    expect(nearest(line)).toBe(expected);
  });
});

describe('severalOn', () => {
  test.each([
    ['blanks between requirements', 'apps/v1 batch/v1', ['apps/v1', 'batch/v1']],
    ['commas between requirements', 'apps/v1,batch/v1, v1', ['apps/v1', 'batch/v1', 'v1']],
    ['alternatives against one !', '!a.b/v1 | c.d/v1', ['!a.b/v1', '!c.d/v1']],
    ['verbs against one !', '!v1/secrets verbs=list,watch', ['!v1/secrets verbs=list', '!v1/secrets verbs=watch']],
    ['one requirement', 'apps/v1', undefined],
    ['one that is a requirement and one that is none', 'apps/v1 and', undefined],
  ])('%s', (_rule, line, expected) => {
    expect(severalOn(line)).toEqual(expected);
  });
});
