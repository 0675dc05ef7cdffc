import { makeCountedNumbers, makeSlideNumbers } from './counted-numbers.ts';
import type { DocumentGenerator } from './document-generator.ts';
import { makeRunningLines } from './running-lines.ts';
import { makeStoredValues } from './stored-values.ts';
import { makeTableGrids } from './table-grids.ts';

/** One line per kind of document. The tests run a few seeds of each, and `npm run bench -- documents` many. */
export const GENERATORS: Record<string, DocumentGenerator> = {
  'counted-numbers': makeCountedNumbers,
  'slide-numbers': makeSlideNumbers,
  'running-lines': makeRunningLines,
  'stored-values': makeStoredValues,
  'table-grids': makeTableGrids,
};
