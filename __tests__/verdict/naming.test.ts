import { expect, test } from 'vitest';
import { bareNameOf, groupOf, groupVersionNameOf, nameOf, verbsInWords } from '../../src/verdict/naming.ts';
import { apiOf } from '../helpers/judging.ts';

test.each([
  ['batch/*', 'batch', 'batch/*', 'batch', ''],
  ['batch/v1', 'batch/v1', 'batch/v1', 'batch', 'batch/v1'],
  ['v1/pods/exec', 'v1/pods/exec', 'v1/pods/exec', '', 'v1'],
  ['v1/Pod verbs=get,list', 'v1/Pod with verbs get, list', 'v1/Pod', '', 'v1'],
  ['server-version >=1.29', 'server-version >=1.29', 'server-version >=1.29', '', ''],
])('%s', (text, name, bare, group, groupVersion) => {
  const api = apiOf(text);
  expect([nameOf(api), bareNameOf(api), groupOf(api), groupVersionNameOf(api)]).toEqual([
    name,
    bare,
    group,
    groupVersion,
  ]);
});

test('one verb is a verb, several are verbs', () => {
  expect([verbsInWords(['get']), verbsInWords(['get', 'list'])]).toEqual(['verb get', 'verbs get, list']);
});
