import type { Verdict } from '../model/verdict.ts';
import { jsonReport } from './json.ts';
import { junitReport } from './junit.ts';
import type { ReportFile } from './report-files.ts';
import { type SarifOptions, sarifReport } from './sarif.ts';

/** A verdict in a format that programs read. */
export function reportIn(format: 'json' | 'junit' | 'sarif', verdict: Verdict, options: SarifOptions = {}): string {
  switch (format) {
    case 'json':
      return jsonReport(verdict);
    case 'junit':
      return junitReport(verdict);
    case 'sarif':
      return sarifReport(verdict, options);
  }
}

/** The files of `report-directory`. */
export function reportFiles(verdict: Verdict, options: SarifOptions = {}): readonly ReportFile[] {
  return [
    { name: 'report.json', text: reportIn('json', verdict) },
    { name: 'junit.xml', text: reportIn('junit', verdict) },
    { name: 'report.sarif', text: reportIn('sarif', verdict, options) },
  ];
}
