import type { Language } from '@lorebox/contract/language';
import { languagesOfWord } from './stop-words.ts';

const WORD = /\p{L}+/gu;
/** Enough words to detect a language. */
const MAX_WORDS = 120;
const MIN_WORDS = 12;
const MIN_SHARE = 0.12;
const CLEARLY_MORE = 1.2;

/** Detects the language of a text in Latin script by its function words. Returns English if unclear. */
export function detectLanguage(text: string): Language {
  const counts = new Map<Language, number>();
  let total = 0;
  for (const [word] of text.matchAll(WORD)) {
    total += 1;
    for (const language of languagesOfWord(word.toLowerCase())) counts.set(language, (counts.get(language) ?? 0) + 1);
    if (total >= MAX_WORDS) break;
  }
  if (total < MIN_WORDS) return 'en';
  const [first, second] = [...counts].sort((a, b) => b[1] - a[1]);
  if (!first || first[1] / total < MIN_SHARE) return 'en';
  return second && first[1] < second[1] * CLEARLY_MORE ? 'en' : first[0];
}
