/** One operator of a page's content. */
export interface PdfOperator {
  name: string;
  /** Numbers and names before it. Strings and dictionaries are left out. */
  operands: string[];
  /** One of its strings has a letter that isn't a space. */
  hasText: boolean;
}

const TOKEN = /[^\s()<>[\]{}/%]+/y;
const IMAGE_END = /\sEI(?=\s|$)/g;
const MAX_OPERANDS = 32;

/** Lists the operators of a content stream. Stops at what is none. */
export function* readPdfOperators(content: string): Generator<PdfOperator> {
  let operands: string[] = [];
  let hasText = false;
  for (let at = 0; at < content.length; ) {
    const sign = content[at] as string;
    if (sign === '(') {
      const end = findStringEnd(content, at);
      hasText ||= content.slice(at + 1, end - 1).trim() !== '';
      at = end;
    } else if (sign === '<' && content[at + 1] !== '<') {
      const end = content.indexOf('>', at);
      if (end < 0) return;
      hasText ||= end > at + 1;
      at = end + 1;
    } else if (sign === '%') {
      const end = content.slice(at, at + 4096).search(/[\r\n]/);
      at += end < 0 ? 4096 : end;
    } else {
      TOKEN.lastIndex = sign === '/' ? at + 1 : at;
      const token = TOKEN.exec(content)?.[0];
      if (token === undefined) {
        at++;
        continue;
      }
      at = TOKEN.lastIndex;
      if (sign === '/' || /^[-+.\d]/.test(token)) {
        if (operands.length < MAX_OPERANDS) operands.push(sign === '/' ? `/${token}` : token);
        continue;
      }
      yield { name: token, operands, hasText };
      operands = [];
      hasText = false;
      if (token === 'ID') {
        // The bytes of an image in the text end with EI between spaces.
        IMAGE_END.lastIndex = at;
        if (!IMAGE_END.test(content)) return;
        at = IMAGE_END.lastIndex;
      }
    }
  }
}

/** Returns the position after the closing bracket. Brackets in a string are paired or escaped. */
function findStringEnd(content: string, start: number): number {
  let depth = 0;
  for (let at = start; at < content.length; at++) {
    const sign = content[at];
    if (sign === '\\') at++;
    else if (sign === '(') depth++;
    else if (sign === ')' && --depth === 0) return at + 1;
  }
  return content.length;
}
