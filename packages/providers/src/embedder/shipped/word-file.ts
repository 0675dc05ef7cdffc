import { closeSync, openSync, readSync } from 'node:fs';

const MAGIC = 'LBE1';
const HEADER_BYTES = 20;
/** Weights of a block of the table, which share a scale. */
const BLOCK = 32;
const BLOCK_BYTES = BLOCK / 2;

/** The vocabulary of the multilingual model. */
export interface Vocabulary {
  scores: Float32Array;
  /** Start of each piece in `bytes`, and the end of the last. */
  offsets: Uint32Array;
  /** The pieces in UTF-8. */
  bytes: Uint8Array;
  /** What replaces a code point before the text is split. */
  replacements: ReadonlyMap<number, string>;
}

interface Layout {
  pieces: number;
  dimension: number;
  pieceBytes: number;
  entries: number;
}

/**
 * Reads the words file of the multilingual model (layout: `build/convert_multilingual.py` of `@lorebox/embedding-model`)
 * without its table.
 */
export function readVocabulary(path: string): Vocabulary {
  const file = openSync(path, 'r');
  try {
    return readSections(file).vocabulary;
  } finally {
    closeSync(file);
  }
}

export interface WordTable {
  /** Writes the vector of a piece to `target`. The table stays in memory with 4 bits a weight. */
  copyRow(piece: number, target: Float32Array, at: number): void;
  /** Means of the vectors that the model makes. */
  means: { query: Float32Array; passage: Float32Array };
}

export function readWordTable(path: string): WordTable {
  const file = openSync(path, 'r');
  try {
    const { layout, end } = readSections(file);
    const { dimension, pieces } = layout;
    const blocks = dimension / BLOCK;
    const means = new Float32Array(read(file, end, dimension * 8).buffer);
    const table = end + dimension * 8;
    const scales = toFloats(read(file, table, pieces * blocks * 2));
    const weights = read(file, table + pieces * blocks * 2, pieces * blocks * BLOCK_BYTES);
    const copyRow: WordTable['copyRow'] = (piece, target, at) => {
      for (let block = 0; block < blocks; block += 1) {
        const scale = scales[piece * blocks + block] ?? 0;
        const from = (piece * blocks + block) * BLOCK_BYTES;
        for (let i = 0; i < BLOCK_BYTES; i += 1) {
          const pair = weights[from + i] ?? 0;
          target[at + block * BLOCK + i * 2] = ((pair & 15) - 8) * scale;
          target[at + block * BLOCK + i * 2 + 1] = ((pair >> 4) - 8) * scale;
        }
      }
    };
    return { copyRow, means: { query: means.subarray(0, dimension), passage: means.subarray(dimension) } };
  } finally {
    closeSync(file);
  }
}

function readSections(file: number): { layout: Layout; vocabulary: Vocabulary; end: number } {
  const header = new DataView(read(file, 0, HEADER_BYTES).buffer);
  const magic = String.fromCharCode(...new Uint8Array(header.buffer, 0, MAGIC.length));
  if (magic !== MAGIC) throw new Error('The words file of the multilingual model is damaged. Install Lorebox again.');
  const [pieces = 0, dimension = 0, pieceBytes = 0, entries = 0] = [4, 8, 12, 16].map((at) =>
    header.getUint32(at, true),
  );
  const layout = { pieces, dimension, pieceBytes, entries };
  let at = HEADER_BYTES;
  const take = (size: number): Uint8Array => {
    at += size;
    return read(file, at - size, size);
  };
  const scores = new Float32Array(take(pieces * 4).buffer);
  const lengths = take(pieces);
  const bytes = take(pieceBytes);
  at += -at & 3;
  const table = new Uint32Array(take(entries * 8).buffer);
  const points = table.reduce((sum, count, i) => (i % 2 === 1 ? sum + count : sum), 0);
  const replaced = new Uint32Array(take(points * 4).buffer);
  const vocabulary = { scores, offsets: toOffsets(lengths), bytes, replacements: toMap(table, replaced) };
  return { layout, vocabulary, end: at };
}

function read(file: number, position: number, size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  const got = readSync(file, bytes, 0, size, position);
  if (got !== size) throw new Error('The words file of the multilingual model is cut off. Install Lorebox again.');
  return bytes;
}

function toOffsets(lengths: Uint8Array): Uint32Array {
  const offsets = new Uint32Array(lengths.length + 1);
  for (const [i, length] of lengths.entries()) offsets[i + 1] = (offsets[i] ?? 0) + length;
  return offsets;
}

function toMap(table: Uint32Array, replaced: Uint32Array): Map<number, string> {
  const map = new Map<number, string>();
  let at = 0;
  for (let i = 0; i < table.length; i += 2) {
    const count = table[i + 1] ?? 0;
    map.set(table[i] ?? 0, String.fromCodePoint(...replaced.subarray(at, at + count)));
    at += count;
  }
  return map;
}

/** Half-precision floats, which typed arrays of this Node don't have. */
function toFloats(bytes: Uint8Array): Float32Array {
  const halves = new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
  return Float32Array.from(halves, (half) => {
    const exponent = (half >> 10) & 31;
    const fraction = half & 1023;
    const value = exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25);
    return half & 0x8000 ? -value : value;
  });
}
