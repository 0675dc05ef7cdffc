import type { AnswerPart } from './citation-filter.ts';
import { HEADINGS } from './marker-words.ts';

const MAX_HEADING = 48;
const DECORATION = /[#*_:：\s]+/g;
const ENTRY_START = /^\s*(?:[-*•]\s|\d{1,3}[.)]\s|\[\^?\d{1,3}\]|$)/;

/**
 * Removes a list of sources at the end of an answer. It says which passages were there, not which sentence they support.
 * A list that other text follows stays, without its markers.
 */
export class SourceListFilter {
  /** Parts that are a heading, or may become one. */
  private held: AnswerPart[] = [];
  /** The line so far. A marker is one character that no line contains. */
  private line = '';
  private isInList = false;
  private hasEntry = false;
  /** There is text before the list. */
  private hasText = false;

  push(parts: readonly AnswerPart[]): AnswerPart[] {
    return parts.flatMap(splitLines).flatMap((part) => this.read(part));
  }

  finish(): AnswerPart[] {
    const isList = this.isInList && (this.hasEntry || isEntry(this.line));
    return isList && this.hasText ? [] : this.release();
  }

  private read(part: AnswerPart): AnswerPart[] {
    this.held.push(part);
    if (part.type === 'text' && part.isFenced) return this.releaseAll();
    this.line += part.type === 'marker' ? part.space + MARKER : part.text;
    const isLineEnd = this.line.endsWith('\n');
    return this.isInList ? this.readEntry(isLineEnd) : this.readHeading(isLineEnd);
  }

  /** Holds back blank lines and everything that may become a heading. */
  private readHeading(isLineEnd: boolean): AnswerPart[] {
    const [name = '', entries = null] = splitHeading(this.line);
    const isHeading = HEADINGS.has(name) && (isLineEnd || entries?.startsWith(MARKER));
    if (isHeading) {
      this.isInList = true;
      this.hasEntry = entries?.includes(MARKER) ?? false;
      if (isLineEnd) this.line = '';
      return [];
    }
    const mayBeHeading = this.line.length <= MAX_HEADING && (name === '' || STARTS.has(name));
    if (isLineEnd && name === '' && !this.line.includes(MARKER)) this.line = '';
    else if (isLineEnd) return this.releaseLine();
    else if (!mayBeHeading) return this.releaseAll(false);
    return [];
  }

  private readEntry(isLineEnd: boolean): AnswerPart[] {
    if (!isLineEnd) return [];
    const isList = isEntry(this.line);
    this.hasEntry ||= isList && this.line.trim() !== '';
    this.line = '';
    if (isList) return [];
    this.isInList = false;
    return this.release();
  }

  /** Releases a line without its line break, which belongs to the list if one follows. */
  private releaseLine(): AnswerPart[] {
    const lineBreak = this.held.splice(-1);
    const parts = this.releaseAll();
    this.held = lineBreak;
    return parts;
  }

  private release(): AnswerPart[] {
    const parts = this.isInList || this.hasEntry ? this.held.filter(({ type }) => type === 'text') : this.held;
    this.held = [];
    this.hasEntry = false;
    this.hasText ||= parts.some((part) => part.type === 'text' && part.text.trim() !== '');
    return parts;
  }

  private releaseAll(isLineEnd = true): AnswerPart[] {
    this.isInList = false;
    // The rest of the line is not a heading either.
    this.line = isLineEnd ? '' : 'x'.repeat(MAX_HEADING + 1);
    return this.release();
  }
}

const MARKER = '\u0000';
const STARTS = new Set([...HEADINGS].flatMap((heading) => [...heading].map((_, i) => heading.slice(0, i + 1))));

function isEntry(line: string): boolean {
  return line.trimStart().startsWith(MARKER) || ENTRY_START.test(line.trimEnd());
}

/** The name of a heading, and what follows its colon. */
function splitHeading(line: string): [string, string | null] {
  const colon = line.search(/[:：]/);
  const name = (colon < 0 ? line : line.slice(0, colon)).replace(DECORATION, ' ').trim().toLowerCase();
  const rest = colon < 0 ? '' : line.slice(colon + 1).replace(/^[*_\s]+/, '');
  return [name, rest === '' ? null : rest];
}

/** Makes each line break a part of its own. */
function splitLines(part: AnswerPart): AnswerPart[] {
  if (part.type === 'marker' || part.isFenced) return [part];
  return part.text
    .split(/(\n)/)
    .filter((text) => text !== '')
    .map((text) => ({ ...part, text }));
}
