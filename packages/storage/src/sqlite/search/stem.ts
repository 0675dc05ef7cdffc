import { createRequire } from 'node:module';
import type { Language } from '@lorebox/contract/language';

type Stemmer = (word: string) => string;

/** Module names. English is missing because the tokenizer stems it. */
const MODULES: Record<Exclude<Language, 'en'>, string> = {
  ar: 'arabic',
  bg: 'bulgarian',
  da: 'danish',
  de: 'german',
  el: 'greek',
  es: 'spanish',
  fi: 'finnish',
  fr: 'french',
  ga: 'irish',
  hi: 'indian',
  hu: 'hungarian',
  hy: 'armenian',
  id: 'indonesian',
  it: 'italian',
  lt: 'lithuanian',
  ne: 'nepali',
  nl: 'dutch',
  no: 'norwegian',
  pt: 'portuguese',
  ro: 'romanian',
  ru: 'russian',
  sr: 'serbian',
  sv: 'swedish',
  ta: 'tamil',
  tr: 'turkish',
  uk: 'ukrainian',
};
const require = createRequire(import.meta.url);
const loaded = new Map<Language, Stemmer>();

/** Loads the stemmer with the first text of its language. */
function stemmerOf(language: Language): Stemmer {
  const known = loaded.get(language);
  if (known) return known;
  const stemmer = language === 'en' ? (word: string) => word : loadStemmer(MODULES[language]);
  loaded.set(language, stemmer);
  return stemmer;
}

function loadStemmer(name: string): Stemmer {
  const module: { stemmer: Stemmer } = require(`@orama/stemmers/${name}`);
  return module.stemmer;
}

/** Scripts that determine the stemmer. Languages that share one are similar enough for search. */
const SCRIPTS: [RegExp, Language][] = [
  [/\p{sc=Arabic}/u, 'ar'],
  [/\p{sc=Cyrillic}/u, 'ru'],
  [/\p{sc=Greek}/u, 'el'],
  [/\p{sc=Devanagari}/u, 'hi'],
  [/\p{sc=Armenian}/u, 'hy'],
  [/\p{sc=Tamil}/u, 'ta'],
];
const LATIN = /^[\p{sc=Latin}\p{M}]+$/u;
const WORD = /[\p{L}\p{M}]+/gu;
const SHORTEST = 3;
const MAX_CACHED = 50_000;
const cache = new Map<string, string>();

const HAS_STEMMED_SCRIPT = /[\p{sc=Arabic}\p{sc=Cyrillic}\p{sc=Greek}\p{sc=Devanagari}\p{sc=Armenian}\p{sc=Tamil}]/u;

/** Replaces words with their stems. Words in scripts without a stemmer stay unchanged. `text` must be lowercase. */
export function stemWords(text: string, language: Language): string {
  if (language === 'en' && !HAS_STEMMED_SCRIPT.test(text)) return text;
  return text.replace(WORD, (word) => stemWord(word, language));
}

export function stemWord(word: string, language: Language): string {
  if (word.length < SHORTEST) return word;
  const name = `${language} ${word}`;
  const known = cache.get(name);
  if (known !== undefined) return known;
  const stem = stemmerOf(LATIN.test(word) ? language : scriptLanguage(word, language))(word);
  if (cache.size >= MAX_CACHED) cache.clear();
  cache.set(name, stem);
  return stem;
}

/** The workspace language selects the stemmer for Cyrillic and Devanagari words. For other words, the script does. */
function scriptLanguage(word: string, language: Language): Language {
  const found = SCRIPTS.find(([script]) => script.test(word));
  if (!found) return 'en';
  const [, usual] = found;
  const isCyrillic = usual === 'ru' && ['bg', 'sr', 'uk'].includes(language);
  return isCyrillic || (usual === 'hi' && language === 'ne') ? language : usual;
}
