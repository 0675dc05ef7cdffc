import iconv from 'iconv-lite';
import { decodeMixedLines } from './decode-mixed-lines.ts';
import { guessEncoding } from './guess-encoding.ts';
import { hasWords, isEbcdic } from './is-language.ts';
import { scoreText } from './score-text.ts';

export interface DecodedText {
  text: string;
  encoding: string;
  /** What is uncertain about the text. */
  warning?: string;
}

const BOMS: [bytes: number[], encoding: string][] = [
  [[0xff, 0xfe, 0, 0], 'utf-32le'],
  [[0, 0, 0xfe, 0xff], 'utf-32be'],
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];

export function findBom(bytes: Uint8Array): { encoding: string; length: number } | undefined {
  for (const [bom, encoding] of BOMS) {
    if (bom.every((byte, index) => bytes[index] === byte)) return { encoding, length: bom.length };
  }
  return undefined;
}

/** Decodes with a label from a file (charset=...). Returns undefined for unknown labels. */
export function decodeAs(bytes: Uint8Array, label: string): string | undefined {
  const name = label.trim().toLowerCase();
  try {
    return new TextDecoder(name).decode(bytes);
  } catch {
    return iconv.encodingExists(name) ? iconv.decode(Buffer.from(bytes), name) : undefined;
  }
}

/**
 * Decodes bytes to text: byte order mark, then UTF-16/32 by the position of zero bytes, then strict UTF-8, then a guess
 * among the legacy encodings. Returns undefined if the bytes are not text.
 */
export function decodeText(bytes: Uint8Array, declared?: string): DecodedText | undefined {
  const bom = findBom(bytes);
  if (bom) {
    const text = decodeAs(bytes.subarray(bom.length), bom.encoding);
    return text !== undefined && isText(text) ? { text: spaceNuls(text), encoding: bom.encoding } : undefined;
  }
  const wide = guessWideEncoding(bytes);
  if (wide) {
    const text = decodeAs(bytes, wide);
    if (text !== undefined && isText(text) && readsWell(text, wide)) return { text, encoding: wide };
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    // ISO-2022 is a seven-bit encoding: it is valid UTF-8, but looks like ASCII with escapes.
    const escaped = text.includes('\u001b$') || text.includes('\u001b(') ? decodeEscaped(bytes) : undefined;
    if (escaped !== undefined) return { text: escaped, encoding: 'iso-2022-jp' };
    return isText(text) ? { text: spaceNuls(text), encoding: 'utf-8' } : undefined;
  } catch {
    const mixed = decodeMixedLines(bytes);
    if (mixed) return { ...mixed, text: spaceNuls(mixed.text) };
    const text = decodeDamagedUtf8(bytes);
    if (text !== undefined) return { text, encoding: 'utf-8', warning: describeDamage(text) };
  }
  if (isEbcdic(bytes)) return undefined;
  if (declared) {
    const text = decodeAs(bytes, declared);
    if (text !== undefined && isText(text) && !text.includes('\ufffd')) return { text, encoding: declared };
  }
  const encoding = guessEncoding(bytes);
  const text = encoding === undefined ? undefined : decodeAs(bytes, encoding);
  if (encoding === undefined || text === undefined || !isText(text) || !hasWords(text)) return undefined;
  return { text: spaceNuls(text), encoding };
}

/** Padding separates the fields of a record. */
function spaceNuls(text: string): string {
  return text.includes('\0') ? text.replace(/\0+/g, ' ') : text;
}

function describeDamage(text: string): string {
  const count = text.split('\ufffd').length - 1;
  return `${count === 1 ? '1 character' : `${count} characters`} could not be decoded and ${count === 1 ? 'is' : 'are'} shown as "\ufffd".`;
}

/**
 * Decodes UTF-8 with a few invalid bytes or a truncated end. Legacy encodings hardly ever contain that many valid
 * sequences.
 */
function decodeDamagedUtf8(bytes: Uint8Array): string | undefined {
  const text = new TextDecoder('utf-8').decode(bytes);
  let broken = 0;
  let whole = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 0xfffd) broken++;
    else if (code > 127) whole++;
  }
  return whole >= broken * 4 && broken <= 1 + text.length * 0.02 && isText(text) ? text : undefined;
}

function decodeEscaped(bytes: Uint8Array): string | undefined {
  const text = new TextDecoder('iso-2022-jp').decode(bytes);
  return text.includes('\ufffd') || !/[\u3040-\u30ff\u4e00-\u9fff]/.test(text) ? undefined : text;
}

/**
 * Detects UTF-16 and UTF-32 without a byte order mark: the zero bytes of ASCII, spaces and line ends are all at the
 * same position.
 */
function guessWideEncoding(bytes: Uint8Array): string | undefined {
  if (bytes.byteLength < 4 || bytes.byteLength % 2 !== 0) return undefined;
  const sample = bytes.subarray(0, 65_536 & ~3);
  const zeros = [0, 0, 0, 0];
  for (let at = 0; at < sample.length; at++) if (sample[at] === 0) zeros[at % 4]!++;
  const quarter = Math.floor(sample.length / 4);
  const [a, b, c, d] = zeros as [number, number, number, number];
  if (sample.length % 4 === 0 && quarter > 0) {
    if (c === quarter && d === quarter && a + b < quarter) return 'utf-32le';
    if (a === quarter && b === quarter && c + d < quarter) return 'utf-32be';
  }
  const even = a + c;
  const odd = b + d;
  // Texts without ASCII letters still have spaces or line ends: one in fifty is enough if the other position has none.
  const enough = Math.max(1, sample.length / 100);
  if (odd >= enough && even * 20 < odd) return 'utf-16le';
  if (even >= enough && odd * 20 < even) return 'utf-16be';
  return undefined;
}

function readsWell(text: string, encoding: string): boolean {
  const sample = text.slice(0, 4096);
  const foreign = sample.replace(/[\t-~]/g, '').length;
  return foreign < sample.length * 0.02 || scoreText(sample, encoding) > 0.2;
}

/** Text has hardly any control characters. A moderate number of NULs is tolerated (padded records). */
export function isText(text: string): boolean {
  const step = Math.max(1, Math.floor(text.length / 262_144));
  let seen = 0;
  let controls = 0;
  let nuls = 0;
  let broken = 0;
  for (let index = 0; index < text.length; index += step) {
    const code = text.charCodeAt(index);
    seen++;
    if (code === 0) nuls++;
    else if (code === 0xfffd || (code >= 0xfff0 && code <= 0xfff8) || code === 0xfffe || code === 0xffff) broken++;
    else if (code < 32 ? code < 9 || (code > 13 && code !== 27) : code >= 127 && code < 160 && code !== 133) controls++;
  }
  if (nuls === seen) return true;
  return (
    controls <= seen * 0.01 &&
    nuls <= seen * 0.25 &&
    broken <= Math.max(1, seen * 0.05) &&
    (controls === 0 || nuls === 0 || controls + nuls <= seen * 0.05)
  );
}
