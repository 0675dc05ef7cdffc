import { normalizeText } from '@lorebox/contract/normalize-text';
import { isRefusalSentence } from './is-refusal.ts';

const MARKERS = /\[\d{1,4}\]/g;
const BULLET = /^\s*(?:[-*•–]|\d{1,4}[.)])\s+/;
const NOISE = /[^\p{L}\p{M}\p{N}%€$£]+/gu;

/** Joins the lists that a model writes about one part of the passages after the other. Repeated items come once. */
export class ListLines {
  private readonly seen = new Set<string>();
  private held = '';
  private refusal: string | null = null;
  private hasText = false;
  private isFirstPart = true;

  /** Adds a piece of a list. Returns the lines that are complete and new. */
  push(piece: string): string {
    this.held += piece;
    if (!piece.includes('\n')) return '';
    const end = this.held.lastIndexOf('\n') + 1;
    const lines = this.held.slice(0, end).split('\n');
    this.held = this.held.slice(end);
    return this.keep(lines);
  }

  /** Ends the list of one part. */
  endPart(): string {
    const rest = this.keep([this.held]);
    this.held = '';
    this.isFirstPart = false;
    return rest;
  }

  /** Returns what a model said instead of an item, if no part had any. */
  finish(): string {
    return this.hasText ? '' : (this.refusal ?? '');
  }

  private keep(lines: readonly string[]): string {
    return lines.map((line) => this.keepLine(line)).join('');
  }

  private keepLine(line: string): string {
    const isItem = BULLET.test(line);
    const text = line.replace(BULLET, '').trim();
    const key = normalizeText(text.replace(MARKERS, ''), 'NFKC').toLowerCase().replace(NOISE, ' ').trim();
    if (key === '' || this.seen.has(key)) return '';
    if (!isItem && isRefusalSentence(text)) {
      this.refusal ??= text;
      return '';
    }
    // "Here are the parties:" before each list.
    if (!this.isFirstPart && !isItem && text.endsWith(':')) return '';
    this.seen.add(key);
    const start = this.hasText ? '\n' : '';
    this.hasText = true;
    return `${start}${isItem ? '- ' : ''}${text}`;
  }
}
