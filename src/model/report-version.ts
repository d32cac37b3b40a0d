/** The version of report.json's format. Raised when a field goes or changes its meaning; a new field leaves it. 2: what reads the same is one record with its places. */
export const REPORT_VERSION = 2;
