import iconv from 'iconv-lite';
import jschardet from 'jschardet';
import { scoreText } from './score-text.ts';

const MULTI_BYTE = ['shift_jis', 'euc-jp', 'gb18030', 'big5', 'euc-kr', 'utf-16le', 'utf-16be'];
const SINGLE_BYTE = [
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'koi8-r',
  'cp866',
  'iso-8859-5',
  'iso-8859-2',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'windows-1257',
  'windows-874',
  'cp437',
  'macroman',
];
const SAMPLE = 65_536;

/**
 * Returns the legacy encoding that gives the most readable text, or undefined if none does. Statistical detectors alone
 * misread short Shift-JIS and CP866, so every candidate is decoded and scored. The detector's result only adds to the
 * score.
 */
export function guessEncoding(bytes: Uint8Array): string | undefined {
  const sample = Buffer.from(pickSample(bytes));
  const opinion = jschardet.detect(sample);
  const favoured = opinion.encoding?.toLowerCase() ?? '';
  let best: string | undefined;
  let bestScore = 0;
  for (const encoding of [...MULTI_BYTE, ...SINGLE_BYTE]) {
    const text = decodeStrictly(sample, encoding, sample.byteLength < bytes.byteLength);
    if (text === undefined) continue;
    const score = scoreText(text, encoding) + (isSameEncoding(favoured, encoding) ? 0.25 * opinion.confidence : 0);
    if (score > bestScore) {
      bestScore = score;
      best = encoding;
    }
  }
  return best;
}

/** Returns the bytes around the first non-ASCII bytes. The rest is irrelevant for the encoding. */
function pickSample(bytes: Uint8Array): Uint8Array {
  if (bytes.byteLength <= SAMPLE) return bytes;
  const first = bytes.findIndex((byte) => byte > 127);
  let start = Math.max(0, first - 1024);
  while (start > 0 && start < first && bytes[start - 1] !== 10) start++;
  return bytes.subarray(start, start + SAMPLE);
}

function decodeStrictly(sample: Buffer, encoding: string, mayBeCut: boolean): string | undefined {
  if (!MULTI_BYTE.includes(encoding)) {
    const text = iconv.decode(sample, encoding);
    return text.includes('\ufffd') ? undefined : text;
  }
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(sample, { stream: mayBeCut });
  } catch {
    return undefined;
  }
}

function isSameEncoding(detected: string, encoding: string): boolean {
  if (detected === encoding) return true;
  const aliases: Record<string, string> = {
    gb2312: 'gb18030',
    gbk: 'gb18030',
    'iso-8859-1': 'windows-1252',
    ibm866: 'cp866',
    'koi8-u': 'koi8-r',
    'iso-8859-7': 'windows-1253',
    'iso-8859-8': 'windows-1255',
    'iso-8859-9': 'windows-1254',
    cp949: 'euc-kr',
    'tis-620': 'windows-874',
  };
  return aliases[detected] === encoding;
}
