/** Opening quotes with their closing quotes. */
const CLOSERS = new Map([
  ['"', '"'],
  ['“', '”'],
  ['„', '“”'],
  ['«', '»'],
  ['「', '」'],
]);

/** Returns the quoted parts in order. Ignores unclosed and empty quotes. */
export function findQuotes(text: string): string[] {
  const quotes: string[] = [];
  const unclosed = new Set<string>();
  for (let at = 0; at < text.length; at += 1) {
    const open = text.charAt(at);
    const closers = CLOSERS.get(open);
    if (closers === undefined || unclosed.has(open)) continue;
    const close = nextOf(closers, text, at + 1);
    // There is no closing quote after this point, so skip further quotes of this kind.
    if (close < 0) unclosed.add(open);
    else if (close > at + 1) {
      quotes.push(text.slice(at + 1, close));
      at = close;
    }
  }
  return quotes;
}

function nextOf(characters: string, text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) if (characters.includes(text.charAt(at))) return at;
  return -1;
}
