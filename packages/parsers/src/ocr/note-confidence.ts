import type { DocumentBuilder } from '../document-builder.ts';
import type { ReadPage } from './read-page.ts';

/** Below this whole words are wrong, and people should know. */
const TRUSTED = 60;

/** Leaves a warning on the document for a page that was hard to read. */
export function noteConfidence(document: DocumentBuilder, count: number, page: number, read: ReadPage): void {
  if (read.confidence === 0 || read.confidence >= TRUSTED) return;
  const what = count === 1 ? 'The page' : `Page ${page}`;
  document.warn(
    `${what} was recognized with ${Math.round(read.confidence)}% confidence. Check it against the original.`,
  );
}
