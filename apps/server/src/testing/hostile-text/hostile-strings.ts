const LENGTH = 1024 * 1024;

/** Patterns that are repeated up to 1 MB. Each one has made a scanner or regular expression quadratic. */
const PATTERNS: Record<string, string> = {
  letter: 'a',
  space: ' ',
  newline: '\n',
  tab: '\t',
  digit: '1',
  dot: '.',
  hyphen: '-',
  pipe: '|',
  hash: '#',
  asterisk: '*',
  backtick: '`',
  backslash: '\\',
  'straight quote': '"',
  'open curly quote': '“',
  'open bracket': '[',
  'open brace': '{',
  'open parenthesis': '(',
  'open angle': '<',
  'open tag': '<a ',
  'unclosed tags': '<p>',
  'open comment': '<!--',
  'entity start': '&a',
  'marker start': '[1',
  marker: '. [1]',
  dotted: 'a.b.c',
  alternating: 'ab ',
  'spaces with line ends': ' \n',
  'marks on one letter': '\u0301\u0316',
  chinese: '漢',
  'right to left': '\u05d0\u202e',
  'joined emoji': '\u{1f468}\u200d',
  'lone surrogate': '\ud800',
  'no-break space': '\u00a0',
  'capital sigma': 'Σ',
  'table rows': '|-',
  'list items': '- a\n',
  'quote marks': '>',
  'key and colon': 'a: ',
  'rtf group': '{\\rtf1 ',
  'line and word': 'a\n',
};

export const HOSTILE_STRINGS: ReadonlyMap<string, () => string> = new Map(
  Object.entries(PATTERNS).map(([name, pattern]) => [name, () => repeatTo(pattern)]),
);

/** Ends with a character that breaks most matches, so that they are retried from the next character. */
function repeatTo(pattern: string): string {
  return `${pattern.repeat(Math.ceil(LENGTH / pattern.length))}\u0000!x`;
}
