import { inflateSync } from 'node:zlib';
import { readPdfOperators } from './pdf-operators.ts';

/** The content of a page is rarely over 1 MB. */
const MAX_STREAM_BYTES = 16 * 1024 * 1024;
const MAX_TOTAL_BYTES = 256 * 1024 * 1024;
const MAX_DICTIONARY_LENGTH = 1000;
/** Images, fonts, and objects of the file itself. */
const NO_CONTENT = /\/(?:Image|Length1|Length2|ObjStm|XRef|XML|CMapName|FunctionType|N\s+[134]\b)/;
const HIDES =
  /(?:^|[\s\]>)])(?:[37]\s+Tr|1(?:\.0*)?\s+(?:g|sc|scn)|1(?:\.0*)?\s+1(?:\.0*)?\s+1(?:\.0*)?\s+(?:rg|sc|scn)|0\s+0\s+0\s+0\s+(?:k|sc|scn))\s/;

/**
 * Counts the strings that are drawn without ink, or in white where nothing colored was painted before. The text layer
 * of a scan is drawn without ink over the image and doesn't count. pdf.js reports neither colors nor modes of text, and
 * its list of operators takes as long as reading the text.
 */
export function countHiddenText(bytes: Uint8Array): number {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let count = 0;
  let left = MAX_TOTAL_BYTES;
  for (let at = file.indexOf('stream'); at >= 0 && left > 0; ) {
    const start = at + (file[at + 6] === 13 ? 8 : 7);
    const end = file.indexOf('endstream', start);
    if (end < 0) break;
    const content = openStream(file, at, start, end);
    left -= content?.length ?? 0;
    if (content && HIDES.test(content)) count += countInContent(content);
    at = file.indexOf('stream', end + 9);
  }
  return count;
}

/** Returns the text of a content stream. Undefined for streams of other kinds, or coded in other ways. */
function openStream(file: Buffer, at: number, start: number, end: number): string | undefined {
  const head = file.toString('latin1', Math.max(0, at - MAX_DICTIONARY_LENGTH), at);
  const dictionary = head.slice(head.lastIndexOf(' obj') + 1);
  if (NO_CONTENT.test(dictionary) || end - start > MAX_STREAM_BYTES) return undefined;
  const filters = dictionary.match(/\/(?:\w+Decode|Fl|LZW|A85|AHx|RL)\b/g) ?? [];
  if (filters.length === 0) return file.toString('latin1', start, end);
  if (filters.length > 1 || !/^\/Fl/.test(filters[0] ?? '')) return undefined;
  try {
    return inflateSync(file.subarray(start, end), { maxOutputLength: MAX_STREAM_BYTES }).toString('latin1');
  } catch {
    return undefined;
  }
}

interface TextState {
  isWhite: boolean;
  mode: number;
}

function countInContent(content: string): number {
  let state: TextState = { isWhite: false, mode: 0 };
  const stack: TextState[] = [];
  let isPainted = false;
  let hasImage = false;
  let [white, invisible] = [0, 0];
  for (const { name, operands, hasText } of readPdfOperators(content)) {
    const numbers = operands.map(Number);
    if (name === 'q') stack.push({ ...state });
    else if (name === 'Q') state = stack.pop() ?? state;
    else if (name === 'Tr') state.mode = numbers[0] ?? 0;
    else if (name === 'g' || name === 'rg' || name === 'k' || name === 'sc' || name === 'scn')
      state.isWhite = isWhite(numbers);
    else if (name === 'cs') state.isWhite = false;
    else if (/^(?:[fF]\*?|[bB]\*?|sh)$/.test(name)) isPainted ||= name === 'sh' || !state.isWhite;
    else if (name === 'Do' || name === 'BI') hasImage = true;
    else if (hasText && /^(?:T[jJ]|'|")$/.test(name)) {
      if (state.mode === 3 || state.mode === 7) invisible++;
      else if (state.isWhite && state.mode === 0 && !isPainted && !hasImage) white++;
    }
  }
  return white + (hasImage ? 0 : invisible);
}

/** Gray or RGB of 1, or CMYK of 0. */
function isWhite(color: readonly number[]): boolean {
  const ink = color.length === 4 ? 0 : 1;
  return [1, 3, 4].includes(color.length) && color.every((part) => part === ink);
}
