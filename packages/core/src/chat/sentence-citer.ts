import type { CitationOrigin } from '@lorebox/contract/chat';
import { contentWords, overlap } from '../text/content-words.ts';
import { type Span, splitSentences } from '../text/sentences.ts';
import { mayContinue, splitStatements } from '../text/statements.ts';
import type { AnswerPart } from './citation-filter.ts';
import { isRefusal, isRefusalSentence } from './is-refusal.ts';
import { isUnrelated, matchPassage } from './match-passage.ts';
import { type PassageIndex, readClaim, sizeOf } from './passage-index.ts';

/** A sentence of the answer and a passage that it cites. */
export interface CitedClaim {
  n: number;
  /** Offsets into the answer, without the marker. */
  start: number;
  end: number;
  text: string;
  origin: CitationOrigin;
}

/** A sentence of the answer that cites nothing. */
export type UncitedClaim = Pick<CitedClaim, 'start' | 'end' | 'text'>;

export interface CiterOptions {
  index: PassageIndex;
  /** The rules of the prompt. A model that repeats them cites nothing. */
  rules: string;
  refusalText: string;
  /** If false, only the markers of the text count: quotes need no matching. */
  isMatching: boolean;
}

interface Mark {
  /** Offset into the buffer. */
  at: number;
  space: string;
  numbers: number[];
}

