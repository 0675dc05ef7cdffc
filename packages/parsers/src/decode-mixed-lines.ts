import iconv from 'iconv-lite';
import { guessEncoding } from './guess-encoding.ts';
import { scoreText } from './score-text.ts';

/** Lines of these encodings are rarely valid UTF-8 by accident. */
const MULTI_BYTE = /^(?:shift_jis|euc-|gb|big5|utf-16)/;
const MIN_SCORE = 0.3;
const MIN_SHARE = 0.2;
const LINE_FEED = 10;

/**
 * Decodes a file whose lines have different encodings, as happens when files are appended to one another: some are
 * valid UTF-8 with letters beyond ASCII, others are not. Returns undefined for other files.
 */
export function decodeMixedLines(bytes: Uint8Array): { text: string; encoding: string; warning: string } | undefined {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const legacy: Buffer[] = [];
  const lines: (string | Buffer)[] = [];
  let utf8 = '';
  let utf8Lines = 0;
  for (const line of splitLines(data)) {
    const text = decodeStrictly(line);
    if (text === undefined) legacy.push(line);
    else if (text.length < line.length) {
      utf8 += text.replaceAll('\0', '');
      utf8Lines++;
    }
    lines.push(text ?? line);
  }
  if (legacy.length === 0 || utf8 === '' || scoreText(utf8, 'utf-8') < MIN_SCORE) return undefined;
  // A truncated or damaged UTF-8 line is not a line of another encoding.
  if (legacy.every(isDamagedUtf8)) return undefined;
  // Some lines of East Asian encodings are valid UTF-8 by accident.
  const isAccident = utf8Lines < (legacy.length + utf8Lines) * MIN_SHARE;
  if (isAccident && MULTI_BYTE.test(guessEncoding(bytes) ?? '')) return undefined;
  const encoding = guessSingleByte(Buffer.concat(legacy));
  const text = lines.map((line) => (typeof line === 'string' ? line : iconv.decode(line, encoding))).join('\n');
  const count = legacy.length === 1 ? '1 line is' : `${legacy.length} lines are`;
  return {
    text,
    encoding: 'utf-8',
    warning: `${count} not in UTF-8 like the others and ${legacy.length === 1 ? 'was' : 'were'} read as ${encoding}.`,
  };
}

/** Lines appended to UTF-8 are in the encoding of a Western system unless another one fits clearly better. */
function guessSingleByte(bytes: Buffer): string {
  const guessed = guessEncoding(bytes);
  return guessed === undefined || MULTI_BYTE.test(guessed) ? 'windows-1252' : guessed;
}

function* splitLines(data: Buffer): Generator<Buffer> {
  let start = 0;
  for (let end = data.indexOf(LINE_FEED); end >= 0; end = data.indexOf(LINE_FEED, start)) {
    yield data.subarray(start, end);
    start = end + 1;
  }
  yield data.subarray(start);
}

const strict = new TextDecoder('utf-8', { fatal: true });

function decodeStrictly(line: Buffer): string | undefined {
  try {
    return strict.decode(line);
  } catch {
    return undefined;
  }
}

function isDamagedUtf8(line: Buffer): boolean {
  const text = line.toString('utf8');
  const broken = text.split('\ufffd').length - 1;
  let whole = 0;
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127 && text[at] !== '\ufffd') whole++;
  return whole >= broken * 2 || (broken === 1 && text.endsWith('\ufffd'));
}
