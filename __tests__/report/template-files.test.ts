import { describe, expect, test } from 'vitest';
import type { Place } from '../../src/model/place.ts';
import { withTemplateFiles } from '../../src/report/template-files.ts';
import { clusterVerdict, finding, greenVerdict, requirement, verdict } from '../helpers/sample-verdict.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

async function placeOf(place: Place, files: Readonly<Record<string, string>>): Promise<Place | undefined> {
  const given = verdict({
    clusters: [clusterVerdict({ findings: [finding({ requirement: requirement('v1/Pod', { place }) })] })],
  });
  const { clusters } = await withTemplateFiles(given, temporaryFolder(files));
  return clusters[0]?.findings[0]?.requirement.place;
}

const RENDERED = { kind: 'file', file: 'out/all.yaml', line: 40 } as const;
const PLACE = { ...RENDERED, template: 'web/templates/app.yaml' } as const;
const CHART = 'apiVersion: v2\nname: web\n';

describe('withTemplateFiles', () => {
  test.each([
    [
      'a chart in a folder of its name',
      { 'charts/web/Chart.yaml': CHART, 'charts/web/templates/app.yaml': '' },
      'charts/web/templates/app.yaml',
    ],
    [
      'a chart in a folder of another name',
      { 'deploy/chart/Chart.yaml': CHART, 'deploy/chart/templates/app.yaml': '' },
      'deploy/chart/templates/app.yaml',
    ],
    ['a chart that is the repository', { 'Chart.yaml': CHART, 'templates/app.yaml': '' }, 'templates/app.yaml'],
    ['a name in quotes', { 'c/Chart.yaml': 'name: "web" # x\n', 'c/templates/app.yaml': '' }, 'c/templates/app.yaml'],
  ])('finds the template of %s', async (_, files, template) => {
    expect(await placeOf(PLACE, files)).toEqual({ ...RENDERED, template });
  });

  test('finds the template of a chart within a chart', async () => {
    const files = {
      'web/Chart.yaml': CHART,
      'web/charts/db/Chart.yaml': 'name: db\n',
      'web/charts/db/templates/x.yaml': '',
    };
    expect(await placeOf({ ...RENDERED, template: 'web/charts/db/templates/x.yaml' }, files)).toMatchObject({
      template: 'web/charts/db/templates/x.yaml',
    });
  });

  test.each([
    ['no chart', {}],
    ['a chart of another name', { 'api/Chart.yaml': 'name: api\n', 'api/templates/app.yaml': '' }],
    ['a chart without that template', { 'web/Chart.yaml': CHART }],
    [
      'two charts that both have it',
      { 'a/Chart.yaml': CHART, 'a/templates/app.yaml': '', 'b/Chart.yaml': CHART, 'b/templates/app.yaml': '' },
    ],
    ['a chart among dependencies', { 'node_modules/web/Chart.yaml': CHART, 'node_modules/web/templates/app.yaml': '' }],
  ])('points at the rendered file where there is %s', async (_, files) => {
    expect(await placeOf(PLACE, files)).toEqual(RENDERED);
  });

  test('keeps what Helm said of a file outside of the repository', async () => {
    const place = { ...PLACE, file: '/tmp/all.yaml' };
    expect(await placeOf(place, {})).toEqual(place);
  });

  test('a template does not lead out of its chart', async () => {
    const files = { 'web/Chart.yaml': CHART, 'secret.yaml': '' };
    expect(await placeOf({ ...RENDERED, template: 'web/../secret.yaml' }, files)).toEqual(RENDERED);
  });

  test('a repository that is not there changes nothing else', async () => {
    expect(await withTemplateFiles(greenVerdict(), '/nowhere')).toEqual(greenVerdict());
  });
});
