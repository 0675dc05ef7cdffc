import type { Citation } from '@lorebox/contract/chat';
import type { EmbedCitation } from '@lorebox/contract/embed';

/** Leaves out the ids of the document and its passages, and how the citation was found. */
export function toEmbedCitation({ n, title, page, startTime, section, text }: Citation): EmbedCitation {
  return { n, title, page, startTime, section, text };
}
