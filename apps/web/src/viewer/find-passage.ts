import { normalizeText } from '@lorebox/contract/normalize-text';

/** A range of characters, end exclusive. */
export interface CharRange {
  start: number;
  end: number;
}

interface Folded {
  text: string;
  /** For each character of `text`, its offset in the original. */
  offsets: number[];
}

const IGNORED = /[\s\u00ad\u200b-\u200f\u2010-\u2015\u202a-\u202e|*#_`-]/;
const MIN_PIECE = 12;
const MIN_WORDS_PIECE = 4;

/**
 * Keeps what the stored text and the text of the page have in common: letters and digits without case, spaces, hyphens
 * or marks of tables, which either of them may lack.
 */
function fold(text: string): Folded {
  let folded = '';
  const offsets: number[] = [];
  let at = 0;
  for (const character of text) {
    for (const part of normalizeText(character, 'NFKC').toLowerCase()) {
      if (IGNORED.test(part)) continue;
      folded += part;
      for (let i = 0; i < part.length; i += 1) offsets.push(at);
    }
    at += character.length;
  }
  return { text: folded, offsets };
}

/**
 * Finds a passage in the text of a page, whose order and spacing may differ: as a whole, else line by line, else in
 * halves of lines. Pieces that the page has several times are taken near those that it has once.
 */
export function findPassage(page: string, passage: string): CharRange[] {
  const target = fold(page);
  const whole = fold(passage).text;
  if (whole === '' || target.text === '') return [];
  const at = target.text.indexOf(whole);
  if (at >= 0) return [rangeOf(target, page, at, whole.length)];
  const pieces = passage.split(/\n+|(?<=[.!?。！？])\s+/).flatMap((line) => findLine(target.text, line));
  return mergeRanges(locate(target.text, pieces).map(([start, length]) => rangeOf(target, page, start, length)));
}

/** Returns the parts of a line that are in the target. */
function findLine(target: string, line: string): string[] {
  const folded = fold(line).text;
  if (folded.length === 0) return [];
  if (target.includes(folded)) return [folded];
  const words = line.split(/\s+/).filter((word) => word !== '');
  if (words.length < MIN_WORDS_PIECE) return [];
  const middle = Math.ceil(words.length / 2);
  return [...findLine(target, words.slice(0, middle).join(' ')), ...findLine(target, words.slice(middle).join(' '))];
}

function locate(target: string, pieces: readonly string[]): [start: number, length: number][] {
  const found: [number, number][] = [];
  const isUnique = (piece: string) => target.indexOf(piece) === target.lastIndexOf(piece);
  for (const piece of pieces.filter((text) => text.length >= MIN_PIECE || isUnique(text))) {
    if (isUnique(piece)) found.push([target.indexOf(piece), piece.length]);
  }
  const anchor = found.length > 0 ? (found.map(([start]) => start).sort((a, b) => a - b)[found.length >> 1] ?? 0) : 0;
  for (const piece of pieces) {
    if (piece.length < MIN_PIECE || isUnique(piece)) continue;
    const starts = occurrences(target, piece);
    const nearest = starts.reduce((a, b) => (Math.abs(b - anchor) < Math.abs(a - anchor) ? b : a));
    found.push([nearest, piece.length]);
  }
  return found;
}

function occurrences(target: string, piece: string): number[] {
  const starts: number[] = [];
  for (let at = target.indexOf(piece); at >= 0; at = target.indexOf(piece, at + 1)) starts.push(at);
  return starts;
}

function rangeOf({ offsets }: Folded, original: string, start: number, length: number): CharRange {
  const first = offsets[start] ?? 0;
  const last = offsets[start + length - 1] ?? first;
  const width = original.codePointAt(last) ?? 0;
  return { start: first, end: last + (width > 0xffff ? 2 : 1) };
}

function mergeRanges(ranges: readonly CharRange[]): CharRange[] {
  const merged: CharRange[] = [];
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && start <= last.end + 2) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}
