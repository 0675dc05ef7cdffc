const GREEK: Record<string, string> = Object.fromEntries(
  [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'].map((letter, index) => [
    letter,
    [...'ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖαβχδεφγηιϕκλμνοπθρστυϖωξψζ'][index] as string,
  ]),
);

const SYMBOL: Record<number, string> = {
  34: '∀',
  36: '∃',
  39: '∋',
  45: '−',
  64: '≅',
  92: '∴',
  94: '⊥',
  126: '∼',
  161: 'ϒ',
  162: '′',
  163: '≤',
  164: '⁄',
  165: '∞',
  166: 'ƒ',
  167: '♣',
  168: '♦',
  169: '♥',
  170: '♠',
  171: '↔',
  172: '←',
  173: '↑',
  174: '→',
  175: '↓',
  176: '°',
  177: '±',
  178: '″',
  179: '≥',
  180: '×',
  181: '∝',
  182: '∂',
  183: '•',
  184: '÷',
  185: '≠',
  186: '≡',
  187: '≈',
  188: '…',
  192: 'ℵ',
  196: '⊗',
  197: '⊕',
  198: '∅',
  199: '∩',
  200: '∪',
  201: '⊃',
  204: '⊂',
  206: '∈',
  207: '∉',
  208: '∠',
  209: '∇',
  210: '®',
  211: '©',
  212: '™',
  213: '∏',
  214: '√',
  215: '⋅',
  216: '¬',
  217: '∧',
  218: '∨',
  219: '⇔',
  220: '⇐',
  222: '⇒',
  224: '◊',
  229: '∑',
  242: '∫',
};

const WINGDINGS: Record<number, string> = {
  34: '✂',
  40: '☎',
  42: '✉',
  65: '✌',
  67: '👍',
  68: '👎',
  74: '☺',
  76: '☹',
  108: '●',
  109: '❍',
  110: '■',
  111: '☐',
  113: '❑',
  114: '❒',
  117: '◆',
  120: '☒',
  158: '·',
  159: '•',
  161: '○',
  167: '▪',
  168: '☐',
  171: '★',
  216: '➢',
  223: '←',
  224: '→',
  225: '↑',
  226: '↓',
  232: '➔',
  239: '⇦',
  240: '⇨',
  251: '✗',
  252: '✓',
  253: '☒',
  254: '☑',
};

const WINGDINGS_2: Record<number, string> = { 79: '✗', 80: '✓', 81: '☒', 82: '☑', 83: '☒', 84: '☒', 163: '☐', 42: '☐' };

/**
 * Returns the Unicode text of a character in a symbol font, whose codes are 0x20-0xFF or 0xF020-0xF0FF. Undefined if
 * it isn't known.
 */
export function readSymbol(font: string, code: number): string | undefined {
  const index = code >= 0xf000 && code <= 0xf0ff ? code - 0xf000 : code;
  const name = font.toLowerCase();
  if (name === 'wingdings 2') return WINGDINGS_2[index];
  if (name.startsWith('wingdings')) return WINGDINGS[index];
  if (name === 'symbol') {
    const letter = GREEK[String.fromCharCode(index)];
    if (letter ?? SYMBOL[index]) return letter ?? SYMBOL[index];
    return index >= 32 && index < 127 ? String.fromCharCode(index) : undefined;
  }
  return code < 0xe000 || code > 0xf8ff ? String.fromCodePoint(code) : undefined;
}

/** Replaces characters of the private area, where symbol fonts have theirs, in text that is set in `font`. */
export function readSymbols(text: string, font: string | undefined): string {
  if (!/[\uf020-\uf0ff]/.test(text)) return text;
  return text.replace(/[\uf020-\uf0ff]/g, (sign) => readSymbol(font ?? 'Symbol', sign.charCodeAt(0)) ?? sign);
}
