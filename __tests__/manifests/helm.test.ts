import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chartFolderOf, findTemplateAction, templateOf } from '../../src/manifests/helm.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

test.each([
  { rule: 'Helm names the template', text: '# Source: web/templates/app.yaml\n', template: 'web/templates/app.yaml' },
  { rule: 'after a mark', text: '---\n# Source: web/templates/app.yaml\n', template: 'web/templates/app.yaml' },
  { rule: 'on Windows', text: '# Source: web/templates/app.yaml\r\n', template: 'web/templates/app.yaml' },
  {
    rule: 'a comment further down is somebody else’s',
    text: '# A\n# Source: web/templates/app.yaml\n',
    template: undefined,
  },
  { rule: 'no comment, no template', text: '\n', template: undefined },
])('$rule', ({ text, template }) => {
  expect(templateOf(text)).toBe(template);
});

test.each([
  { rule: 'a value that begins with an action', text: 'replicas: {{ .Values.replicas }}', at: 10 },
  { rule: 'a line that begins with one', text: 'a: b\n  {{- if .x }}', at: 7 },
  { rule: 'an item that begins with one', text: 'a:\n- {{ .x }}', at: 5 },
  { rule: 'text in quotes is plain YAML', text: 'a: "{{ .x }}"', at: -1 },
  { rule: 'text in the middle is plain YAML', text: 'a: see {{ .x }}', at: -1 },
])('$rule', ({ text, at }) => {
  expect(findTemplateAction(text)).toBe(at);
});

test('a chart is the nearest folder above with a Chart.yaml', () => {
  const folder = temporaryFolder({
    'web/Chart.yaml': '',
    'web/templates/app.yaml': '',
    'web/charts/db/Chart.yaml': '',
    'web/charts/db/templates/x.yaml': '',
  });
  expect(chartFolderOf(join(folder, 'web/templates/app.yaml'))).toBe(join(folder, 'web'));
  expect(chartFolderOf(join(folder, 'web/charts/db/templates/x.yaml'))).toBe(join(folder, 'web/charts/db'));
  expect(chartFolderOf(join(folder, 'app.yaml'))).toBeUndefined();
});
