import { normalizeText } from '@lorebox/contract/normalize-text';
import { findQuotes } from './find-quotes.ts';

/** Longer queries are questions, whose words stand in no text in this order. */
const MAX_LENGTH = 80;
const SPACE = /\s+/g;

/** Returns the quoted parts of a query, or else all of it if it is short, as they are written apart from case. */
export function writtenPhrases(query: string): string[] {
  const quoted = findQuotes(query);
  const phrases = quoted.length > 0 ? quoted : [query];
  return phrases.map(written).filter((phrase) => phrase !== '' && phrase.length <= MAX_LENGTH);
}

export function containsAny(text: string, phrases: readonly string[]): boolean {
  const plain = written(text);
  return phrases.some((phrase) => plain.includes(phrase));
}

function written(text: string): string {
  return normalizeText(text, 'NFC').toLowerCase().replace(SPACE, ' ').trim();
}
