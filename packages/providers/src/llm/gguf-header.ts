import { open } from 'node:fs/promises';

/** Bytes to read. The relevant keys come before the vocabulary, which begins within the first kilobytes. */
const HEAD_BYTES = 64 * 1024;
const MAGIC = 0x46554747;
/** Size in bytes of GGUF's fixed-size value types, by type number; 8 is a string, 9 an array. */
const SIZES: Record<number, number> = { 0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8 };

/**
 * Returns the trained context window of a .gguf file; null if its header doesn't contain it.
 * @throws Error if it is not a GGUF file.
 */
export async function readTrainedContext(path: string): Promise<number | null> {
  const head = Buffer.alloc(HEAD_BYTES);
  const file = await open(path);
  const { bytesRead } = await file.read(head, 0, HEAD_BYTES, 0).finally(() => file.close());
  if (bytesRead < 24 || head.readUInt32LE(0) !== MAGIC) throw new Error(`${path} is not a GGUF file.`);
  try {
    return findContextLength(head.subarray(0, bytesRead));
  } catch (error) {
    // The header ended inside a value: the key is not where every converter puts it.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function findContextLength(head: Buffer): number | null {
  let offset = 24;
  const readString = (): string => {
    const length = Number(head.readBigUInt64LE(offset));
    if (offset + 8 + length > head.length) throw new RangeError('beyond the head');
    const text = head.toString('utf8', offset + 8, offset + 8 + length);
    offset += 8 + length;
    return text;
  };
  for (let left = Number(head.readBigUInt64LE(16)); left > 0; left -= 1) {
    const key = readString();
    const type = head.readUInt32LE(offset);
    offset += 4;
    if (key.endsWith('.context_length'))
      return type === 10 ? Number(head.readBigUInt64LE(offset)) : head.readUInt32LE(offset);
    if (type === 8) readString();
    else if (type === 9) {
      const itemType = head.readUInt32LE(offset);
      const count = Number(head.readBigUInt64LE(offset + 4));
      offset += 12;
      if (itemType === 8) for (let n = 0; n < count; n += 1) readString();
      else offset += count * (SIZES[itemType] ?? Number.POSITIVE_INFINITY);
    } else offset += SIZES[type] ?? Number.POSITIVE_INFINITY;
    if (offset >= head.length) return null;
  }
  return null;
}
