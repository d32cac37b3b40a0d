import type { Verdict } from '../model/verdict.ts';
import { jsonReport } from './json.ts';
import { junitReport } from './junit.ts';
import type { ReportFile } from './report-files.ts';
import { type SarifOptions, sarifReport } from './sarif.ts';

/** The files of `report-directory`. */
export function reportFiles(verdict: Verdict, options: SarifOptions = {}): readonly ReportFile[] {
  return [
    { name: 'report.json', text: jsonReport(verdict) },
    { name: 'junit.xml', text: junitReport(verdict) },
    { name: 'report.sarif', text: sarifReport(verdict, options) },
  ];
}
