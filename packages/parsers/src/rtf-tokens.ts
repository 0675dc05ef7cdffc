/** One token of an RTF file. */
export type RtfToken =
  | { kind: 'open' }
  | { kind: 'close' }
  | { kind: 'word'; name: string; value: number | undefined }
  | { kind: 'byte'; byte: number }
  | { kind: 'symbol'; symbol: string };

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Splits RTF into groups, control words and bytes of text. Skips `\bin` data. */
export function* readRtfTokens(bytes: Uint8Array): Generator<RtfToken> {
  let at = 0;
  while (at < bytes.length) {
    const code = bytes[at] as number;
    if (code === 123 || code === 125) {
      at++;
      yield code === 123 ? { kind: 'open' } : { kind: 'close' };
    } else if (code === 13 || code === 10 || code === 0) {
      at++;
    } else if (code !== 92) {
      at++;
      yield { kind: 'byte', byte: code };
    } else if (!isLetter(bytes[at + 1] ?? 0)) {
      const symbol = String.fromCharCode(bytes[at + 1] ?? 0);
      if (symbol === "'") {
        const byte = Number.parseInt(String.fromCharCode(bytes[at + 2] ?? 0, bytes[at + 3] ?? 0), 16);
        at += 4;
        if (!Number.isNaN(byte)) yield { kind: 'byte', byte };
      } else {
        at += 2;
        yield { kind: 'symbol', symbol };
      }
    } else {
      let end = at + 1;
      while (end < bytes.length && end - at < 40 && isLetter(bytes[end] as number)) end++;
      const name = String.fromCharCode(...bytes.subarray(at + 1, end));
      const start = end;
      if (bytes[end] === 45) end++;
      while (end < bytes.length && end - start < 11 && isDigit(bytes[end] as number)) end++;
      const digits = String.fromCharCode(...bytes.subarray(start, end));
      const value = /\d/.test(digits) ? Number(digits) : undefined;
      at = bytes[end] === 32 ? end + 1 : end;
      if (name === 'bin' && value !== undefined && value > 0) at += value;
      yield { kind: 'word', name, value };
    }
  }
}
