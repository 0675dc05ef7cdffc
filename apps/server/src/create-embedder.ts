import { availableParallelism } from 'node:os';
import type { Embedder } from '@lorebox/ports/embedder';
import { createOllamaEmbedder } from '@lorebox/providers/embedder/ollama';
import { createOpenAiEmbedder } from '@lorebox/providers/embedder/openai';
import { createShippedEmbedder } from '@lorebox/providers/embedder/shipped/shipped-embedder';
import type { Env } from './env.ts';

const MAX_THREADS = 8;

/** The embedder that the configuration names. Questions and ingest have one each, so that neither waits for the other. */
export function createEmbedder(env: Env, purpose: 'questions' | 'ingest'): Embedder {
  const [provider = '', ...rest] = env.LOREBOX_EMBEDDER.split(':');
  const model = rest.join(':');
  if (provider === 'ollama') return createOllamaEmbedder({ baseUrl: env.LOREBOX_OLLAMA_URL, model });
  if (provider === 'openai') {
    return createOpenAiEmbedder({ baseUrl: env.LOREBOX_OPENAI_URL ?? '', apiKey: env.LOREBOX_OPENAI_API_KEY, model });
  }
  if (purpose === 'questions') return createShippedEmbedder({ threads: 1 });
  return createShippedEmbedder({ threads: Math.min(MAX_THREADS, availableParallelism()), isBackground: true });
}
