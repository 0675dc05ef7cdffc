/** What the first bytes identify: a format, or one of the two containers shared by several formats. */
export type Signature =
  | 'pdf'
  | 'rtf'
  | 'onenote'
  | 'sqlite'
  | 'parquet'
  | 'djvu'
  | 'tnef'
  | 'image'
  | 'archive'
  | 'audio'
  | 'video'
  | 'unknown'
  | 'zip'
  | 'cfb';

function ascii(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.subarray(start, end)).toString('latin1');
}

const IMAGES: [offset: number, magic: string][] = [
  [0, '\x89PNG\r\n'],
  [0, '\xff\xd8\xff'],
  [0, 'GIF87a'],
  [0, 'GIF89a'],
  [0, 'II*\0'],
  [0, 'MM\0*'],
  [0, 'II+\0'],
  [0, 'MM\0+'],
  [0, '\0\0\0\x0cjP  '],
  [0, '\xff\x4f\xff\x51'],
  [0, '8BPS\0\x01'],
  [0, '\0\0\x01\0'],
  [0, '\x97JB2\r\n'],
  [0, '\xff\x0a'],
  [0, '\xd7\xcd\xc6\x9a'],
];
const ARCHIVES: [offset: number, magic: string][] = [
  [0, '\x1f\x8b\x08'],
  [0, '7z\xbc\xaf\x27\x1c'],
  [0, 'Rar!\x1a\x07'],
  [0, '\xfd7zXZ\0'],
  [0, 'BZh91AY'],
  [0, '\x28\xb5\x2f\xfd'],
  [257, 'ustar'],
  [0, 'LZIP\x01'],
  [0, 'MSCF\0\0\0\0'],
  [0, '!<arch>\n'],
];
const AUDIO: [offset: number, magic: string][] = [
  [0, 'fLaC\0'],
  [0, 'OggS\0'],
  [0, 'MThd\0\0\0\x06'],
  [0, '#!AMR'],
  [0, '.snd\0\0\0'],
];
const VIDEO: [offset: number, magic: string][] = [
  [0, '\x1aE\xdf\xa3'],
  [0, 'FLV\x01'],
  [0, '\0\0\x01\xba'],
  [0, '\0\0\x01\xb3'],
  [0, '\x30\x26\xb2\x75\x8e\x66\xcf\x11'],
];
const BINARIES: [offset: number, magic: string][] = [
  [0, '\x7fELF'],
  [0, '\xca\xfe\xba\xbe\0'],
  [0, '\xcf\xfa\xed\xfe'],
  [0, '\xce\xfa\xed\xfe'],
  [0, '\0asm\x01'],
  [0, 'wOFF\0'],
  [0, 'wOF2\0'],
  [0, 'OTTO\0'],
  [0, '\0\x01\0\0\0'],
  [0, 'GGUF'],
];

function matches(bytes: Uint8Array, table: [number, string][]): boolean {
  return table.some(([offset, magic]) => ascii(bytes, offset, offset + magic.length) === magic);
}

/** Detects MPEG audio without a tag: a valid header of a layer II, layer III or AAC frame. */
function isMpegAudio(bytes: Uint8Array): boolean {
  const [first = 0, second = 0, third = 0] = bytes;
  if (first !== 0xff || (second & 0xe0) !== 0xe0) return false;
  const layer = (second & 0x06) >> 1;
  if (layer === 0) return (second & 0xf6) === 0xf0 && ((third >> 2) & 15) < 13;
  const bitrate = third >> 4;
  // Layer I does not occur in practice, and its header is the UTF-16 byte order mark.
  return layer !== 3 && (second & 0x18) !== 0x08 && bitrate > 0 && bitrate < 15 && ((third >> 2) & 3) !== 3;
}

function detectContainer(bytes: Uint8Array): Signature | undefined {
  const kind = ascii(bytes, 0, 4);
  const form = ascii(bytes, 8, 12);
  if (kind === 'RIFF' || kind === 'RF64') {
    if (form === 'WAVE') return 'audio';
    if (form === 'AVI ') return 'video';
    if (form === 'WEBP') return 'image';
  }
  if (kind === 'FORM' && (form === 'AIFF' || form === 'AIFC')) return 'audio';
  if (ascii(bytes, 4, 8) === 'ftyp') {
    if (/^(M4A|M4B|F4A)/.test(form)) return 'audio';
    return /^(avif|avis|hei|hev|mif1|msf1|crx )/.test(form) ? 'image' : 'video';
  }
  if (/^(moov|mdat|wide|free)$/.test(ascii(bytes, 4, 8)) && (bytes[0] ?? 1) < 4) return 'video';
  return undefined;
}

/** Detects non-text formats by their first bytes (4 kB are plenty). "zip" and "cfb" need a look inside. */
export function detectSignature(head: Uint8Array): Signature | undefined {
  const start = ascii(head, 0, 1024);
  if (start.startsWith('PK\x03\x04') || start.startsWith('PK\x05\x06') || start.startsWith('PK00PK\x03\x04'))
    return 'zip';
  if (start.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return 'cfb';
  if (start.startsWith('%PDF-')) return 'pdf';
  if (/^(\xef\xbb\xbf)?\s*\{\\rtf/.test(start)) return 'rtf';
  if (start.startsWith('\x78\x9f\x3e\x22')) return 'tnef';
  if (start.startsWith('PAR1')) return 'parquet';
  if (start.startsWith('SQLite format 3\0')) return 'sqlite';
  if (start.startsWith('AT&TFORM')) return 'djvu';
  if (start.startsWith('\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d')) return 'onenote';
  const container = detectContainer(head);
  if (container) return container;
  if (matches(head, IMAGES)) return 'image';
  if (
    start.startsWith('BM') &&
    head[6] === 0 &&
    head[7] === 0 &&
    (head[14] === 40 || head[14] === 124 || head[14] === 108)
  ) {
    return 'image';
  }
  if (matches(head, ARCHIVES)) return 'archive';
  if (matches(head, AUDIO) || (start.startsWith('ID3') && (head[3] ?? 255) < 10)) return 'audio';
  if (matches(head, VIDEO)) return 'video';
  if (isMpegAudio(head)) return 'audio';
  if (matches(head, BINARIES) || (start.startsWith('MZ') && start.includes('\0\0'))) return 'unknown';
  // Some mail gateways and printers put lines before the signature. Text that mentions it has it elsewhere.
  return /(^|[\r\n\0])%PDF-\d\.\d/.test(start) ? 'pdf' : undefined;
}
