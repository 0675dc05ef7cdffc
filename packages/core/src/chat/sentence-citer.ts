import type { CitationOrigin } from '@lorebox/contract/chat';
import type { Span } from '../text/sentences.ts';
import { mayContinue, splitStatements } from '../text/statements.ts';
import type { AnswerPart } from './citation-filter.ts';
import type { ClaimJudge } from './judge-claim.ts';
import { readClaim, sizeOf } from './passage-index.ts';

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

interface Mark {
  /** Offset into the buffer. */
  at: number;
  space: string;
  numbers: number[];
}

/** A longer sentence is sent without a citation. */
const MAX_BUFFER = 1500;
const MAX_STEP = 500;
const MAX_MARKS = 100;
const MIN_CLAIM_SIZE = 3;
/** Length of the punctuation and blanks that end a sentence. */
const MAX_ENDING = 100;
const STOP = /[.!?…。！？؟۔｡\n]/;
/** Characters at the end of the buffer that may belong to the end of a sentence. */
const ENDING = /[\s.!?…。！？؟۔｡"'”’»)\]」』）*_]/;
const LINE_MARK = /\n\s{0,20}(?:[-*•|#>]{1,6}|\d{1,3}[.)]?)?\s{0,20}$/;
const ONLY_ENDING = /^[\s.!?…。！？؟۔｡"'”’»)\]」』）*_]*$/;

/**
 * Attaches citations to the sentences of an answer while it streams. A sentence without a marker gets the passage that
 * supports it best, and a marker whose passage says something else is replaced or dropped. Only the end of a sentence is
 * held back.
 */
export class SentenceCiter {
  readonly cited: CitedClaim[] = [];
  readonly uncited: UncitedClaim[] = [];
  private readonly judge: ClaimJudge;
  private buffer = '';
  private marks: Mark[] = [];
  /** Length of the buffer that was sent. */
  private sent = 0;
  /** Length of the buffer after the last look for the ends of sentences. */
  private advancedTo = 0;
  private out = '';
  /** Length of the answer that was sent. */
  private length = 0;
  private sentence = newSentence(0);
  /** The sentence before. Markers at the end of the answer, on a line of their own, belong to it. */
  private lastClaim: UncitedClaim | null = null;
  /** The passage that the sentence before was matched with, in the same paragraph. */
  private lastMatched: number | null = null;

  constructor(judge: ClaimJudge) {
    this.judge = judge;
  }

  push(parts: readonly AnswerPart[]): string {
    this.out = '';
    for (const part of parts) {
      if (part.type === 'marker') {
        this.marks.push({ at: this.buffer.length, space: part.space, numbers: part.numbers });
        if (this.marks.length > MAX_MARKS) this.advance(true);
      } else if (part.isFenced) {
        this.advance(true);
        this.emit(part.text);
      } else this.add(part.text);
    }
    this.advance(this.buffer.length > MAX_BUFFER);
    this.advancedTo = this.buffer.length;
    return this.out;
  }

  private add(text: string): void {
    for (let at = 0; at < text.length; at += MAX_STEP) {
      this.buffer += text.slice(at, at + MAX_STEP);
      if (this.buffer.length - this.advancedTo < MAX_STEP) continue;
      this.advance(this.buffer.length > MAX_BUFFER);
      this.advancedTo = this.buffer.length;
    }
  }

  finish(): string {
    this.out = '';
    this.advance(true);
    return this.out;
  }

  private advance(isEnd: boolean): void {
    let safe = startOfEnding(this.buffer);
    const spans = isEnd || STOP.test(this.buffer) ? splitStatements(this.buffer) : [];
    for (const [i, span] of spans.entries()) {
      const next = spans[i + 1];
      if (!isEnd && (!next || mayContinue(this.buffer, span, next))) {
        if (next) safe = Math.min(safe, span.end - 1);
        break;
      }
      this.finishSentence(span);
    }
    if (isEnd) this.flush();
    else {
      this.resolveMarks(safe, false);
      this.sendTo(Math.min(safe, this.marks[0]?.at ?? safe));
      this.cut(this.sentence.from);
    }
  }

  /** Sends what follows the last sentence: blanks and markers. */
  private flush(): void {
    this.resolveMarks(this.buffer.length, true);
    this.sendTo(this.buffer.length);
    if (this.lastClaim) this.addCited(this.lastClaim);
    this.cut(this.buffer.length);
    this.sentence = newSentence(0);
  }

  private finishSentence({ start, end }: Span): void {
    const { sentence } = this;
    if (this.buffer.slice(sentence.from, start).includes('\n')) this.lastMatched = null;
    this.resolveMarks(end, true);
    this.sendTo(end);
    const text = this.buffer.slice(start, end);
    const lastGroup = sentence.groups.at(-1);
    const isLast = lastGroup !== undefined && ONLY_ENDING.test(this.buffer.slice(lastGroup.at, end));
    const claim = { start: sentence.start, end: isLast ? lastGroup.sentAt : this.length, text };
    if (sentence.groups.length === 0) this.match(claim);
    this.addCited(claim);
    this.lastClaim = claim;
    this.sentence = newSentence(end);
  }

  private addCited(claim: UncitedClaim): void {
    const numbers = this.sentence.groups.flatMap(({ cited }) => [...cited]);
    for (const [n, origin] of new Map(numbers)) this.cited.push({ ...claim, n, origin });
  }

  /** Cites the passage that supports a sentence without markers. */
  private match(claim: UncitedClaim): void {
    const { text } = claim;
    if (!this.judge.isStatement(text)) return;
    const n = this.judge.findNumber(text);
    if (n === null) this.uncited.push(claim);
    else {
      this.cited.push({ ...claim, n, origin: 'matched' });
      if (n !== this.lastMatched && !text.startsWith('|')) this.emit(` [${n}]`);
    }
    this.lastMatched = n;
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
    const cited = this.judge.chooseNumbers(numbers, this.claimBefore(first.at));
    const sentAt = this.length;
    const isKept = numbers.every((n) => cited.get(n) === 'model');
    for (const [i, mark] of group.entries()) {
      this.sendTo(mark.at);
      const shown = isKept ? mark.numbers : i === 0 ? [...cited.keys()] : [];
      if (shown.length > 0) this.emit(mark.space + shown.map((n) => `[${n}]`).join(''));
    }
    this.sentence.groups.push({ at: first.at, sentAt, cited });
  }

  /** The text that a marker belongs to: from the marker before it, or else from the start of the sentence. */
  private claimBefore(at: number): string {
    const { from } = this.sentence;
    const previous = this.sentence.groups.at(-1)?.at ?? from;
    const clause = this.buffer.slice(previous, at);
    const text = previous > from && sizeOf(readClaim(clause)) >= MIN_CLAIM_SIZE ? clause : this.buffer.slice(from, at);
    return text.trim();
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

  /** Removes the beginning of the buffer, which was sent. */
  private cut(end: number): void {
    if (end === 0) return;
    this.buffer = this.buffer.slice(end);
    this.sent -= end;
    this.sentence.from -= end;
    for (const place of [...this.marks, ...this.sentence.groups]) place.at -= end;
  }
}

interface Sentence {
  /** Offset into the buffer of the sentence with the blanks before it. */
  from: number;
  /** Offset into the answer; -1 before its first character. */
  start: number;
  /** Groups of adjacent markers: their place in the buffer and in the answer. */
  groups: { at: number; sentAt: number; cited: Map<number, CitationOrigin> }[];
}

const newSentence = (from: number): Sentence => ({ from, start: -1, groups: [] });

function startOfEnding(text: string): number {
  let start = text.length;
  const minimum = Math.max(0, text.length - MAX_ENDING);
  while (start > minimum && ENDING.test(text.charAt(start - 1))) start -= 1;
  const mark = LINE_MARK.exec(text.slice(-64));
  return mark ? Math.min(start, text.length - mark[0].length) : start;
}
