import { availableParallelism } from 'node:os';
import { AppError } from '@lorebox/contract/errors';
import type { Embedder, EmbedderCatalog } from '@lorebox/ports/embedder';
import { createOllamaEmbedder } from '@lorebox/providers/embedder/ollama';
import { createOpenAiEmbedder } from '@lorebox/providers/embedder/openai';
import { poolEmbedders } from '@lorebox/providers/embedder/shipped/embedder-pool';
import { createShippedEmbedder, SHIPPED_MODEL_ID } from '@lorebox/providers/embedder/shipped/shipped-embedder';
import { isLoopback } from '@lorebox/providers/is-loopback';
import type { Env } from './env.ts';

/** Each takes 100 MB while it is loaded. */
const MAX_MODELS = 8;

const createBackgroundEmbedder = () => createShippedEmbedder({ threads: 1, isBackground: true });

/** Embedders by name. Questions and ingest have a catalog each, so that neither waits for the other's model. */
export function createEmbedderCatalog(
  env: Pick<Env, 'LOREBOX_OLLAMA_URL' | 'LOREBOX_OPENAI_URL' | 'LOREBOX_OPENAI_API_KEY'>,
  purpose: 'questions' | 'ingest',
): EmbedderCatalog {
  const made = new Map<string, Embedder>();
  const modelIdOf = (name: string) => (name === 'shipped' ? SHIPPED_MODEL_ID : name);

  function create(modelId: string): Embedder {
    if (modelId === SHIPPED_MODEL_ID) {
      if (purpose === 'questions') return createShippedEmbedder({ threads: 1 });
      const count = Math.min(MAX_MODELS, availableParallelism());
      const others = Array.from({ length: count - 1 }, createBackgroundEmbedder);
      return poolEmbedders([createBackgroundEmbedder(), ...others]);
    }
    const [provider = '', ...rest] = modelId.split(':');
    const model = rest.join(':');
    if (provider === 'ollama') return createOllamaEmbedder({ baseUrl: env.LOREBOX_OLLAMA_URL, model });
    if (provider !== 'openai') throw new AppError('EMBEDDER_FAILED', `Embedder "${modelId}" not found on this server.`);
    const { LOREBOX_OPENAI_URL: baseUrl, LOREBOX_OPENAI_API_KEY: apiKey } = env;
    if (!baseUrl) throw new AppError('EMBEDDER_FAILED', `"${modelId}" requires LOREBOX_OPENAI_URL.`);
    return createOpenAiEmbedder({ baseUrl, apiKey, model });
  }

  return {
    modelIdOf,
    isLocal(name) {
      const modelId = modelIdOf(name);
      if (modelId === SHIPPED_MODEL_ID) return true;
      if (modelId.startsWith('ollama:')) return isLoopback(env.LOREBOX_OLLAMA_URL) && !/[:-]cloud$/.test(modelId);
      return modelId.startsWith('openai:') && isLoopback(env.LOREBOX_OPENAI_URL ?? '');
    },
    get(name) {
      const modelId = modelIdOf(name);
      const embedder = made.get(modelId) ?? create(modelId);
      made.set(modelId, embedder);
      return embedder;
    },
    async close() {
      await Promise.all([...made.values()].map((embedder) => embedder.close()));
    },
  };
}
