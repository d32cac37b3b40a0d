import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../src/model/verdict.ts';
import { RULES } from '../../src/report/remarks.ts';
import { type SarifOptions, sarifReport } from '../../src/report/sarif.ts';
import {
  clusterVerdict,
  finding,
  greenVerdict,
  haltedVerdict,
  inFile,
  requirement,
  variedVerdict,
  verdict,
} from '../helpers/sample-verdict.ts';
import { faultsBySarif } from '../helpers/schemas.ts';

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string; readonly uriBaseId: string };
      readonly region: { readonly startLine: number; readonly startColumn?: number };
    };
  }[];
  readonly relatedLocations?: readonly object[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
}

interface Run {
  readonly tool: {
    readonly driver: { readonly rules: readonly { readonly id: string; readonly help: { text: string } }[] };
  };
  readonly invocations: readonly {
    readonly executionSuccessful: boolean;
    readonly toolExecutionNotifications: readonly { readonly message: { readonly text: string } }[];
  }[];
  readonly results: readonly Result[];
}

function runOf(given: Verdict, options?: SarifOptions): Run {
  const [run] = (JSON.parse(sarifReport(given, options)) as { runs: readonly [Run] }).runs;
  return run;
}

function missing(place: Parameters<typeof requirement>[1], text = 'batch/v1beta1/CronJob'): ReturnType<typeof finding> {
  return finding({ requirement: requirement(text, place), standing: 'missing', met: 'no', fails: true });
}

function failing(...findings: ReturnType<typeof finding>[]): Verdict {
  return verdict({ outcome: 'incompatible', clusters: [clusterVerdict({ outcome: 'incompatible', findings })] });
}

describe('report.sarif', () => {
  test.each([
    ['a verdict with one of everything', variedVerdict()],
    ['a green verdict', greenVerdict()],
    ['a run that was halted by its input', haltedVerdict()],
  ])('%s is valid by the schema of SARIF 2.1.0', (_, given) => {
    expect(faultsBySarif(JSON.parse(sarifReport(given)))).toEqual([]);
  });

  test('the schema is in force: a result without a message is refused', () => {
    const log = JSON.parse(sarifReport(variedVerdict())) as { runs: { results: { message?: object }[] }[] };
    delete log.runs[0]?.results[0]?.message;
    expect(faultsBySarif(log)).not.toEqual([]);
  });

  test('every rule stands in the tool, with help, and every result points at its own', () => {
    const { tool, results } = runOf(variedVerdict());
    expect(tool.driver.rules.map(({ id }) => id)).toEqual(RULES);
    expect(tool.driver.rules.every(({ help }) => help.text.length > 40)).toBe(true);
    expect(results.map(({ ruleId, ruleIndex }) => RULES[ruleIndex] === ruleId)).not.toContain(false);
  });

  test.each([
    ['a line of a manifest', inFile('deploy/web.yaml', 12, 'web'), 'deploy/web.yaml', 12],
    [
      'a path with a blank and a hash, as part of an address',
      inFile('my app/#1.yaml', 2, 'web'),
      'my%20app/%231.yaml',
      2,
    ],
    [
      'the template that a chart holds',
      { place: { kind: 'file', file: 'out/web.yaml', line: 30, template: 'charts/web/templates/web.yaml' } },
      'charts/web/templates/web.yaml',
      1,
    ],
    ['the workflow, for an input', {}, '.github/workflows/deploy.yaml', 1],
    ['the workflow, for a file outside', inFile('/tmp/web.yaml', 3, 'web'), '.github/workflows/deploy.yaml', 1],
  ] as const)('a result points at %s', (_, place, uri, startLine) => {
    const [result] = runOf(failing(missing(place)), { workflowFile: '.github/workflows/deploy.yaml' }).results;
    expect(result?.locations).toMatchObject([
      { physicalLocation: { artifactLocation: { uri, uriBaseId: '%SRCROOT%' }, region: { startLine } } },
    ]);
  });

  test('a result has a place even where none is known, since GitHub refuses files with a result that has none', () => {
    expect(runOf(failing(missing({}))).results.map(({ locations }) => locations.length)).toEqual([1]);
  });

  test('what a person accepted is left out', () => {
    const texts = runOf(variedVerdict()).results.map(({ message }) => message.text);
    expect(texts.filter((text) => text.includes('EndpointSlice'))).toEqual([]);
  });

  test('a cluster that was not judged makes the run unsuccessful, and says why', () => {
    const [invocation] = runOf(variedVerdict()).invocations;
    expect(invocation?.executionSuccessful).toBe(false);
    expect(invocation?.toolExecutionNotifications[0]?.message.text).toContain('the connection was refused');
    expect(runOf(greenVerdict()).invocations[0]?.executionSuccessful).toBe(true);
  });

  test('a fingerprint stays while lines move', () => {
    const [before] = runOf(failing(missing(inFile('a.yaml', 1, 'web')))).results;
    const [after] = runOf(failing(missing(inFile('a.yaml', 90, 'web')))).results;
    expect(before?.partialFingerprints).toEqual(after?.partialFingerprints);
  });

  test.each([
    ['another file', inFile('b.yaml', 1, 'web'), 'batch/v1beta1/CronJob'],
    ['another object', inFile('a.yaml', 1, 'db'), 'batch/v1beta1/CronJob'],
    ['another requirement', inFile('a.yaml', 1, 'web'), 'batch/v2alpha1/CronJob'],
    ['a second place of the same', inFile('a.yaml', 9, 'web'), 'batch/v1beta1/CronJob'],
  ])('%s has a fingerprint of its own', (_, place, text) => {
    const { results } = runOf(failing(missing(inFile('a.yaml', 1, 'web')), missing(place, text)));
    expect(new Set(results.map(({ partialFingerprints }) => partialFingerprints['kubeApiGate/v1'])).size).toBe(2);
  });

  test('what looks like a link in a message is no link', () => {
    const given = failing({ ...missing({}), explanation: 'see [here](https://example.com)' });
    expect(runOf(given).results[0]?.message.text).toContain('\\[here\\](https://example.com)');
  });
});
