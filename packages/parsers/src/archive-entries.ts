import { ParseFailure } from '@lorebox/ports/parser';
import { Gunzip } from 'fflate';
import type { ParseLimits } from './limits.ts';
import { openZip } from './zip.ts';

export interface ArchiveEntry {
  path: string;
  /** @throws ParseFailure if the entry is damaged, encrypted or exceeds the limits. */
  read(): Uint8Array | undefined;
}

const RATIO_FREE_BYTES = 16 * 1024 * 1024;

/** Folders and files that programs add, not people. */
function isNoise(path: string): boolean {
  return /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\.git\/)/.test(path) || path.endsWith('/');
}

function text(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return Buffer.from(bytes.subarray(0, end < 0 ? bytes.length : end)).toString('utf8');
}

/** Sizes are octal text, or a binary number if the first bit is set. */
function readSize(field: Uint8Array): number {
  if (((field[0] ?? 0) & 0x80) === 0) return Number.parseInt(text(field).trim() || '0', 8) || 0;
  return field.subarray(4).reduce((size, byte) => size * 256 + byte, 0);
}

/** Returns the value of a record in an extended header: "23 path=a/long/name\n". */
function readExtendedPath(body: Uint8Array): string | undefined {
  return /(?:^|\n)\d{1,10} path=([^\n]{1,4096})\n/.exec(Buffer.from(body).toString('utf8'))?.[1];
}

function listTar(bytes: Uint8Array, limits: ParseLimits): ArchiveEntry[] {
  const entries: ArchiveEntry[] = [];
  let longPath: string | undefined;
  for (let at = 0; at + 512 <= bytes.length; ) {
    const header = bytes.subarray(at, at + 512);
    if (header[0] === 0) break;
    const size = readSize(header.subarray(124, 136));
    const body = bytes.subarray(at + 512, Math.min(bytes.length, at + 512 + size));
    const kind = String.fromCharCode(header[156] ?? 0);
    const prefix = text(header.subarray(345, 500));
    const path = longPath ?? (prefix ? `${prefix}/${text(header.subarray(0, 100))}` : text(header.subarray(0, 100)));
    longPath = undefined;
    if (kind === 'L') longPath = text(body);
    else if (kind === 'x') longPath = readExtendedPath(body);
    else if (kind === '0' || kind === '\0') entries.push({ path, read: () => body });
    if (entries.length > limits.maxZipEntries) {
      throw new ParseFailure('too-large', `This archive contains more than ${limits.maxZipEntries} files. Split it.`);
    }
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return entries;
}

/** Unpacks in pieces, so that a bomb costs no more than the limit. */
function gunzip(bytes: Uint8Array, limits: ParseLimits): Uint8Array {
  const allowed = Math.min(
    limits.maxUnpackedBytes,
    Math.max(RATIO_FREE_BYTES, bytes.byteLength * limits.maxUnpackRatio),
  );
  const pieces: Uint8Array[] = [];
  let total = 0;
  const stream = new Gunzip((piece) => {
    total += piece.byteLength;
    if (total > allowed) {
      throw new ParseFailure(
        'too-large',
        'This archive expands to far more data than expected, so it was not unpacked.',
      );
    }
    pieces.push(piece);
  });
  for (let at = 0; at < bytes.byteLength; at += 65_536) {
    stream.push(bytes.subarray(at, at + 65_536), at + 65_536 >= bytes.byteLength);
  }
  return Buffer.concat(pieces, total);
}

function isTar(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(257, 262)).toString('latin1') === 'ustar';
}

const OTHERS: [magic: string, name: string][] = [
  ['7z\xbc\xaf', '7z archive'],
  ['Rar!', 'RAR archive'],
  ['\xfd7zXZ', 'XZ archive'],
  ['BZh', 'BZ2 archive'],
  ['\x28\xb5\x2f\xfd', 'Zstandard archive'],
  ['MSCF', 'CAB archive'],
];

/** Returns the files in a ZIP, TAR, TAR.GZ or GZ archive. */
export function listEntries(bytes: Uint8Array, filename: string, limits: ParseLimits): ArchiveEntry[] {
  const start = Buffer.from(bytes.subarray(0, 8)).toString('latin1');
  if (start.startsWith('\x1f\x8b')) {
    const content = gunzip(bytes, limits);
    if (isTar(content)) return listTar(content, limits).filter(({ path }) => !isNoise(path));
    return [{ path: filename.replace(/\.t?gz$/i, '') || 'file', read: () => content }];
  }
  if (isTar(bytes)) return listTar(bytes, limits).filter(({ path }) => !isNoise(path));
  const other = OTHERS.find(([magic]) => start.startsWith(magic))?.[1];
  if (other || !start.startsWith('PK')) {
    throw new ParseFailure(
      'unsupported',
      `This file is ${other === 'XZ archive' || other === 'RAR archive' ? 'an' : 'a'} ${other ?? 'archive'}, which can't be unpacked here. Unpack it and upload the documents inside, or pack them as ZIP.`,
    );
  }
  const zip = openZip(bytes, limits);
  return [...zip.entries.keys()].filter((path) => !isNoise(path)).map((path) => ({ path, read: () => zip.read(path) }));
}
