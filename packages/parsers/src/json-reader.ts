/** Events of a JSON text in order. */
export interface JsonHandlers {
  open(kind: 'object' | 'array', key: string | undefined, depth: number): void;
  close(kind: 'object' | 'array', depth: number): void;
  value(value: string, key: string | undefined, depth: number): void;
}

const BARE = /^(?:true|false|null|-?\d[\d.eE+-]*)$/;

function decodeEscapes(raw: string): string {
  if (!raw.includes('\\')) return raw;
  try {
    return JSON.parse(`"${raw}"`);
  } catch {
    // Raw line ends and unknown escapes are invalid but common.
  }
  return raw.replace(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (_, hex: string | undefined, char: string) => {
    if (hex) return String.fromCharCode(Number.parseInt(hex, 16));
    return { n: '\n', t: '\t', r: '\r', b: '', f: '\n' }[char as 'n'] ?? char;
  });
}

/** Returns the index of the quote that ends the string starting at `from`, or -1. */
function findStringEnd(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === 92 && at - 1 - slashes >= from) slashes++;
    if (slashes % 2 === 0) return at;
  }
  return -1;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9 || code === 0xfeff || code === 0x1e;
}

function isMark(code: number): boolean {
  return code === 123 || code === 125 || code === 91 || code === 93 || code === 44 || code === 58 || code === 34;
}

/**
 * Reads JSON, or several JSON values in sequence (NDJSON), without building objects, so that memory stays small and
 * depth uses no stack. Returns false where the text stops being JSON.
 */
export function walkJson(text: string, handlers: JsonHandlers, maxDepth: number): boolean {
  const stack: ('object' | 'array')[] = [];
  let key: string | undefined;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (isSpace(code) || code === 44) {
      at++;
    } else if (code === 123 || code === 91) {
      if (stack.length >= maxDepth) return false;
      const kind = code === 123 ? 'object' : 'array';
      handlers.open(kind, key, stack.length);
      stack.push(kind);
      key = undefined;
      at++;
    } else if (code === 125 || code === 93) {
      const kind = code === 125 ? 'object' : 'array';
      if (stack.pop() !== kind || key !== undefined) return false;
      handlers.close(kind, stack.length);
      at++;
    } else if (code === 58) {
      return false;
    } else {
      const isString = code === 34;
      let end = at;
      if (isString) end = findStringEnd(text, at + 1);
      else while (end < text.length && !isSpace(text.charCodeAt(end)) && !isMark(text.charCodeAt(end))) end++;
      if (end < 0) return false;
      const value = isString ? decodeEscapes(text.slice(at + 1, end)) : text.slice(at, end);
      if (!isString && !BARE.test(value.slice(0, 64))) return false;
      at = isString ? end + 1 : end;
      while (isSpace(text.charCodeAt(at))) at++;
      const isInObject = stack[stack.length - 1] === 'object';
      if (isInObject && key === undefined) {
        if (!isString || text.charCodeAt(at) !== 58) return false;
        key = value;
        at++;
      } else {
        handlers.value(value, key, stack.length);
        key = undefined;
      }
    }
  }
  return stack.length === 0;
}
