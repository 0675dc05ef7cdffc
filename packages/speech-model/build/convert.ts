/**
 * Converts OpenAI's Whisper weights from CTranslate2's format to a model file for whisper.cpp.
 *
 *   node build/convert.ts --vocabulary vocabulary.txt --type q5_1 --out ggml.bin model.bin.part1 model.bin.part2
 */
import { createWriteStream, readFileSync } from 'node:fs';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { readCTranslate2, type Tensor } from './ctranslate2.ts';
import { melFilters } from './mel-filters.ts';
import { halvesToFloats, quantiseQ5, quantiseQ8 } from './quantise.ts';
import { type NamedTensor, renameTensors } from './whisper-tensors.ts';

/** GGML constants for the type of the file and of a tensor. */
const TYPES = {
  f16: { file: 1, tensor: 1, encode: (_floats: Float32Array, halves: Uint16Array) => bytesOf(halves) },
  q5_1: { file: 2009, tensor: 7, encode: quantiseQ5 },
  q8_0: { file: 2007, tensor: 8, encode: quantiseQ8 },
} as const;
const F32 = 0;
const F16 = 1;
const MAGIC = 0x67676d6c;
const MELS = 80;
/** Head size in OpenAI's models. */
const HEAD_WIDTH = 64;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { vocabulary: { type: 'string' }, type: { type: 'string' }, out: { type: 'string' } },
});
const { vocabulary, out, type } = values;
if (!vocabulary || !out || positionals.length === 0 || !(type && type in TYPES)) {
  throw new Error('usage: convert.ts --vocabulary FILE --type f16|q5_1|q8_0 --out FILE MODEL.BIN...');
}
const chosen = TYPES[type as keyof typeof TYPES];
const weights = readCTranslate2(positionals);
const file = createWriteStream(out);
const int = (...numbers: number[]) => file.write(Buffer.from(Int32Array.from(numbers).buffer));
int(MAGIC, ...hyperParameters(weights), chosen.file);
const filters = melFilters(MELS);
int(MELS, filters.length / MELS);
file.write(bytesOf(filters));
const words = readVocabulary(vocabulary);
int(words.length);
for (const word of words) {
  int(word.byteLength);
  file.write(word);
}
for (const tensor of renameTensors(weights)) writeTensor(tensor);
file.end();
await finished(file);

function hyperParameters(tensors: ReadonlyMap<string, Tensor>): number[] {
  const shape = (name: string) => tensors.get(name)?.shape ?? [];
  const layers = (side: string) =>
    [...tensors.keys()].filter((name) => name.startsWith(side) && name.endsWith('ffn/linear_0/weight')).length;
  const [words = 0, textWidth = 0] = shape('decoder/embeddings/weight');
  const [audioContext = 0, audioWidth = 0] = shape('encoder/position_encodings/encodings');
  const [textContext = 0] = shape('decoder/position_encodings/encodings');
  const audio = [audioContext, audioWidth, audioWidth / HEAD_WIDTH, layers('encoder')];
  const text = [textContext, textWidth, textWidth / HEAD_WIDTH, layers('decoder')];
  return [words, ...audio, ...text, MELS];
}

function writeTensor({ name, shape, halves }: NamedTensor): void {
  const floats = halvesToFloats(halves);
  // whisper.cpp adds the biases of the convolutions as columns.
  const dims = /conv\d\.bias$/.test(name) ? [...shape, 1] : shape;
  const isPlain = shape.length === 1 || name.endsWith('positional_embedding');
  const tensorType = isPlain ? F32 : shape.length === 3 ? F16 : chosen.tensor;
  int(dims.length, name.length, tensorType, ...dims.toReversed());
  file.write(Buffer.from(name, 'latin1'));
  if (isPlain) file.write(bytesOf(floats));
  else if (tensorType === F16) file.write(bytesOf(halves));
  else file.write(chosen.encode(floats, halves));
}

/** GPT-2 writes each byte of a token as a printable character. Omits special tokens, which are at the end. */
function readVocabulary(path: string): Buffer[] {
  const printable = [...span(33, 126), ...span(161, 172), ...span(174, 255)];
  const others = span(0, 255).filter((byte) => !printable.includes(byte));
  const bytes = new Map(printable.map((byte) => [String.fromCodePoint(byte), byte]));
  for (const [index, byte] of others.entries()) bytes.set(String.fromCodePoint(256 + index), byte);
  const lines = readFileSync(path, 'utf8').split('\n');
  const end = lines.indexOf('<|endoftext|>');
  return lines.slice(0, end).map((line) => Buffer.from([...line].map((character) => bytes.get(character) ?? 0)));
}

function span(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

function bytesOf(array: Float32Array | Uint16Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
