import type { DocumentGenerator } from './document-generator.ts';
import { makeRunningLines } from './running-lines.ts';

/** One line per kind of document. The tests run a few seeds of each, and `npm run bench -- documents` many. */
export const GENERATORS: Record<string, DocumentGenerator> = {
  'running-lines': makeRunningLines,
};
