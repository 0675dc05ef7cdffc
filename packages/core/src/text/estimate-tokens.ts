/**
 * Conservative estimate of the tokens of `text`: one per 3.2 Latin letters, one per 1.7 letters of other alphabets, 1.2
 * per CJK character, one per pair of digits or per sign. Models differ by about 20 %. An estimate that is too high
 * wastes some context; one that is too low makes the model server truncate silently.
 */
export function estimateTokens(text: string): number {
  let tokens = 0;
  for (let i = 0; i < text.length; i += 1) tokens += weightOf(text.charCodeAt(i));
  return Math.ceil(tokens);
}

function weightOf(code: number): number {
  if (code === 0x20) return 0.05;
  if (code >= 0x61 && code <= 0x7a) return 0.25;
  if (code >= 0x41 && code <= 0x5a) return 0.4;
  if (code < 0x80) return code >= 0x30 && code <= 0x39 ? 0.6 : 0.7;
  if (code < 0x250) return 0.6;
  return code >= 0x2e80 ? 1.2 : 0.6;
}
