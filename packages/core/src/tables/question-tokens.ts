import { foldQuestion } from '../reading/fold-question.ts';
import { roughStem, UNSPACED } from '../text/content-words.ts';

export interface Token {
  /** Folded. */
  text: string;
  stem: string;
}

const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** Words of a question, a header or a cell, folded and stemmed. Scripts without spaces have a token per character. */
export function tokenize(text: string): Token[] {
  return [...foldQuestion(splitCamelCase(text)).matchAll(WORD)].flatMap(([word]) => {
    if (UNSPACED.test(word)) return [...word].map((char) => ({ text: char, stem: char }));
    return [{ text: word, stem: stemOf(word) }];
  });
}

/** `OrderDate` and `order_date` are two words. */
function splitCamelCase(text: string): string {
  return text.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ').replaceAll('_', ' ');
}

function stemOf(word: string): string {
  if (/\p{N}/u.test(word)) return word;
  const singular = word.replace(/ies$/, 'y');
  return roughStem(singular.length > 3 && /[^s]s$/.test(singular) ? singular.slice(0, -1) : singular);
}

/** Positions where the phrase begins in the tokens. */
export function findPhrase(tokens: readonly Token[], phrase: readonly Token[]): number[] {
  if (phrase.length === 0) return [];
  const starts: number[] = [];
  for (let at = 0; at + phrase.length <= tokens.length; at += 1) {
    if (phrase.every(({ stem }, i) => tokens[at + i]?.stem === stem)) starts.push(at);
  }
  return starts;
}
