import { AppError } from '@lorebox/contract/errors';
import type { KnownVector } from '@lorebox/ports/document-stores';
import type { Embedder } from '@lorebox/ports/embedder';

export interface Passage {
  title: string;
  section: string | null;
  text: string;
}

/** The text that is embedded for a passage: title and headings, then the text itself. */
export function passageInput({ title, section, text }: Passage): string {
  return [title, section, text].filter((part) => part).join('\n');
}

/** Tokens of the embedder's limit that are reserved for special tokens and the prefix. */
const RESERVED_TOKENS = 16;

/**
 * Returns the vectors of passages, in order. Known vectors are reused, and duplicates are embedded once. A passage that
 * is too long for the embedder is embedded in pieces, and gets the normalized sum of their vectors.
 */
export async function embedPassages(
  deps: {
    embedder: Embedder;
    embed: Embedder['embed'];
    known(modelId: string, texts: readonly string[]): Promise<KnownVector[]>;
  },
  passages: readonly Passage[],
  signal: AbortSignal,
): Promise<{ hash: Uint8Array; vector: Float32Array }[]> {
  const inputs = passages.map(passageInput);
  const known = await deps.known(deps.embedder.modelId, inputs);
  const missing = [...new Set(inputs.filter((_, i) => !known[i]?.vector))];
  const pieces = missing.map((input) => splitToFit(input, deps.embedder));
  const embedded = await deps.embed(pieces.flat(), 'passage', signal);
  let next = 0;
  const newVectors = new Map<string, Float32Array>();
  for (const [i, input] of missing.entries()) {
    const count = pieces[i]?.length ?? 0;
    newVectors.set(input, sumOf(embedded.slice(next, next + count)));
    next += count;
  }
  return inputs.map((input, i) => {
    const vector = known[i]?.vector ?? newVectors.get(input);
    const hash = known[i]?.hash;
    if (!vector || !hash) throw new AppError('EMBEDDER_FAILED', 'The embedder returned fewer vectors than texts.');
    return { hash, vector };
  });
}

/** Splits between words. A single word that is too long is truncated by the embedder. */
function splitToFit(input: string, embedder: Embedder): string[] {
  const limit = embedder.maxTokens - RESERVED_TOKENS;
  const tokens = embedder.countTokens(input);
  if (tokens <= embedder.maxTokens) return [input];
  const words = input.split(/(?<=\s)/);
  const perPiece = Math.max(1, Math.floor((words.length * limit) / tokens));
  const half = Math.max(1, Math.floor(perPiece * 0.9));
  return Array.from({ length: Math.ceil(words.length / half) }, (_, i) =>
    words.slice(i * half, (i + 1) * half).join(''),
  );
}

function sumOf(vectors: readonly Float32Array[]): Float32Array {
  const [first] = vectors;
  if (!first) throw new AppError('EMBEDDER_FAILED', 'The embedder returned fewer vectors than texts.');
  if (vectors.length === 1) return first;
  const sum = first.map((_, i) => vectors.reduce((total, vector) => total + (vector[i] ?? 0), 0));
  const length = Math.hypot(...sum) || 1;
  return sum.map((value) => value / length);
}
