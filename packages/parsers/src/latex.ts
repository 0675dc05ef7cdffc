/** True if the term needs no braces or parentheses: one character, one command or one number. */
function isAtom(term: string): boolean {
  return /^(\\[a-zA-Z]+|[\p{L}]|\d+([.,]\d+)?)$/u.test(term);
}

function brace(term: string): string {
  return [...term].length === 1 ? term : `{${term}}`;
}

/** Two simple terms read and are searched as a/b; anything else is a LaTeX fraction. */
export function fraction(numerator: string, denominator: string): string {
  const [above, below] = [numerator.trim(), denominator.trim()];
  return isAtom(above) && isAtom(below) ? `${above}/${below}` : `\\frac{${above}}{${below}}`;
}

export function raise(base: string, exponent: string): string {
  return exponent.trim() === '' ? base : `${base}^${brace(exponent.trim())}`;
}

export function lower(base: string, index: string): string {
  return index.trim() === '' ? base : `${base}_${brace(index.trim())}`;
}

export function root(radicand: string, degree: string): string {
  return degree.trim() === '' ? `\\sqrt{${radicand}}` : `\\sqrt[${degree.trim()}]{${radicand}}`;
}

const OPERATORS: Record<string, string> = {
  '∑': '\\sum',
  '∏': '\\prod',
  '∐': '\\coprod',
  '∫': '\\int',
  '∬': '\\iint',
  '∭': '\\iiint',
  '∮': '\\oint',
  '⋃': '\\bigcup',
  '⋂': '\\bigcap',
};

export function operator(sign: string, from: string, to: string, body: string): string {
  return `${raise(lower(OPERATORS[sign] ?? sign, from), to)} ${body}`;
}

const ACCENTS: Record<string, string> = {
  '\u0302': 'hat',
  '^': 'hat',
  '\u0303': 'tilde',
  '~': 'tilde',
  '\u0304': 'bar',
  '\u0305': 'bar',
  '¯': 'bar',
  '\u0307': 'dot',
  '\u0308': 'ddot',
  '\u20d7': 'vec',
  '→': 'vec',
};

export function accent(sign: string, base: string): string {
  return `\\${ACCENTS[sign] ?? 'hat'}{${base}}`;
}

export function matrix(rows: readonly (readonly string[])[]): string {
  return `\\begin{matrix}${rows.map((row) => row.join(' & ')).join(' \\\\ ')}\\end{matrix}`;
}
