import { AppError, isAppError } from '@lorebox/contract/errors';
import type { Embedder } from '@lorebox/ports/embedder';
import { isLoopback } from '../is-loopback.ts';
import { createOllamaClient } from '../llm/ollama-client.ts';
import { contextLengthOf } from '../llm/ollama-provider.ts';
import { probeFetch } from '../llm/patient-fetch.ts';
import type { EmbedderProvider } from './embedder-provider.ts';
import { RemoteEmbedder } from './remote-embedder.ts';

/**
 * Embeds with Ollama's /api/embed, in batches. The model is loaded with the first text. Its input limit is requested
 * then, and is assumed to be 512 until it is known.
 */
export function createOllamaEmbedder(options: { baseUrl: string; model: string; keepAlive?: string }): Embedder {
  // With Ollama's default of five minutes, the first question after a pause would wait until the model is loaded.
  const { baseUrl, model, keepAlive: keep_alive = '30m' } = options;
  return new RemoteEmbedder({
    modelId: `ollama:${model}`,
    model,
    async fetchBatch(input, signal) {
      const client = createOllamaClient({ baseUrl, model, signal });
      // Ollama may reject a text despite `truncate`; the caller handles that.
      const { embeddings } = await client.embed({ model, input, truncate: true, keep_alive });
      return embeddings;
    },
    async fetchMaxTokens(signal) {
      const shown = await createOllamaClient({ baseUrl, model, signal, fetch: probeFetch }).show({ model });
      return contextLengthOf(shown);
    },
    toError(error) {
      if (isAppError(error)) return error.code === 'MODEL_FAILED' ? asEmbedderError(error) : error;
      return asEmbedderError(error);
    },
  });
}

function asEmbedderError(error: unknown): AppError {
  const reason = error instanceof Error ? error.message : String(error);
  return new AppError('EMBEDDER_FAILED', `Embedding failed. ${reason.slice(0, 500)}`, { cause: error });
}

export const ollamaEmbedders: EmbedderProvider = {
  argument: 'MODEL',
  create: (model, { ollama }) => createOllamaEmbedder({ baseUrl: ollama.url, model }),
  isLocal: (model, { ollama }) => isLoopback(ollama.url) && !/[:-]cloud$/.test(model),
};
