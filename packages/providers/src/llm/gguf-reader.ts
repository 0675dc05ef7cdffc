/** Why a .gguf file can't be used. The message is part of a sentence. */
export class GgufError extends Error {
  readonly kind: 'damaged' | 'incomplete';

  constructor(kind: GgufError['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

const TEXT = 8;
const ARRAY = 9;
const UNSIGNED_32 = 4;
const SIGNED_32 = 5;
const UNSIGNED_64 = 10;
/** Size in bytes of the fixed-size value types, by type number. */
const SIZES: Readonly<Record<number, number>> = { 0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8 };

/** Reads values in order. Throws RangeError at the end of the bytes. */
export class GgufReader {
  readonly #bytes: Buffer;
  offset = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  readU32(): number {
    const value = this.#bytes.readUInt32LE(this.offset);
    this.offset += 4;
    return value;
  }

  /** An unsigned 64-bit integer. @throws GgufError if it is not a plausible count or size. */
  readSize(): number {
    const value = Number(this.#bytes.readBigUInt64LE(this.offset));
    if (!Number.isSafeInteger(value)) throw new GgufError('damaged', 'it contains a size that is not plausible');
    this.offset += 8;
    return value;
  }

  readText(): string {
    const length = this.readSize();
    const start = this.offset;
    this.#skip(length);
    return this.#bytes.toString('utf8', start, this.offset);
  }

  skipText(): void {
    this.#skip(this.readSize());
  }

  /** Reads a text or an integer, and skips other values. Texts are skipped too unless `isNeeded`. */
  readValue(isNeeded: boolean): string | number | null {
    const type = this.readU32();
    if (type === TEXT && isNeeded) return this.readText();
    if (type === UNSIGNED_32 || type === SIGNED_32) return this.readU32();
    if (type === UNSIGNED_64) return this.readSize();
    this.#skipValue(type);
    return null;
  }

  #skipValue(type: number): void {
    if (type === TEXT) this.skipText();
    else if (type === ARRAY) this.#skipArray();
    else this.#skip(sizeOf(type));
  }

  #skipArray(): void {
    const itemType = this.readU32();
    const count = this.readSize();
    if (itemType === TEXT) for (let left = count; left > 0; left -= 1) this.skipText();
    else this.#skip(count * sizeOf(itemType));
  }

  #skip(length: number): void {
    if (this.offset + length > this.#bytes.length) throw new RangeError('beyond the end');
    this.offset += length;
  }
}

function sizeOf(type: number): number {
  const size = SIZES[type];
  if (size === undefined) throw new GgufError('damaged', `it contains a value of unknown type ${type}`);
  return size;
}
