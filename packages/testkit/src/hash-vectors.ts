const POSITIONS_PER_WORD = 4;

/** Returns a unit vector based on words: the same text has the same vector, and texts that share words are similar. */
export function hashVector(text: string, dimension: number): number[] {
  const vector = new Array<number>(dimension).fill(0);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ['']) {
    let hash = hashWord(word);
    for (let n = 0; n < POSITIONS_PER_WORD; n += 1) {
      hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
      const position = hash % dimension;
      vector[position] = (vector[position] ?? 0) + ((hash & 0x10000) === 0 ? 1 : -1);
    }
  }
  let length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  if (length === 0) {
    vector[0] = 1;
    length = 1;
  }
  return vector.map((value) => value / length);
}

function hashWord(word: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < word.length; i += 1) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
