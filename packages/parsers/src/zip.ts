import { ParseFailure } from '@lorebox/ports/parser';
import { Inflate } from 'fflate';
import iconv from 'iconv-lite';
import type { ParseLimits } from './limits.ts';

export interface ZipEntry {
  name: string;
  encrypted: boolean;
  method: number;
  packedSize: number;
  /** Size according to the directory. The real size is counted while inflating. */
  declaredSize: number;
  offset: number;
}

/** A zip with a validated directory. Entries are unpacked one by one on request. */
export interface ZipFile {
  entries: ReadonlyMap<string, ZipEntry>;
  has(name: string): boolean;
  /**
   * Returns the bytes of one entry, or undefined if it doesn't exist. @throws ParseFailure if it exceeds the limits.
   */
  read(name: string): Uint8Array | undefined;
}

const RATIO_FREE_BYTES = 16 * 1024 * 1024;

function failBomb(): never {
  throw new ParseFailure(
    'too-large',
    'This file expands to far more data than expected, so it was not unpacked. Save it again and upload the new copy.',
  );
}

function failDamaged(cause?: unknown): never {
  throw new ParseFailure('damaged', 'This file is damaged or incomplete. Upload a complete copy.', { cause });
}

/** Finds the end-of-directory record. A zip may have a comment of up to 64 kB after it. */
function findDirectoryEnd(view: DataView): number {
  const lowest = Math.max(0, view.byteLength - 22 - 65_535);
  for (let at = view.byteLength - 22; at >= lowest; at--) if (view.getUint32(at, true) === 0x06054b50) return at;
  return -1;
}

/** Names are in UTF-8, or in the code page of old DOS programs. */
function decodeName(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return iconv.decode(Buffer.from(bytes), 'cp437');
  }
}

/** Reads only the directory and rejects what no real document looks like. */
export function openZip(bytes: Uint8Array, limits: ParseLimits): ZipFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findDirectoryEnd(view);
  if (end < 0) failDamaged();
  const count = view.getUint16(end + 10, true);
  // 65,535 indicates a 64-bit directory, which only archives far over the limit need.
  if (count > limits.maxZipEntries) {
    throw new ParseFailure('too-large', `This file contains ${count} entries, which is too many for a document.`);
  }
  const size = view.getUint32(end + 12, true);
  // Bytes before the archive (self-extractors) shift every offset by the same amount.
  const shift = end - size - view.getUint32(end + 16, true);
  if (end - size < 0 || shift < 0) failDamaged();
  const entries = new Map<string, ZipEntry>();
  let at = end - size;
  let declared = 0;
  for (let index = 0; index < count; index++) {
    if (at + 46 > end || view.getUint32(at, true) !== 0x02014b50) failDamaged();
    const nameLength = view.getUint16(at + 28, true);
    const name = decodeName(bytes.subarray(at + 46, at + 46 + nameLength));
    const entry: ZipEntry = {
      name,
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      method: view.getUint16(at + 10, true),
      packedSize: view.getUint32(at + 20, true),
      declaredSize: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true) + shift,
    };
    declared += entry.declaredSize;
    entries.set(name.replaceAll('\\', '/').replace(/^\/+/, ''), entry);
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  const allowed = Math.min(
    limits.maxUnpackedBytes,
    Math.max(RATIO_FREE_BYTES, bytes.byteLength * limits.maxUnpackRatio),
  );
  if (declared > allowed) failBomb();
  let left = allowed;
  return {
    entries,
    has: (name) => entries.has(name),
    read(name) {
      const entry = entries.get(name);
      if (!entry) return undefined;
      const data = unpackEntry(bytes, view, entry, left);
      left -= data.byteLength;
      return data;
    },
  };
}

function unpackEntry(bytes: Uint8Array, view: DataView, entry: ZipEntry, allowed: number): Uint8Array {
  if (entry.encrypted) {
    throw new ParseFailure('encrypted', 'This file is password-protected. Remove the password and upload it again.');
  }
  if (entry.offset + 30 > bytes.byteLength || view.getUint32(entry.offset, true) !== 0x04034b50) failDamaged();
  const start = entry.offset + 30 + view.getUint16(entry.offset + 26, true) + view.getUint16(entry.offset + 28, true);
  const packed = bytes.subarray(start, start + entry.packedSize);
  if (packed.byteLength < entry.packedSize) failDamaged();
  if (entry.method === 0) {
    if (packed.byteLength > allowed) failBomb();
    return packed;
  }
  if (entry.method !== 8) failDamaged();
  return inflateBounded(packed, allowed);
}

/** Inflates in pieces, so that a lying directory costs no more than the limit. */
function inflateBounded(packed: Uint8Array, allowed: number): Uint8Array {
  const pieces: Uint8Array[] = [];
  let total = 0;
  const inflate = new Inflate((piece) => {
    total += piece.byteLength;
    if (total > allowed) failBomb();
    pieces.push(piece);
  });
  try {
    for (let at = 0; at < packed.byteLength || at === 0; at += 65_536) {
      inflate.push(packed.subarray(at, at + 65_536), at + 65_536 >= packed.byteLength);
    }
  } catch (error) {
    if (error instanceof ParseFailure) throw error;
    failDamaged(error);
  }
  return Buffer.concat(pieces, total);
}

/** Resolves a reference inside the container, relative to the file that contains it. */
export function resolvePath(from: string, reference: string): string {
  let path = reference.split('#', 1)[0] as string;
  try {
    path = decodeURIComponent(path);
  } catch {
    // Not an escaped path.
  }
  const parts = path.startsWith('/') ? [] : from.split('/').slice(0, -1);
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
