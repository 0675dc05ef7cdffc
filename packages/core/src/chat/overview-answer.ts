import type { Material } from './material.ts';
import { neutralizeMarkers, neutralizeTitle } from './neutralize-markers.ts';
import type { Passage } from './passage.ts';
import { tidyQuote, toBlockQuote } from './quote-text.ts';

/** Quotes per document, and if the question wants all items. */
const MAX_QUOTES = 4;
const MAX_ITEMS = 40;
const MAX_DOCUMENTS = 8;
const MAX_QUOTE_LENGTH = 500;

/**
 * Answers a question about whole documents without a model: quotes the beginning and the key sentences of each, labeled
 * as such. `reason` says why no model answers.
 */
export function overviewAnswer(
  {
    passages,
    facts,
    documentsMatching,
    itemsWanted,
  }: Pick<Material, 'passages' | 'facts' | 'documentsMatching' | 'itemsWanted'>,
  reason: string | null,
): string {
  const byDocument = new Map<string, Passage[]>();
  for (const passage of passages) {
    byDocument.set(passage.documentId, [...(byDocument.get(passage.documentId) ?? []), passage]);
  }
  const shown = [...byDocument.values()].slice(0, MAX_DOCUMENTS);
  const sections = shown.map((own) => {
    const quotes = spread(own, itemsWanted ? MAX_ITEMS : MAX_QUOTES).map(({ n, text }) => `${quote(text)} [${n}]`);
    return `**${neutralizeTitle(own[0]?.title ?? '')}**\n\n${quotes.join('\n\n')}`;
  });
  const rest = (documentsMatching ?? 0) - shown.length;
  const more = rest > 0 ? `\n\n${rest} more ${rest === 1 ? 'document' : 'documents'} not shown.` : '';
  const label = itemsWanted
    ? 'This is not a list, but what was read of each document:'
    : 'This is not a summary, but the beginning and the key sentences of each document:';
  const intro = [reason ?? 'No language model is configured.', ...facts, label].join(' ');
  return `${intro}\n\n${sections.join('\n\n')}${more}`;
}

/** The first passage, and others from all of the document. */
function spread(passages: readonly Passage[], count: number): Passage[] {
  const step = Math.max(1, passages.length / count);
  return passages.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step)).slice(0, count);
}

function quote(text: string): string {
  return toBlockQuote(neutralizeMarkers(tidyQuote(text, MAX_QUOTE_LENGTH)));
}
