import type { DocumentBuilder } from '../document-builder.ts';
import type { ReadPage } from './read-page.ts';

/** Below this confidence, whole words are wrong and users should be warned. */
const TRUSTED = 60;

/** Adds a warning to the document for a page that was hard to read. */
export function noteConfidence(document: DocumentBuilder, count: number, page: number, read: ReadPage): void {
  if (read.confidence === 0 || read.confidence >= TRUSTED) return;
  const what = count === 1 ? 'The page' : `Page ${page}`;
  document.warn(
    `${what} was recognized with ${Math.round(read.confidence)}% confidence. Check it against the original.`,
  );
}
