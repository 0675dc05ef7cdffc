import { normalizeText } from '@lorebox/contract/normalize-text';
import { countPieces, encodePieces } from './encode-pieces.ts';
/** BERT WordPiece (uncased): converts text to the piece IDs that the model was trained on. */
export interface WordPiece {
  /** Returns [CLS] pieces [SEP], truncated to `maxTokens` IDs in total. */
  encode(text: string, maxTokens: number): number[];
  /** Number of pieces, without [CLS] and [SEP]. */
  count(text: string): number;
  /** Share (0..1) of the letters in `text` that are in words which this vocabulary understands. */
  coverage(text: string): number;
}

type Pieces = readonly number[];

const MAX_WORD_LENGTH = 100;
const MAX_CACHED = 50_000;
const MAX_CACHED_LENGTH = 64;
/** V8 keeps the whole parent string alive for a slice of at least this length. */
const SLICE_LENGTH = 13;

const SPACE = 1;
const WORD = 2;
const PUNCTUATION = 3;
const asciiClass = Uint8Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code);
  if (/[ \t\n\r]/.test(char)) return SPACE;
  if (/[A-Za-z0-9]/.test(char)) return WORD;
  return /[!-/:-@[-`{-~]/.test(char) ? PUNCTUATION : 0;
});

const REMOVED = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\ufffd]/gu;
const WHITE_SPACE = /\p{White_Space}/gu;
// The ranges of the reference implementation, including its gaps.
const IDEOGRAPH =
  /[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{2a6df}\u{2a700}-\u{2b81f}\u{2b920}-\u{2ceaf}\u{2f800}-\u{2fa1f}]/gu;
const ACCENT = /\p{Mn}/gu;
const TOKEN = /[\p{P}$+<=>^`|~]|[^ \p{P}$+<=>^`|~]+/gu;
const LETTERS = /\p{L}+/gu;
const WRITTEN_WORD = /[\p{L}\p{M}]+/gu;

function normalise(text: string): string {
  const spaced = text
    .replace(/[\t\n\r]/g, ' ')
    .replace(REMOVED, '')
    .replace(WHITE_SPACE, ' ')
    .replace(IDEOGRAPH, ' $& ');
  // toLowerCase() writes a final sigma as ς. The reference lowercases each character separately.
  return normalizeText(spaced, 'NFD').replace(ACCENT, '').replaceAll('Σ', 'σ').toLowerCase();
}

export function createWordPiece(vocabText: string): WordPiece {
  const heads = new Map<string, number>();
  const tails = new Map<string, number>();
  let longest = 0;
  for (const [id, piece] of vocabText.trimEnd().split('\n').entries()) {
    const isTail = piece.startsWith('##') && piece.length > 2;
    const name = isTail ? piece.slice(2) : piece;
    (isTail ? tails : heads).set(name, id);
    longest = Math.max(longest, name.length);
  }
  const idOf = (special: string): number => {
    const id = heads.get(special);
    if (id === undefined) throw new Error(`The vocabulary is missing ${special}`);
    return id;
  };
  const [cls, sep, unknown] = [idOf('[CLS]'), idOf('[SEP]'), idOf('[UNK]')];
  const unknownWord: Pieces = [unknown];

  /** Longest match first; `word` is normalized. */
  function split(word: string): Pieces {
    if (word.length > MAX_WORD_LENGTH && [...word].length > MAX_WORD_LENGTH) return unknownWord;
    const pieces: number[] = [];
    for (let start = 0; start < word.length; ) {
      const pool = start === 0 ? heads : tails;
      let end = Math.min(word.length, start + longest);
      let id: number | undefined;
      for (; end > start; end--) {
        id = pool.get(word.slice(start, end));
        if (id !== undefined) break;
      }
      if (id === undefined) return unknownWord;
      pieces.push(id);
      start = end;
    }
    return pieces;
  }

  const cache = new Map<string, Pieces>();
  function remember(key: string, pieces: Pieces): Pieces {
    if (key.length > MAX_CACHED_LENGTH) return pieces;
    if (cache.size >= MAX_CACHED) cache.clear();
    cache.set(key.length < SLICE_LENGTH ? key : Buffer.from(key, 'utf16le').toString('utf16le'), pieces);
    return pieces;
  }
  /** `word` is a run of ASCII letters and digits. */
  const asciiWord = (word: string): Pieces => cache.get(word) ?? remember(word, split(word.toLowerCase()));
  /** `chunk` is any text without ASCII white space. */
  function mixedChunk(chunk: string): Pieces {
    const known = cache.get(chunk);
    if (known) return known;
    const pieces: number[] = [];
    for (const [word] of normalise(chunk).matchAll(TOKEN)) {
      for (const id of cache.get(word) ?? remember(word, split(word))) pieces.push(id);
    }
    return remember(chunk, pieces);
  }
  const punctuation: readonly Pieces[] = Array.from(asciiClass, (kind, code) =>
    kind === PUNCTUATION ? split(String.fromCharCode(code)) : [],
  );

  /** Calls `visit` with the pieces of each part of `text` until it returns false. */
  function walk(text: string, visit: (pieces: Pieces) => boolean): void {
    const length = text.length;
    for (let at = 0; at < length; ) {
      const code = text.charCodeAt(at);
      const kind = code < 128 ? asciiClass[code] : 0;
      if (kind === SPACE) {
        at++;
        continue;
      }
      if (kind === PUNCTUATION) {
        at++;
        if (!visit(punctuation[code] ?? unknownWord)) return;
        continue;
      }
      let end = at;
      let next: number | undefined = kind;
      while (next === WORD && ++end < length) {
        const nextCode = text.charCodeAt(end);
        next = nextCode < 128 ? asciiClass[nextCode] : 0;
      }
      if (next !== 0) {
        if (!visit(asciiWord(text.slice(at, end)))) return;
      } else {
        // An accent or an invisible character may change the adjacent word, so take everything up to the next space.
        while (end < length && asciiClass[text.charCodeAt(end)] !== SPACE) end++;
        if (!visit(mixedChunk(text.slice(at, end)))) return;
      }
      at = end;
    }
  }

  return {
    encode: (text, maxTokens) => encodePieces(walk, text, maxTokens, { first: cls, last: sep }),
    count: (text) => countPieces(walk, text),
    coverage(text) {
      let letters = 0;
      let understood = 0;
      for (const [written] of text.matchAll(WRITTEN_WORD)) {
        // "thủ đô" loses its meaning without accents, even if the bare letters happen to be English words.
        const isBare = normalizeText(written, 'NFD').search(ACCENT) === -1;
        for (const [word] of normalise(written).matchAll(LETTERS)) {
          letters += word.length;
          if (isBare) understood += word.length * understanding(word);
        }
      }
      return letters === 0 ? 0 : understood / letters;
    },
  };

  /**
   * A word that is a piece of its own is understood. Pieces of five letters still carry meaning, pieces of two only
   * spell.
   */
  function understanding(word: string): number {
    const pieces = cache.get(word) ?? remember(word, split(word));
    if (pieces[0] === unknown) return 0;
    if (pieces.length === 1 && (word.length > 1 || word === 'a' || word === 'i')) return 1;
    return Math.min(1, Math.max(0, (word.length / pieces.length - 2) / 3));
  }
}