const MAX_BUFFER = 2000;
const MIN_RULE_WORDS = 5;
const RULE_OVERLAP = 0.8;
const MIN_CLAIM_SIZE = 3;
const STOP = /[.!?…。！？؟۔｡\n]/;
/** Characters at the end of the buffer that may belong to the end of a sentence. */
const ENDING = /[\s.!?…。！？؟۔｡"'”’»)\]」』）*_]/;
const LINE_MARK = /\n\s{0,20}(?:[-*•|#>]{1,6}|\d{1,3}[.)]?)?\s{0,20}$/;
const ONLY_ENDING = /^[\s.!?…。！？؟۔｡"'”’»)\]」』）*_]*$/;
const LABEL = /^[\s>*_#•–-]*\d{1,3}[.)][*_]*$/;
const NO_STATEMENT = /(?:[?？؟:：][*_"'”»)]*)$/;

/**
 * Attaches citations to the sentences of an answer while it streams. A sentence without a marker gets the passage that
 * supports it best, and a marker whose passage says something else is replaced or dropped. Only the end of a sentence is
 * held back.
 */
export class SentenceCiter {
  readonly cited: CitedClaim[] = [];
  readonly uncited: UncitedClaim[] = [];
  private readonly options: CiterOptions;
  private readonly rules: string[][];
  private buffer = '';
  private marks: Mark[] = [];
  /** Length of the buffer that was sent. */
  private sent = 0;
  private out = '';
  /** Length of the answer that was sent. */
  private length = 0;
  private sentence = newSentence();
  /** The sentence before. Markers at the end of the answer, on a line of their own, belong to it. */
  private lastClaim: UncitedClaim | null = null;
  /** The passage that the sentence before was matched with, in the same paragraph. */
  private lastMatched: number | null = null;

  constructor(options: CiterOptions) {
    this.options = options;
    this.rules = splitSentences(options.rules)
      .map(({ start, end }) => contentWords(options.rules.slice(start, end)))
      .filter((words) => words.length >= MIN_RULE_WORDS);
  }

  push(parts: readonly AnswerPart[]): string {
    this.out = '';
    for (const part of parts) {
      if (part.type === 'marker') this.marks.push({ at: this.buffer.length, space: part.space, numbers: part.numbers });
      else if (part.isFenced) {
        this.advance(true);
        this.emit(part.text);
      } else this.buffer += part.text;
    }
    this.advance(this.buffer.length > MAX_BUFFER);
    return this.out;
  }

  finish(): string {
    this.out = '';
    this.advance(true);
    return this.out;
  }

  private advance(isEnd: boolean): void {
    let safe = startOfEnding(this.buffer);
    while (isEnd || STOP.test(this.buffer)) {
      const [span, next] = splitStatements(this.buffer);
      if (!span || (!next && !isEnd)) break;
      if (!isEnd && mayContinue(this.buffer, span, next)) {
        safe = Math.min(safe, span.end - 1);
        break;
      }
      this.finishSentence(span);
      safe = startOfEnding(this.buffer);
    }
    if (isEnd) {
      this.resolveMarks(this.buffer.length, true);
      this.sendTo(this.buffer.length);
      if (this.lastClaim) this.addCited(this.lastClaim);
      this.cut(this.buffer.length);
      this.sentence = newSentence();
      return;
    }
    this.resolveMarks(safe, false);
    this.sendTo(Math.min(safe, this.marks[0]?.at ?? safe));
  }

  private finishSentence({ start, end }: Span): void {
    if (this.buffer.slice(0, start).includes('\n')) this.lastMatched = null;
    this.resolveMarks(end, true);
    this.sendTo(end);
    const { sentence } = this;
    const text = this.buffer.slice(start, end);
    const lastGroup = sentence.groups.at(-1);
    const isLast = lastGroup !== undefined && ONLY_ENDING.test(this.buffer.slice(lastGroup.at, end));
    const claim = { start: sentence.start, end: isLast ? lastGroup.sentAt : this.length, text };
    if (sentence.groups.length === 0) this.match(claim);
    this.addCited(claim);
    this.lastClaim = claim;
    this.cut(end);
    this.sentence = newSentence();
  }

  private addCited(claim: UncitedClaim): void {
    const numbers = this.sentence.groups.flatMap(({ cited }) => [...cited]);
    for (const [n, origin] of new Map(numbers)) this.cited.push({ ...claim, n, origin });
  }

  /** Cites the passage that supports a sentence without markers. */
  private match(claim: UncitedClaim): void {
    const { text } = claim;
    if (
      !this.options.isMatching ||
      LABEL.test(text) ||
      NO_STATEMENT.test(text) ||
      /^#/.test(text) ||
      this.isEmpty(text)
    )
      return;
    const passage = matchPassage(readClaim(text), this.options.index);
    if (!passage) {
      this.lastMatched = null;
      this.uncited.push(claim);
      return;
    }
    this.cited.push({ ...claim, n: passage.n, origin: 'matched' });
    if (passage.n !== this.lastMatched && !text.startsWith('|')) this.emit(` [${passage.n}]`);
    this.lastMatched = passage.n;
  }

  /** Sends the text and the markers up to `end`. A group of markers is complete when other text follows. */
  private resolveMarks(end: number, isWhole: boolean): void {
    for (let [first] = this.marks; first && first.at <= end; [first] = this.marks) {
      const { at } = first;
      const count = this.marks.findIndex((mark) => !/^[\s,;]*$/.test(this.buffer.slice(at, mark.at)));
      const group = count < 0 ? this.marks : this.marks.slice(0, count);
      const last = group.at(-1) as Mark;
      if (!isWhole && (last.at >= end || /^[\s,;]*$/.test(this.buffer.slice(last.at, end)))) return;
      this.sendTo(at);
      this.sendGroup(group.filter((mark) => mark.at <= end));
      this.marks = this.marks.slice(group.filter((mark) => mark.at <= end).length);
    }
  }

  private sendGroup(group: readonly Mark[]): void {
    const [first] = group;
    if (!first) return;
    const numbers = group.flatMap((mark) => mark.numbers);
    const cited = this.chooseNumbers(numbers, this.claimBefore(first.at));
    const sentAt = this.length;
    const isKept = numbers.every((n) => cited.get(n) === 'model');
    for (const [i, mark] of group.entries()) {
      this.sendTo(mark.at);
      const shown = isKept ? mark.numbers : i === 0 ? [...cited.keys()] : [];
      if (shown.length > 0) this.emit(mark.space + shown.map((n) => `[${n}]`).join(''));
    }
    this.sentence.groups.push({ at: first.at, sentAt, cited });
  }

  /** The numbers that a group of markers should have. */
  private chooseNumbers(numbers: readonly number[], text: string): Map<number, CitationOrigin> {
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

  /** The text that a marker belongs to: from the marker before it, or else from the start of the sentence. */
  private claimBefore(at: number): string {
    const previous = this.sentence.groups.at(-1)?.at ?? 0;
    const clause = this.buffer.slice(previous, at);
    const text = previous > 0 && sizeOf(readClaim(clause)) >= MIN_CLAIM_SIZE ? clause : this.buffer.slice(0, at);
    return text.trim();
  }

  /** The sentence states nothing about the documents: it is a refusal or repeats a rule of the prompt. */
  private isEmpty(text: string): boolean {
    if (isRefusalSentence(text) || isRefusal(text, this.options.refusalText)) return true;
    const words = new Set(contentWords(text));
    return this.rules.some((rule) => overlap(rule, words) >= RULE_OVERLAP);
  }

  private sendTo(end: number): void {
    if (end <= this.sent) return;
    const text = this.buffer.slice(this.sent, end);
    if (this.sentence.start < 0 && text.trim() !== '') {
      this.sentence.start = this.length + text.length - text.trimStart().length;
    }
    this.sent = end;
    this.emit(text);
  }

  private emit(text: string): void {
    this.out += text;
    this.length += text.length;
  }

  private cut(end: number): void {
    this.buffer = this.buffer.slice(end);
    this.sent = Math.max(0, this.sent - end);
    this.marks = this.marks.map((mark) => ({ ...mark, at: mark.at - end }));
  }
}

interface Sentence {
  /** Offset into the answer; -1 before its first character. */
  start: number;
  /** Groups of adjacent markers: their place in the buffer and in the answer. */
  groups: { at: number; sentAt: number; cited: Map<number, CitationOrigin> }[];
}

const newSentence = (): Sentence => ({ start: -1, groups: [] });

function startOfEnding(text: string): number {
  let start = text.length;
  while (start > 0 && ENDING.test(text.charAt(start - 1))) start -= 1;
  const mark = LINE_MARK.exec(text.slice(-64));
  return mark ? Math.min(start, text.length - mark[0].length) : start;
}
