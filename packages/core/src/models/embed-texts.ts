import type { Actor } from '@lorebox/contract/actor';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { defaultEmbedder } from '../embeddings/choose-embedder.ts';

export interface EmbeddedTexts {
  modelId: string;
  /** One unit vector per text, in order. */
  vectors: Float32Array[];
  tokens: number;
}

/** Embeds texts of the caller with the default embedder. */
export async function embedTexts(
  core: Core,
  actor: Actor,
  texts: readonly string[],
  signal?: AbortSignal,
): Promise<EmbeddedTexts> {
  requireScope(actor, 'models:read');
  const embedder = await defaultEmbedder(core);
  const vectors = await embedder.embed(texts, 'passage', signal);
  const tokens = texts.reduce((sum, text) => sum + embedder.countTokens(text), 0);
  return { modelId: embedder.modelId, vectors, tokens };
}
