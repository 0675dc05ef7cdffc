import { open } from 'node:fs/promises';
import { GgufError, GgufReader } from './gguf-reader.ts';
import { tensorBytes } from './gguf-tensor-size.ts';

/** What a .gguf file says about itself. */
export interface GgufHeader {
  /** Such as "llama" or "nomic-bert"; empty if missing. */
  architecture: string;
  /** "model", "adapter", "mmproj"; null in older files. */
  type: string | null;
  /** Trained context window in tokens. */
  contextLength: number | null;
  chatTemplate: string | null;
  /** How token vectors become one vector. Null or 0 in models that write text. */
  pooling: number | null;
  /** Number of files of a split model; 1 otherwise. */
  fileCount: number;
  /** Size in bytes that the file has if it is complete. */
  completeSize: number;
}

const MAGIC = 0x46554747;
const SUPPORTED_VERSIONS = [2, 3];
const DEFAULT_ALIGNMENT = 32;
/** First part to read. It grows until the header fits, because only the header says how long it is. */
const FIRST_READ_BYTES = 1024 ** 2;
/** Larger headers are rejected. The largest vocabularies take about 20 MB. */
const MAX_HEADER_BYTES = 64 * 1024 ** 2;

/** Reads the header of a .gguf file: metadata and tensor sizes. @throws GgufError if it is damaged or incomplete. */
export async function readGgufHeader(path: string): Promise<GgufHeader> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    for (let length = FIRST_READ_BYTES; ; length *= 4) {
      const head = Buffer.alloc(Math.min(length, size));
      const { bytesRead } = await file.read(head, 0, head.length, 0);
      const header = parseGgufHeader(head.subarray(0, bytesRead));
      if (header) return header;
      if (length >= size) throw new GgufError('incomplete', 'the file ends within its header');
      if (length >= MAX_HEADER_BYTES) throw new GgufError('damaged', 'the header is too large');
    }
  } finally {
    await file.close();
  }
}

/** Null if the header is longer than `head`. @throws GgufError if it is damaged. */
export function parseGgufHeader(head: Buffer): GgufHeader | null {
  try {
    return parse(new GgufReader(head));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function parse(reader: GgufReader): GgufHeader {
  if (reader.readU32() !== MAGIC) throw new GgufError('damaged', 'it does not start like a GGUF file');
  const version = reader.readU32();
  if (!SUPPORTED_VERSIONS.includes(version)) throw new GgufError('damaged', `GGUF version ${version} is not supported`);
  const tensorCount = reader.readSize();
  const metadata = readMetadata(reader, reader.readSize());
  const alignment = metadata.number('general.alignment') ?? DEFAULT_ALIGNMENT;
  if (alignment < 1) throw new GgufError('damaged', 'its alignment is 0');
  const dataBytes = readTensors(reader, tensorCount);
  const dataStart = Math.ceil(reader.offset / alignment) * alignment;
  return {
    architecture: metadata.text('general.architecture') ?? '',
    type: metadata.text('general.type'),
    contextLength: metadata.number('.context_length'),
    chatTemplate: metadata.text('tokenizer.chat_template'),
    pooling: metadata.number('.pooling_type'),
    fileCount: metadata.number('split.count') ?? 1,
    completeSize: tensorCount === 0 ? reader.offset : dataStart + dataBytes,
  };
}

function readMetadata(reader: GgufReader, count: number) {
  const values = new Map<string, string | number>();
  for (let left = count; left > 0; left -= 1) {
    const key = reader.readText();
    const value = reader.readValue(isNeeded(key));
    if (value !== null) values.set(key, value);
  }
  const find = (key: string) =>
    key.startsWith('.') ? [...values].find(([known]) => known.endsWith(key))?.[1] : values.get(key);
  return {
    text(key: string): string | null {
      const value = find(key);
      return typeof value === 'string' && value !== '' ? value : null;
    },
    number(key: string): number | null {
      const value = find(key);
      return typeof value === 'number' ? value : null;
    },
  };
}

/** Other texts, such as licenses, are skipped. */
function isNeeded(key: string): boolean {
  return key === 'general.architecture' || key === 'general.type' || key === 'tokenizer.chat_template';
}

/** Returns the bytes of the tensor data: the end of the last tensor. */
function readTensors(reader: GgufReader, count: number): number {
  let end = 0;
  for (let left = count; left > 0; left -= 1) {
    reader.skipText();
    const dimensions = reader.readU32();
    if (dimensions > 8) throw new GgufError('damaged', `a tensor has ${dimensions} dimensions`);
    let elements = 1;
    for (let n = 0; n < dimensions; n += 1) elements *= reader.readSize();
    const type = reader.readU32();
    end = Math.max(end, reader.readSize() + tensorBytes(type, elements));
  }
  if (!Number.isSafeInteger(end)) throw new GgufError('damaged', 'the size of a tensor is not plausible');
  return end;
}
