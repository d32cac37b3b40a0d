import { describe, expect, test } from 'vitest';
import { GateError } from '../../src/model/errors.ts';
import { jsonReport } from '../../src/report/json.ts';
import { legibleVerdict } from '../../src/report/legible-verdict.ts';
import { clusterVerdict, finding, greenVerdict, variedVerdict, verdict } from '../helpers/sample-verdict.ts';

describe('legibleVerdict', () => {
  test('leaves a verdict without anything odd as it is', () => {
    expect(legibleVerdict(greenVerdict())).toEqual(greenVerdict());
    expect(legibleVerdict(variedVerdict())).toEqual(variedVerdict());
  });

  test('reaches every text: names, explanations, errors and their problems, keys', () => {
    const nasty = '\u001b[2J';
    const error = new GateError('denied', 'code', nasty, {
      hint: nasty,
      problems: [{ place: { kind: 'input', input: nasty }, message: nasty, hint: nasty }],
    });
    const given = verdict({
      clusters: [clusterVerdict({ cluster: nasty, error, findings: [finding({ text: nasty, explanation: nasty })] })],
      notJudged: { [nasty]: 1 },
      warnings: [{ message: nasty }],
    });
    const shown = legibleVerdict(given);
    expect(jsonReport(shown)).not.toContain('\\u001b');
    expect(shown.clusters[0]?.error?.problems[0]?.message).toBe('\\x1b[2J');
    expect(shown.clusters[0]?.error?.message).toBe('\\x1b[2J');
  });

  test('hides what the run knows to be secret before anything is cut', () => {
    const given = verdict({ clusters: [clusterVerdict({ findings: [finding({ explanation: 'no hunter2 here' })] })] });
    const shown = legibleVerdict(given, (text) => text.replaceAll('hunter2', '***'));
    expect(shown.clusters[0]?.findings[0]?.explanation).toBe('no *** here');
  });
});
