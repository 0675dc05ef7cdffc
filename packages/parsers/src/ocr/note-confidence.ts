import type { DocumentBuilder } from '../document-builder.ts';
import type { ReadPage } from './read-page.ts';

/** Below this confidence, whole words are wrong and users should be warned. */
const TRUSTED = 60;

/**
 * Adds a warning to the document for a page that was hard to read. Returns true if the page must not be searched,
 * because its confidence is below the minimum.
 */
export function noteConfidence(
  document: DocumentBuilder,
  count: number,
  page: number,
  read: ReadPage,
  minConfidence = 0,
): boolean {
  const isUncertain = read.confidence > 0 && read.confidence < minConfidence;
  if (read.confidence === 0 || (read.confidence >= TRUSTED && !isUncertain)) return false;
  const what = count === 1 ? 'The page' : `Page ${page}`;
  document.warn(
    `${what} was recognized with ${Math.round(read.confidence)}% confidence${isUncertain ? ', so it is stored but not searched' : ''}. Check it against the original.`,
  );
  return isUncertain;
}
