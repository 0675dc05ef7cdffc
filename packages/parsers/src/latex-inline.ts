import { normalizeText } from '@lorebox/contract/normalize-text';

/** Commands whose argument is for the program, not for readers. */
const DROPPED = new Set(
  'label vspace hspace vskip usepackage documentclass bibliographystyle setlength setcounter pagestyle thispagestyle newcommand renewcommand centering maketitle tableofcontents noindent small large footnotesize normalsize tiny huge hline toprule midrule bottomrule cline newpage clearpage pagebreak linebreak bigskip medskip smallskip hfill vfill protect input'.split(
    ' ',
  ),
);
const REFERENCES = new Set(
  'cite citep citet parencite textcite autocite ref eqref pageref autoref cref Cref includegraphics'.split(' '),
);
const SYMBOLS: Record<string, string> = {
  ldots: '…',
  dots: '…',
  textbackslash: '\\',
  textasciitilde: '~',
  LaTeX: 'LaTeX',
  TeX: 'TeX',
  copyright: '©',
  textregistered: '®',
  texttrademark: '™',
  S: '§',
  P: '¶',
  pounds: '£',
  euro: '€',
  texteuro: '€',
  ss: 'ß',
  ae: 'æ',
  AE: 'Æ',
  oe: 'œ',
  OE: 'Œ',
  o: 'ø',
  O: 'Ø',
  aa: 'å',
  AA: 'Å',
  l: 'ł',
  L: 'Ł',
  i: 'ı',
  quad: ' ',
  qquad: ' ',
  textendash: '–',
  textemdash: '—',
  newline: '\n',
};
const ACCENTS: Record<string, string> = {
  '"': '\u0308',
  "'": '\u0301',
  '`': '\u0300',
  '^': '\u0302',
  '~': '\u0303',
  '=': '\u0304',
  '.': '\u0307',
  c: '\u0327',
  v: '\u030c',
  u: '\u0306',
  H: '\u030b',
  k: '\u0328',
  r: '\u030a',
};
const MAX_DEPTH = 50;

/** Returns the text in the braces at `at`, and the index after them. */
export function readGroup(
  text: string,
  at: number,
  open = '{',
  close = '}',
): { content: string; end: number } | undefined {
  let start = at;
  while (text[start] === ' ' || text[start] === '\n') start++;
  if (text[start] !== open) return undefined;
  let depth = 0;
  for (let index = start; index < text.length; index++) {
    if (text[index] === '\\') index++;
    else if (text[index] === open) depth++;
    else if (text[index] === close && --depth === 0) return { content: text.slice(start + 1, index), end: index + 1 };
  }
  return undefined;
}

/** Converts LaTeX within a paragraph to plain text. Formulas stay as they are. */
export function cleanLatex(source: string, depth = 0): string {
  if (depth > MAX_DEPTH) return source;
  let text = '';
  for (let at = 0; at < source.length; ) {
    const char = source[at] as string;
    if (char === '$') {
      const mark = source.startsWith('$$', at) ? '$$' : '$';
      const end = source.indexOf(mark, at + mark.length);
      const stop = end < 0 ? source.length : end + mark.length;
      text += source.slice(at, stop);
      at = stop;
    } else if (char === '\\') {
      const command = readCommand(source, at, depth);
      text += command.text;
      at = command.end;
    } else {
      text += char === '{' || char === '}' ? '' : char === '~' ? ' ' : char;
      at++;
    }
  }
  return text.replaceAll('---', '—').replaceAll('``', '“').replaceAll("''", '”');
}

function readCommand(source: string, at: number, depth: number): { text: string; end: number } {
  const name = /^[A-Za-z]+\*?/.exec(source.slice(at + 1, at + 60))?.[0];
  if (name === undefined) return readSign(source, at);
  let end = at + 1 + name.length;
  if (/^(?:verb\*?|lstinline)$/.test(name) && source[end] !== '{' && source[end] !== '[') {
    // Any sign stands before and after what is written as it is.
    const close = source.indexOf(source[end] ?? '\n', end + 1);
    if (close > 0) return { text: source.slice(end + 1, close), end: close + 1 };
  }
  const plain = name.replace('*', '');
  if (ACCENTS[name] && name.length === 1) {
    const letter = readGroup(source, end);
    if (letter) return { text: normalizeText(`${letter.content}${ACCENTS[name]}`, 'NFC'), end: letter.end };
  }
  const options = readGroup(source, end, '[', ']');
  if (options && source[end] === '[') end = options.end;
  const values: string[] = [];
  for (
    let group = readGroup(source, end);
    group && values.length < 4 && source[end] === '{';
    group = readGroup(source, end)
  ) {
    values.push(group.content);
    end = group.end;
  }
  if (SYMBOLS[plain] !== undefined && values.every((value) => value === '')) {
    return { text: SYMBOLS[plain] ?? '', end: source[end] === ' ' && values.length === 0 ? end + 1 : end };
  }
  const cleaned = values.map((value) => cleanLatex(value, depth + 1));
  return { text: formatCommand(plain, values, cleaned), end };
}

function formatCommand(name: string, values: readonly string[], cleaned: readonly string[]): string {
  const [first = '', second = ''] = cleaned;
  if (DROPPED.has(name)) return '';
  if (REFERENCES.has(name)) return `[${values.at(-1) ?? ''}]`;
  if (name === 'href') return `${second} (${values[0]})`;
  if (name === 'footnote') return ` [${first}]`;
  if (name === 'textsuperscript') return `^${first}`;
  if (name === 'multicolumn' || name === 'multirow') return cleaned.at(-1) ?? '';
  if (name === 'frac') return `${first}/${second}`;
  return cleaned.join(' ');
}

/** Reads a command of one sign: `\%`, `\\`, `\"o`. */
function readSign(source: string, at: number): { text: string; end: number } {
  const sign = source[at + 1] ?? '';
  if (sign === '\\') {
    const options = source[at + 2] === '[' ? readGroup(source, at + 2, '[', ']') : undefined;
    return { text: '\n', end: options?.end ?? at + 2 };
  }
  if (sign === '(' || sign === '[') {
    const close = source.indexOf(sign === '(' ? '\\)' : '\\]', at);
    const end = close < 0 ? source.length : close + 2;
    return { text: source.slice(at, end), end };
  }
  const accent = ACCENTS[sign];
  if (accent === undefined) return { text: /[,;:!> ]/.test(sign) ? ' ' : sign.replace(/[-/@]/, ''), end: at + 2 };
  const group = readGroup(source, at + 2);
  const letter = (group?.content ?? source[at + 2] ?? '').replace(/^\\([ij])$/, '$1');
  return { text: normalizeText(`${letter}${accent}`, 'NFC'), end: group?.end ?? at + 3 };
}
