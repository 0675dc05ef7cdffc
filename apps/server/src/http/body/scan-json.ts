import { AppError } from '@lorebox/contract/errors';

/** More values than any procedure accepts. A megabyte of `{},` would become 350,000 objects. */
export const MAX_JSON_VALUES = 100_000;
export const MAX_JSON_DEPTH = 64;

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * Counts the values and the depth of JSON text before it is parsed, because small text can become objects a hundred
 * times its size. Runs in linear time and stops at the first value over the limit. Does not validate the JSON; the
 * parser does.
 * @param bytes UTF-8.
 * @throws AppError BAD_REQUEST.
 */
export function scanJson(bytes: Uint8Array): void {
  let values = 1;
  let strings = 0;
  let depth = 0;
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i];
    if (byte === QUOTE) {
      strings += 1;
      // Each value has at most two strings: its key and itself.
      if (strings > 2 * values + 1) throw malformed();
      i = endOfString(bytes, i + 1);
    } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      values += 1;
      depth += 1;
      if (depth > MAX_JSON_DEPTH) {
        throw new AppError(
          'BAD_REQUEST',
          `The JSON body is nested more than ${MAX_JSON_DEPTH} levels deep. Flatten it.`,
        );
      }
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) depth -= 1;
    else if (byte === COMMA) values += 1;
    if (values > MAX_JSON_VALUES) {
      throw new AppError(
        'BAD_REQUEST',
        `The JSON body has more than ${MAX_JSON_VALUES} values. Split it into several requests.`,
      );
    }
  }
}

/** Returns the index of the closing quote, or the end of the text. */
function endOfString(bytes: Uint8Array, start: number): number {
  for (let quote = bytes.indexOf(QUOTE, start); quote !== -1; quote = bytes.indexOf(QUOTE, quote + 1)) {
    let backslashes = 0;
    while (quote - backslashes > start && bytes[quote - backslashes - 1] === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return quote;
  }
  return bytes.length;
}

const malformed = () => new AppError('BAD_REQUEST', 'The request body is not valid JSON.');
