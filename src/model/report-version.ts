/** The version of report.json's format. Raised when a field goes or changes its meaning; a new field leaves it. */
export const REPORT_VERSION = 1;
