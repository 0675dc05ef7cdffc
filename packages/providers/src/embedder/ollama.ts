import { AppError, isAppError } from '@lorebox/contract/errors';
import type { Embedder } from '@lorebox/ports/embedder';
import { isLoopback } from '../is-loopback.ts';
import { createOllamaClient } from '../llm/ollama-client.ts';
import { contextLengthOf } from '../llm/ollama-provider.ts';
import { probeFetch } from '../llm/patient-fetch.ts';
import type { EmbedderProvider } from './embedder-provider.ts';
import { RemoteEmbedder } from './remote-embedder.ts';

/**
 * Embeddings of Ollama over /api/embed, which takes a batch at a time. The model is loaded at the first text; its
 * input limit is asked then, and 512 until it is known.
 */
export function createOllamaEmbedder(options: { baseUrl: string; model: string; keepAlive?: string }): Embedder {
  // Ollama's own five minutes would make the first question after a pause wait for the model to load.
  const { baseUrl, model, keepAlive: keep_alive = '30m' } = options;
  return new RemoteEmbedder({
    modelId: `ollama:${model}`,
    model,
    async fetchBatch(input, signal) {
      const client = createOllamaClient({ baseUrl, model, signal });
      // Ollama may still refuse a text that it was to cut, so that is dealt with by the caller.
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
