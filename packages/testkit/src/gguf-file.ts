export interface GgufFile {
  /** Numbers are written as 32-bit integers, and lists as arrays of texts. */
  metadata?: Record<string, string | number | readonly string[]>;
  /** Dimensions of F32 tensors by name. */
  tensors?: Record<string, readonly number[]>;
}

const ALIGNMENT = 32;
const F32_BYTES = 4;
const [UINT32, TEXT, ARRAY] = [4, 8, 9];

/** A small llama model with a chat template, as far as its header says. Its weights are zeros. */
export const CHAT_MODEL = {
  'general.architecture': 'llama',
  'llama.context_length': 4096,
  'tokenizer.ggml.tokens': ['<s>', 'a', 'b'],
  'tokenizer.chat_template': '{% for m in messages %}{{ m.content }}{% endfor %}',
} as const;

/** Returns the bytes of a complete .gguf file. */
export function buildGguf({ metadata = CHAT_MODEL, tensors = { 'token_embd.weight': [4, 3] } }: GgufFile = {}): Buffer {
  const pairs = Object.entries(metadata).filter(([, value]) => value !== '');
  const infos: Buffer[] = [];
  let dataBytes = 0;
  for (const [name, dimensions] of Object.entries(tensors)) {
    infos.push(text(name), u32(dimensions.length), ...dimensions.map(u64), u32(0), u64(dataBytes));
    dataBytes = align(dataBytes + dimensions.reduce((product, size) => product * size, 1) * F32_BYTES);
  }
  const header = Buffer.concat([
    Buffer.from('GGUF'),
    u32(3),
    u64(Object.keys(tensors).length),
    u64(pairs.length),
    ...pairs.flatMap(([key, value]) => [text(key), ...typed(value)]),
    ...infos,
  ]);
  const padding = Buffer.alloc(align(header.length) - header.length);
  return Buffer.concat([header, padding, Buffer.alloc(dataBytes)]);
}

function typed(value: string | number | readonly string[]): Buffer[] {
  if (typeof value === 'number') return [u32(UINT32), u32(value)];
  if (typeof value === 'string') return [u32(TEXT), text(value)];
  return [u32(ARRAY), u32(TEXT), u64(value.length), ...value.map(text)];
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([u64(bytes.length), bytes]);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

const align = (size: number) => Math.ceil(size / ALIGNMENT) * ALIGNMENT;
