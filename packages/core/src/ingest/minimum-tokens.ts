const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/gu;
/** Characters per token in scripts without spaces, for a model that knows them. */
const CHARACTERS_PER_TOKEN = 4;

/** Returns the least number of tokens of the text in scripts without spaces. A tokenizer may count such a run as one. */
export function minimumTokens(text: string): number {
  return Math.ceil((text.match(UNSPACED)?.length ?? 0) / CHARACTERS_PER_TOKEN);
}
