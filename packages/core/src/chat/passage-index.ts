import { contentWords, overlap, roughStem } from '../text/content-words.ts';
import { guessLanguage } from '../text/guess-language.ts';
import { isCertainNumberWord } from '../text/number-words.ts';
import { countOpposites, isNegated, poleOf } from '../text/polarity.ts';
import { isDistinctive, lacksQuantity, type Quantities, readQuantities } from '../text/quantities.ts';
import { splitStatements } from '../text/statements.ts';
import { scaleOf, unitOf } from '../text/units.ts';
import { isExchanged, readWordOrder, type WordOrder } from '../text/word-order.ts';
import type { Passage } from './passage.ts';

/** Share of a sentence's content words that one passage must contain. */
export const LEXICAL_SUPPORT = 0.5;
/** Passages that contain at least this share of the best passage's matches are considered equivalent. */
const NEAR_BEST = 0.8;
const MIN_CLAUSE_WORDS = 2;
/** A part of a sentence that shares less with the passages counts as invented. */
const CLAUSE_FLOOR = 0.34;
const CLAUSE_END = /[,;:()–—](?!\d)|\s(?:and|but|while|because|und|aber|weil|et|mais|parce|pero|porque)\s/iu;
/** A capitalized word that doesn't start a sentence. */
const NAME = /(?<=[\p{Ll}\p{N},;] )\p{Lu}\p{Ll}{2,}[\p{L}\p{M}\p{N}]*/gu;
const MAX_NAME_SHARE = 0.25;
/** Characters of a passage that its language is guessed from. */
const MAX_LANGUAGE_SAMPLE = 600;
const WORD = /[\p{L}\p{M}']+/gu;
const LIST_MARK = /^(?:[>#*•–-]{1,6}\s)?\s?(?:\d{1,3}[.)](?:\s|$))?/u;
/** Longer sentences of passages, such as tables without stops, are compared without the order of their words. */
const MAX_ORDERED_LENGTH = 1000;

/** What a sentence of the answer says. */
export interface Claim {
  text: string;
  /** Content words without numbers. */
  words: string[];
  quantities: Quantities;
  /** Null if unknown. */
  language: string | null;
  isNegated: boolean;
  spokenWords: ReadonlySet<string>;
  order: WordOrder;
}

/** A sentence or clause of a passage. Its details are computed on first use. */
interface Unit {
  text: string;
  words: ReadonlySet<string>;
  details: Pick<Claim, 'isNegated' | 'spokenWords' | 'order'> | null;
}

/** Reads a sentence without its citation markers. Its list mark is no part of it. */
export function readClaim(sentence: string): Claim {
  const text = sentence.replace(LIST_MARK, '');
  const details = readDetails(text);
  const language = guessLanguage(details.spokenWords);
  return { text, words: wordsOf(text), quantities: readQuantities(text), language, ...details };
}

/** Number of content words, numbers and dates. */
export function sizeOf({ words, quantities }: Claim): number {
  return words.length + quantities.numbers.filter(({ noun }) => noun !== '').length + quantities.dates.length;
}

/** Words, numbers and sentences of the passages of an answer, computed on first use. */
export class PassageIndex {
  readonly passages: readonly Passage[];
  private readonly words = new Map<number, ReadonlySet<string>>();
  private readonly quantities = new Map<number, Quantities>();
  private readonly languages = new Map<number, string | null>();
  private readonly units = new Map<number, Unit[]>();

  constructor(passages: readonly Passage[]) {
    this.passages = passages;
  }

  /** Share of the claim's words that the passage contains. */
  overlap({ words }: Claim, passage: Passage): number {
    return overlap(words, this.wordsOf(passage));
  }

  /** Share of the claim's words that one sentence of the passage contains. 1 if the claim has only numbers. */
  bestSentenceOverlap({ words }: Claim, passage: Passage): number {
    if (words.length === 0) return 1;
    return Math.max(0, ...this.unitsOf(passage).map((unit) => overlap(words, unit.words)));
  }

  /** The languages of claim and passage are known, and different. */
  isOtherLanguage({ language }: Claim, passage: Passage): boolean {
    return language !== null && (this.languageOf(passage) ?? language) !== language;
  }

  /** Number of names and distinctive numbers of the claim in the passage. 0 if one of the numbers is missing there. */
  countAnchors(claim: Claim, passage: Passage): number {
    if (this.lacksNumber(claim, [passage])) return 0;
    const known = this.wordsOf(passage);
    const names = (claim.text.match(NAME) ?? []).filter((name) => wordsOf(name).some((word) => known.has(word)));
    return names.length + claim.quantities.dates.length + claim.quantities.numbers.filter(isDistinctive).length;
  }

  bestOverlap(claim: Claim): number {
    return Math.max(...this.passages.map((passage) => this.overlap(claim, passage)));
  }

  /** Passage contains enough of the claim's words and all of its numbers, and says nothing else. */
  supports(claim: Claim, passage: Passage): boolean {
    return (
      (claim.words.length === 0 || this.overlap(claim, passage) >= LEXICAL_SUPPORT) && !this.isRefuted(claim, [passage])
    );
  }

  /** The passages don't have a number or name of the claim, or say the opposite. */
  isRefuted(claim: Claim, passages: readonly Passage[]): boolean {
    return this.lacksNumber(claim, passages) || this.contradict(claim, passages) || this.lacksName(claim, passages);
  }

  /** The first part of the claim that the passages don't cover; null if they cover all of it. */
  findAddition({ text }: Claim, passages: readonly Passage[]): string | null {
    const known = new Set(passages.flatMap((passage) => [...this.wordsOf(passage)]));
    for (const clause of text.split(CLAUSE_END)) {
      const words = wordsOf(clause);
      if (words.length >= MIN_CLAUSE_WORDS && overlap(words, known) < CLAUSE_FLOOR) return clause.trim();
    }
    return null;
  }

  /** None of the passages has all numbers and dates of the claim. */
  lacksNumber({ quantities }: Claim, passages: readonly Passage[]): boolean {
    if (quantities.numbers.length === 0 && quantities.dates.length === 0) return false;
    return passages.every((passage) =>
      lacksQuantity(quantities, this.quantitiesOf(passage), (noun) =>
        wordsOf(noun).some((word) => this.wordsOf(passage).has(word)),
      ),
    );
  }

  /** All sentences that match best say something else: negated, the opposite, or with exchanged roles. */
  private contradict(claim: Claim, passages: readonly Passage[]): boolean {
    const scored = passages
      .flatMap((passage) => this.unitsOf(passage))
      .map((unit) => ({ unit, score: overlap(claim.words, unit.words) }));
    const top = Math.max(0, ...scored.map(({ score }) => score));
    if (top < LEXICAL_SUPPORT) return false;
    const near = scored.filter(({ score }) => score >= Math.max(LEXICAL_SUPPORT, top * NEAR_BEST));
    return near.every(({ unit }) => isOpposite(claim, unit));
  }

  /** The claim has a name that the passages don't contain. Not checked in languages that capitalize all nouns. */
  private lacksName({ text }: Claim, passages: readonly Passage[]): boolean {
    const names = text.match(NAME) ?? [];
    if (names.length > text.split(' ').length * MAX_NAME_SHARE) return false;
    const known = passages.map((passage) => this.wordsOf(passage));
    return names.flatMap((name) => wordsOf(name)).some((word) => !known.some((words) => words.has(word)));
  }

  private unitsOf(passage: Passage): Unit[] {
    const units =
      this.units.get(passage.n) ??
      splitStatements(passage.text).flatMap(({ start, end }) => {
        const sentence = passage.text.slice(start, end);
        const clauses = sentence.split(CLAUSE_END).filter((clause) => clause.trim() !== '');
        return (clauses.length > 1 ? [sentence, ...clauses] : [sentence]).map(toUnit);
      });
    this.units.set(passage.n, units);
    return units;
  }

  private languageOf(passage: Passage): string | null {
    const known = this.languages.get(passage.n);
    if (known !== undefined) return known;
    const language = guessLanguage(passage.text.slice(0, MAX_LANGUAGE_SAMPLE).toLowerCase().match(WORD) ?? []);
    this.languages.set(passage.n, language);
    return language;
  }

  private wordsOf(passage: Passage): ReadonlySet<string> {
    const words = this.words.get(passage.n) ?? new Set(wordsOf(`${passage.title} ${passage.text}`));
    this.words.set(passage.n, words);
    return words;
  }

  private quantitiesOf(passage: Passage): Quantities {
    const quantities = this.quantities.get(passage.n) ?? readQuantities(`${passage.title}\n${passage.text}`);
    this.quantities.set(passage.n, quantities);
    return quantities;
  }
}

/** Two of negation, opposite and exchange cancel out: "A came before B" and "B came after A". */
function isOpposite(claim: Claim, unit: Unit): boolean {
  unit.details ??= readDetails(unit.text);
  const { details } = unit;
  const differences =
    Number(claim.isNegated !== details.isNegated) +
    countOpposites(claim.spokenWords, details.spokenWords) +
    Number(isExchanged(claim.order, details.order));
  return differences % 2 === 1;
}

function toUnit(text: string): Unit {
  return { text, words: new Set(wordsOf(text)), details: null };
}

function readDetails(text: string): Pick<Claim, 'isNegated' | 'spokenWords' | 'order'> {
  return {
    isNegated: isNegated(text),
    spokenWords: new Set(text.toLowerCase().match(WORD)),
    order: readWordOrder(text.length > MAX_ORDERED_LENGTH ? '' : text),
  };
}

const MAX_KEYS = 20_000;
/** Caches the keys of words, because the same words come up often. */
const keys = new Map<string, string>();

/** Content words, without numbers and units, which are compared as quantities. "Rose" and "increased" are the same. */
function wordsOf(text: string): string[] {
  return contentWords(text, (word) => {
    const cachedKey = keys.get(word);
    if (cachedKey !== undefined) return cachedKey;
    const key = keyOf(word);
    if (keys.size >= MAX_KEYS) keys.clear();
    keys.set(word, key);
    return key;
  });
}

function keyOf(word: string): string {
  if (/^\p{N}/u.test(word) || isCertainNumberWord(word) || unitOf(word) !== null || scaleOf(word) !== null) return '';
  const pole = poleOf(word);
  return pole ? `<${pole.pair}:${pole.side}>` : roughStem(word);
}
