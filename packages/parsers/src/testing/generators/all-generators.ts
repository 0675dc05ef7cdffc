import { makeAnnualReportHtml, makeAnnualReportPdf } from './annual-report-files.ts';
import { makeCountedNumbers, makeSlideNumbers } from './counted-numbers.ts';
import type { DocumentGenerator } from './document-generator.ts';
import { makeEncodings } from './encodings.ts';
import { makeMails } from './mails.ts';
import { makeMarkupFiles } from './markup-files.ts';
import { makeArchives, makeOfficeState } from './office-state.ts';
import { makePayloads } from './payloads.ts';
import { makePdfColumns } from './pdf-columns.ts';
import { makePdfSpanningTables } from './pdf-spanning-tables.ts';
import { makePdfTables } from './pdf-tables.ts';
import { makeRaisedDigits } from './raised-digits.ts';
import { makeRunningLines } from './running-lines.ts';
import { makeStoredValues } from './stored-values.ts';
import { makeTableGrids } from './table-grids.ts';
import { makeWebPages } from './web-pages.ts';
import { makeXmlData } from './xml-data.ts';

/** One line per kind of document. The tests run a few seeds of each, and `npm run bench -- documents` many. */
export const GENERATORS: Record<string, DocumentGenerator> = {
  'counted-numbers': makeCountedNumbers,
  'slide-numbers': makeSlideNumbers,
  'running-lines': makeRunningLines,
  'annual-report-pdf': makeAnnualReportPdf,
  'annual-report-html': makeAnnualReportHtml,
  encodings: makeEncodings,
  mails: makeMails,
  'markup-files': makeMarkupFiles,
  payloads: makePayloads,
  'pdf-columns': makePdfColumns,
  'pdf-tables': makePdfTables,
  'pdf-spanning-tables': makePdfSpanningTables,
  'web-pages': makeWebPages,
  'xml-data': makeXmlData,
  'stored-values': makeStoredValues,
  'table-grids': makeTableGrids,
  'office-state': makeOfficeState,
  'raised-digits': makeRaisedDigits,
  archives: makeArchives,
};
