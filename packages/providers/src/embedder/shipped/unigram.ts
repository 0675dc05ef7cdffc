import { normalizeText } from '@lorebox/contract/normalize-text';
import { countPieces, encodePieces } from './encode-pieces.ts';
import type { Vocabulary } from './word-file.ts';

/** SentencePiece unigram: splits text into the pieces that the multilingual model was trained on. */
export interface Unigram {
  /** Returns <s> pieces </s>, truncated to `maxTokens` IDs in total. */
  encode(text: string, maxTokens: number): number[];
  /** Number of pieces, without <s> and </s>. */
  count(text: string): number;
  /** Share (0..1) of the letters in `text` that the vocabulary knows. */
  coverage(text: string): number;
}

type Pieces = readonly number[];

const START = 0;
const END = 2;
const UNKNOWN = 3;
/** Stands for a blank at the start of a word. No piece has one elsewhere, so words are split one by one. */
const BLANK = '▁';
/** An unknown character costs more than any piece. */
const UNKNOWN_COST = 10;
/** Longer runs of letters are split in parts, so that the work stays linear. */
const MAX_WORD_LENGTH = 2000;
const MAX_CACHED = 50_000;
const MAX_CACHED_LENGTH = 48;
const HASH_START = 0x811c9dc5;
const HASH_FACTOR = 0x01000193;
const encoder = new TextEncoder();

export function createUnigram(vocabulary: Vocabulary): Unigram {
  const { scores, replacements } = vocabulary;
  const find = indexPieces(vocabulary);
  const longest = vocabulary.offsets.reduce((max, end, i, all) => Math.max(max, end - (all[i - 1] ?? 0)), 0);
  const unknownScore = scores.reduce((min, score) => Math.min(min, score), 0) - UNKNOWN_COST;
  const cache = new Map<string, Pieces>();

  /** The best way to split a word: the one with the highest sum of scores (Viterbi). */
  function split(word: string): Pieces {
    const bytes = encoder.encode(word);
    const starts = characterStarts(bytes);
    const count = starts.length - 1;
    const best = new Float32Array(count + 1).fill(Number.NEGATIVE_INFINITY);
    const pieceTo = new Int32Array(count + 1);
    const cameFrom = new Int32Array(count + 1);
    best[0] = 0;
    for (let i = 0; i < count; i += 1) {
      const from = starts[i] ?? 0;
      const base = best[i] ?? 0;
      let hash = HASH_START;
      let at = from;
      for (let next = i + 1; next <= count; next += 1) {
        const end = starts[next] ?? 0;
        if (end - from > longest) break;
        for (; at < end; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), HASH_FACTOR);
        const piece = find(bytes, from, end, hash >>> 0);
        const score = base + (piece === UNKNOWN ? Number.NEGATIVE_INFINITY : (scores[piece] ?? 0));
        if (score > (best[next] ?? 0)) [best[next], pieceTo[next], cameFrom[next]] = [score, piece, i];
      }
      const score = base + unknownScore;
      if (score > (best[i + 1] ?? 0)) [best[i + 1], pieceTo[i + 1], cameFrom[i + 1]] = [score, UNKNOWN, i];
    }
    const pieces: number[] = [];
    for (let at = count; at > 0; at = cameFrom[at] ?? 0) pieces.push(pieceTo[at] ?? UNKNOWN);
    return pieces.reverse();
  }

  function piecesOf(word: string): Pieces {
    const known = cache.get(word);
    if (known) return known;
    const pieces = split(word);
    if (word.length > MAX_CACHED_LENGTH) return pieces;
    if (cache.size >= MAX_CACHED) cache.clear();
    // Copied, because a slice keeps the whole text alive.
    cache.set(Buffer.from(word, 'utf16le').toString('utf16le'), pieces);
    return pieces;
  }

  /** Calls `visit` with the pieces of each word until it returns false. */
  function walk(text: string, visit: (pieces: Pieces) => boolean): void {
    for (const word of wordsOf(normalize(text, replacements))) if (!visit(piecesOf(word))) return;
  }

  return {
    encode: (text, maxTokens) => encodePieces(walk, text, maxTokens, { first: START, last: END }),
    count: (text) => countPieces(walk, text),
    coverage(text) {
      let known = 0;
      let total = 0;
      walk(text, (pieces) => {
        total += pieces.length;
        known += pieces.filter((piece) => piece !== UNKNOWN).length;
        return true;
      });
      return total === 0 ? 0 : known / total;
    },
  };
}

/** Composed, so that "e" with an accent behind it is one letter. Blanks and invisible characters are replaced. */
function normalize(text: string, replacements: Vocabulary['replacements']): string {
  let out = '';
  for (const char of normalizeText(text.toWellFormed(), 'NFC'))
    out += replacements.get(char.codePointAt(0) ?? 0) ?? char;
  return out;
}

/** Words with a mark in front of them. A text that starts without a blank gets one, and several blanks count as one. */
function* wordsOf(text: string): Generator<string> {
  for (let at = 0; at <= text.length; ) {
    const found = text.indexOf(' ', at);
    const end = found < 0 ? text.length : found;
    const isLast = found < 0;
    if (end > at) yield* partsOf(BLANK + text.slice(at, end));
    else if (isLast && (text.endsWith(' ') || text === '')) yield BLANK;
    at = end + 1;
  }
}

function* partsOf(word: string): Generator<string> {
  for (let at = 0; at < word.length; ) {
    let end = Math.min(word.length, at + MAX_WORD_LENGTH);
    const code = word.charCodeAt(end - 1);
    if (end < word.length && code >= 0xd800 && code < 0xdc00) end -= 1;
    yield word.slice(at, end);
    at = end;
  }
}

/** Offsets of the characters in UTF-8, and the end. */
function characterStarts(bytes: Uint8Array): number[] {
  const starts: number[] = [];
  for (let i = 0; i < bytes.length; i += 1) if (((bytes[i] ?? 0) & 0xc0) !== 0x80) starts.push(i);
  starts.push(bytes.length);
  return starts;
}

/** A hash table over the bytes of the pieces: a `Map` of 250,000 strings would take ten times the memory. */
function indexPieces({ offsets, bytes }: Vocabulary) {
  const count = offsets.length - 1;
  const size = 2 ** Math.ceil(Math.log2(count * 2));
  const slots = new Int32Array(size);
  for (let piece = 0; piece < count; piece += 1) {
    let hash = HASH_START;
    for (let at = offsets[piece] ?? 0; at < (offsets[piece + 1] ?? 0); at += 1) {
      hash = Math.imul(hash ^ (bytes[at] ?? 0), HASH_FACTOR);
    }
    let slot = (hash >>> 0) & (size - 1);
    while (slots[slot] !== 0) slot = (slot + 1) & (size - 1);
    slots[slot] = piece + 1;
  }
  /** Returns the piece with these bytes, or `UNKNOWN`. */
  return (text: Uint8Array, from: number, end: number, hash: number): number => {
    for (let slot = hash & (size - 1); ; slot = (slot + 1) & (size - 1)) {
      const piece = (slots[slot] ?? 0) - 1;
      if (piece < 0) return UNKNOWN;
      const start = offsets[piece] ?? 0;
      if ((offsets[piece + 1] ?? 0) - start !== end - from) continue;
      let i = 0;
      while (i < end - from && bytes[start + i] === text[from + i]) i += 1;
      if (i === end - from) return piece;
    }
  };
}
