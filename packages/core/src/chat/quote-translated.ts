import { guessLanguage } from '../text/guess-language.ts';
import type { Material } from './material.ts';
import { neutralizeMarkers } from './neutralize-markers.ts';
import type { Passage } from './passage.ts';
import { tidyQuote, toBlockQuote } from './quote-text.ts';

const WORD = /[\p{L}\p{M}]+/gu;
const MAX_PASSAGES = 2;
const MAX_QUOTE_LENGTH = 600;

/**
 * Answers without a model by quoting passages in another language than the question, which share no words with it but
 * whose vectors are close. Null if there are none.
 */
export function quoteTranslated(
  question: string,
  { passages, similar }: Pick<Material, 'passages' | 'similar'>,
  reason: string | null,
): string | null {
  const asked = languageOf(question);
  const chosen = passages
    .filter((passage) => similar?.has(passage.n) && isOther(asked, languageOf(passage.text)))
    .slice(0, MAX_PASSAGES);
  if (chosen.length === 0) return null;
  const intro = `${reason ?? 'No language model is configured.'} These passages in another language match the question best:`;
  return [intro, ...chosen.map(quote)].join('\n\n');
}

const quote = ({ n, text }: Passage) => `${toBlockQuote(neutralizeMarkers(tidyQuote(text, MAX_QUOTE_LENGTH)))} [${n}]`;

function isOther(asked: string | null, written: string | null): boolean {
  return asked !== null && written !== null && asked !== written;
}

function languageOf(text: string): string | null {
  return guessLanguage(text.toLowerCase().match(WORD) ?? []);
}
