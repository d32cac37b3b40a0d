import type { Verdict } from '../model/verdict.ts';
import { jsonReport, jsonReportParts, type ReportSource } from './json.ts';
import { junitReport, junitReportParts } from './junit.ts';
import type { ReportFile } from './report-files.ts';
import { type SarifOptions, sarifReport } from './sarif.ts';

/** A verdict in a format that programs read. */
export function reportIn(
  format: 'json' | 'junit' | 'sarif',
  verdict: Verdict,
  options: SarifOptions & ReportSource = {},
): string {
  switch (format) {
    case 'json':
      return jsonReport(verdict, options);
    case 'junit':
      return junitReport(verdict);
    case 'sarif':
      return sarifReport(verdict, options);
  }
}

/** The files of `report-directory`. */
export function reportFiles(verdict: Verdict, options: SarifOptions & ReportSource = {}): readonly ReportFile[] {
  return [
    { name: 'report.json', text: jsonReportParts(verdict, options) },
    { name: 'junit.xml', text: junitReportParts(verdict) },
    { name: 'report.sarif', text: reportIn('sarif', verdict, options) },
  ];
}
