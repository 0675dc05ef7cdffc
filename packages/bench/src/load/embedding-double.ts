import { createServer, type Server } from 'node:http';

const POSITIONS_PER_WORD = 4;
const MAX_WORDS = 200_000;

/**
 * OpenAI's embeddings API at minimal cost. The vector of a text is the sum of a few ±1 positions per word, so texts
 * about the same topic are similar and the numbers are short. The test kit's double computes and prints 384 fractions
 * per text, which is more work than Lorebox does with them.
 */
export function createEmbeddingDouble(dimension: number): Server {
  const known = new Map<string, Int32Array>();

  function positionsOf(word: string): Int32Array {
    const found = known.get(word);
    if (found) return found;
    const positions = new Int32Array(POSITIONS_PER_WORD);
    let hash = 0x811c9dc5;
    for (let i = 0; i < word.length; i += 1) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
    for (let i = 0; i < POSITIONS_PER_WORD; i += 1) {
      hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
      // The sign is part of the number: position p is stored as p + 1 or -(p + 1).
      positions[i] = ((hash % dimension) + 1) * ((hash & 0x10000) === 0 ? 1 : -1);
    }
    if (known.size < MAX_WORDS) known.set(word, positions);
    return positions;
  }

  function vectorOf(text: string): string {
    const vector = new Int8Array(dimension);
    vector[0] = 1;
    for (const word of text.toLowerCase().split(/[\s.,;:!?]+/)) {
      // Skips short, frequent words, which don't distinguish texts.
      if (word.length < 4) continue;
      for (const position of positionsOf(word)) {
        const at = Math.abs(position) - 1;
        vector[at] = (vector[at] ?? 0) + Math.sign(position);
      }
    }
    return vector.join(',');
  }

  return createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      response.setHeader('content-type', 'application/json');
      if (request.method !== 'POST') return response.end('{"object":"list","data":[{"id":"zero","object":"model"}]}');
      const { input } = JSON.parse(Buffer.concat(pieces).toString()) as { input: string | string[] };
      const data = [input].flat().map((text, index) => `{"index":${index},"embedding":[${vectorOf(text)}]}`);
      response.end(`{"object":"list","model":"zero","usage":{"prompt_tokens":1,"total_tokens":1},"data":[${data}]}`);
    });
  });
}
