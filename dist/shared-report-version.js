// src/model/report-version.ts
var REPORT_VERSION = 2;

export {
  REPORT_VERSION
};
