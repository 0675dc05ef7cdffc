const SAMPLE = 65_536;

/** Bytes of EBCDIC: letters and digits at its places, `@` for spaces, and no ASCII spaces. */
export function isEbcdic(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, SAMPLE);
  let letters = 0;
  let spaces = 0;
  let asciiSpaces = 0;
  for (const byte of sample) {
    if (byte === 0x40) spaces++;
    else if (byte === 0x20) asciiSpaces++;
    else if (isEbcdicLetter(byte)) letters++;
  }
  return (
    sample.length >= 16 &&
    spaces > sample.length * 0.05 &&
    asciiSpaces < sample.length * 0.01 &&
    letters > sample.length * 0.5
  );
}

function isEbcdicLetter(byte: number): boolean {
  const low = byte & 15;
  const isLetterRow = byte >= 0x81 && byte <= 0xe9 && low >= 1 && low <= 9;
  return isLetterRow || (byte >= 0xf0 && byte <= 0xf9);
}

/**
 * Checks text that was decoded by a guess. Bytes that are no text come out as long runs of accented letters and signs
 * without spaces. Scripts that write without spaces have their own letters.
 */
export function hasWords(text: string): boolean {
  const sample = text.slice(0, SAMPLE);
  if (sample.length < 200) return true;
  let spaces = 0;
  let unspaced = 0;
  let foreign = 0;
  for (let at = 0; at < sample.length; at++) {
    const code = sample.charCodeAt(at);
    if (code === 32 || (code >= 9 && code <= 13)) spaces++;
    else if ((code >= 0x0e00 && code <= 0x109f) || code >= 0x1780) unspaced++;
    else if (code > 127) foreign++;
  }
  return unspaced > sample.length * 0.3 || foreign < sample.length * 0.4 || spaces > sample.length * 0.03;
}

const MIN_GARBLED_LENGTH = 60;

/**
 * Checks for the glyph numbers of a font that doesn't say which letters they are: long words, a large part of which is
 * signs. Code has spaces, and numbers have few kinds of signs.
 */
export function isGarbled(text: string): boolean {
  if (text.length < MIN_GARBLED_LENGTH) return false;
  const spaces = text.match(/\s/g)?.length ?? 0;
  const signs = text.match(/[!-'*+/:-@[-`{-~]/g) ?? [];
  return spaces < text.length * 0.07 && signs.length > text.length * 0.2 && new Set(signs).size > 6;
}
