import type { Verdict } from '../model/verdict.ts';
import { jsonReport } from './json.ts';
import type { ReportFile } from './report-files.ts';

/** The files of `report-directory`. */
export function reportFiles(verdict: Verdict, _workflowFile: string | undefined): readonly ReportFile[] {
  return [{ name: 'report.json', text: jsonReport(verdict) }];
}
