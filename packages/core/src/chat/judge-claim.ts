import type { CitationOrigin } from '@lorebox/contract/chat';
import { contentWords, overlap } from '../text/content-words.ts';
import { splitSentences } from '../text/sentences.ts';
import { isRefusal, isRefusalSentence } from './is-refusal.ts';
import { isUnrelated, matchPassage } from './match-passage.ts';
import { type PassageIndex, readClaim, sizeOf } from './passage-index.ts';

export interface JudgeOptions {
  index: PassageIndex;
  /** The rules of the prompt. A model that repeats them cites nothing. */
  rules: string;
  refusalText: string;
  /** If false, only the markers of the text count: quotes need no matching. */
  isMatching: boolean;
}

const MIN_RULE_WORDS = 5;
const RULE_OVERLAP = 0.8;
const LABEL = /^[\s>*_#•–-]*\d{1,3}[.)][*_]*$/;
const NO_STATEMENT = /(?:[?？؟:：][*_"'”»)]*)$/;
const MIN_CLAIM_SIZE = 3;

/** Decides which passages the sentences of an answer cite. */
export class ClaimJudge {
  private readonly options: JudgeOptions;
  private readonly rules: string[][];

  constructor(options: JudgeOptions) {
    this.options = options;
    this.rules = splitSentences(options.rules)
      .map(({ start, end }) => contentWords(options.rules.slice(start, end)))
      .filter((words) => words.length >= MIN_RULE_WORDS);
  }

  /** The sentence may be matched with a passage: it is no heading, question, introduction, label or refusal. */
  isStatement(text: string): boolean {
    if (!this.options.isMatching || text.startsWith('#')) return false;
    return !LABEL.test(text) && !NO_STATEMENT.test(text) && !this.isEmpty(text);
  }

  /** Number of the passage that supports the sentence best. Null if none does. */
  findNumber(text: string): number | null {
    return matchPassage(readClaim(text), this.options.index)?.n ?? null;
  }

  /** The numbers that a group of markers should have. */
  chooseNumbers(numbers: readonly number[], text: string): Map<number, CitationOrigin> {
    const own = new Map(numbers.map((n) => [n, 'model'] as const));
    if (!this.options.isMatching) return own;
    if (this.isEmpty(text)) return new Map();
    const { index } = this.options;
    const claim = readClaim(text);
    if (sizeOf(claim) < MIN_CLAIM_SIZE) return own;
    const wrong = index.passages.filter((passage) => own.has(passage.n) && isUnrelated(claim, passage, index));
    if (wrong.length === 0) return own;
    if (wrong.length < own.size) return new Map([...own].filter(([n]) => wrong.every((passage) => passage.n !== n)));
    const better = matchPassage(claim, index);
    return better ? new Map([[better.n, 'matched']]) : own;
  }

  /** The sentence states nothing about the documents: it is a refusal or repeats a rule of the prompt. */
  private isEmpty(text: string): boolean {
    if (isRefusalSentence(text) || isRefusal(text, this.options.refusalText)) return true;
    const words = new Set(contentWords(text));
    return this.rules.some((rule) => overlap(rule, words) >= RULE_OVERLAP);
  }
}
