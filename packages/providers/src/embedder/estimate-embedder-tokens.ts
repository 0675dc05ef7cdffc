/**
 * Estimates the embedding tokens of `text`, erring on the high side, because remote tokenizers are unknown and a text
 * that is too long is truncated or rejected. WordPiece and BPE produce about one token per four Latin letters, two per
 * three other letters, and one per CJK character, pair of digits and punctuation mark.
 */
export function estimateEmbedderTokens(text: string): number {
  let tokens = 0;
  for (let i = 0; i < text.length; i += 1) tokens += weightOf(text.charCodeAt(i));
  return Math.ceil(tokens);
}

function weightOf(code: number): number {
  if (code === 0x20 || code === 0x0a) return 0.05;
  if (code >= 0x61 && code <= 0x7a) return 0.28;
  if (code >= 0x41 && code <= 0x5a) return 0.45;
  if (code < 0x80) return code >= 0x30 && code <= 0x39 ? 0.7 : 1;
  return code >= 0x2e80 ? 1.3 : 0.75;
}
