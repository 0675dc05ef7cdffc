/** Number of bytes that `inlineTypeOf` looks at. */
export const INLINE_HEAD_BYTES = 4096;

const MAGIC: [offset: number, magic: string, type: string][] = [
  [0, '%PDF-', 'application/pdf'],
  [0, '\x89PNG\r\n\x1a\n', 'image/png'],
  [0, '\xff\xd8\xff', 'image/jpeg'],
  [0, 'GIF87a', 'image/gif'],
  [0, 'GIF89a', 'image/gif'],
  [8, 'WEBPVP8', 'image/webp'],
  [8, 'WAVEfmt', 'audio/wav'],
  [0, 'fLaC', 'audio/flac'],
  [0, 'ID3', 'audio/mpeg'],
  [4, 'ftypM4A', 'audio/mp4'],
  [4, 'ftypM4B', 'audio/mp4'],
  [4, 'ftypqt', 'video/quicktime'],
  ...['isom', 'iso2', 'iso4', 'iso5', 'iso6', 'mp41', 'mp42', 'avc1', 'M4V', 'dash', 'MSNV', '3gp'].map(
    (brand): [number, string, string] => [4, `ftyp${brand}`, 'video/mp4'],
  ),
];

/**
 * Returns the media type under which a browser may show a file, or null if it has to be saved. The first bytes decide:
 * what the uploader called the file counts for nothing. Markup is never shown, not even as text.
 */
export function inlineTypeOf(head: Uint8Array): string | null {
  const bytes = head.subarray(0, INLINE_HEAD_BYTES);
  const latin = latin1(bytes);
  const known = MAGIC.find(([offset, magic]) => latin.startsWith(magic, offset));
  if (known) return known[2];
  if (latin.startsWith('OggS')) return latin.includes('\x80theora') ? 'video/ogg' : 'audio/ogg';
  if (latin.startsWith('\x1a\x45\xdf\xa3')) return latin.includes('webm') ? 'video/webm' : null;
  return audioFrameType(bytes) ?? (isPlainText(bytes, head.length > INLINE_HEAD_BYTES) ? TEXT_TYPE : null);
}

const TEXT_TYPE = 'text/plain; charset=utf-8';

/** MPEG audio and AAC without a container start with a frame. */
function audioFrameType([first, second = 0, third = 0]: Uint8Array): string | null {
  if (first !== 0xff) return null;
  if (second === 0xf1 || second === 0xf9) return 'audio/aac';
  const isLayer3 = (second & 0xe6) === 0xe2;
  const hasBitRate = third >> 4 !== 0 && third >> 4 !== 15;
  return isLayer3 && hasBitRate ? 'audio/mpeg' : null;
}

/** The end of a longer file may cut a character in half. */
function isPlainText(bytes: Uint8Array, isCut: boolean): boolean {
  if (bytes.length === 0) return false;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: isCut });
    const start = text.trimStart();
    return start !== '' && !start.startsWith('<') && !hasControls(text);
  } catch {
    return false;
  }
}

function hasControls(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === 0x7f || (code < 0x20 && !(code >= 0x09 && code <= 0x0d))) return true;
  }
  return false;
}

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
