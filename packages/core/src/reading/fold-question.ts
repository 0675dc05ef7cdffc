import { normalizeText } from '@lorebox/contract/normalize-text';

const ACCENTED = /[\u00c0-\u024f]/g;

/** Lowercase, with single spaces and without accents, so that patterns can use word boundaries. */
export function foldQuestion(question: string): string {
  return normalizeText(question, 'NFKC')
    .toLowerCase()
    .replace(ACCENTED, (letter) => normalizeText(letter, 'NFD').charAt(0))
    .replace(/[\s’']+/g, ' ')
    .trim();
}
