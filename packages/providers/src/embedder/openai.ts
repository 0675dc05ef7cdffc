import { AppError, isAppError } from '@lorebox/contract/errors';
import type { Embedder } from '@lorebox/ports/embedder';
import { isLoopback } from '../is-loopback.ts';
import { refusal, toOpenAiError } from '../llm/openai-error.ts';
import { patientFetch } from '../llm/patient-fetch.ts';
import type { EmbedderProvider } from './embedder-provider.ts';
import { RemoteEmbedder } from './remote-embedder.ts';

/** Embeddings of an OpenAI-compatible server. */
export function createOpenAiEmbedder(options: {
  baseUrl: string;
  apiKey?: string | undefined;
  model: string;
}): Embedder {
  const { baseUrl, apiKey, model } = options;
  const headers = { 'content-type': 'application/json', ...(apiKey && { authorization: `Bearer ${apiKey}` }) };
  return new RemoteEmbedder({
    modelId: `openai:${model}`,
    model,
    async fetchBatch(input, signal) {
      const call = { baseUrl, model, signal };
      try {
        const body = JSON.stringify({ model, input, encoding_format: 'float' });
        const response = await patientFetch(`${baseUrl}/embeddings`, {
          method: 'POST',
          headers,
          body,
          signal: signal ?? null,
        });
        if (!response.ok) throw refusal(response.status, await readReason(response), call);
        return readVectors(await response.json());
      } catch (error) {
        throw toOpenAiError(error, call);
      }
    },
    // The protocol has no such field. OpenAI's own models accept 8192 tokens.
    fetchMaxTokens: async () => (model.startsWith('text-embedding-') ? 8191 : null),
    toError(error) {
      if (isAppError(error) && error.code !== 'MODEL_FAILED') return error;
      const reason = error instanceof Error ? error.message : String(error);
      return new AppError('EMBEDDER_FAILED', `Embedding failed. ${reason.slice(0, 500)}`, { cause: error });
    },
  });
}

/** Sorts by index, because servers may respond in a different order. */
function readVectors(body: unknown): unknown[] {
  const data = typeof body === 'object' && body !== null && 'data' in body ? body.data : null;
  if (!Array.isArray(data)) return [];
  const entries = data as { index?: number; embedding?: unknown }[];
  return entries
    .map(({ index, embedding }, position) => ({ at: index ?? position, embedding }))
    .sort((left, right) => left.at - right.at)
    .map(({ embedding }) => embedding);
}

async function readReason(response: Response): Promise<string> {
  const text = await response.text().catch(() => '');
  try {
    const { error } = JSON.parse(text) as { error?: { message?: unknown } };
    if (typeof error?.message === 'string') return error.message;
  } catch {}
  return text.slice(0, 200);
}

export const openAiEmbedders: EmbedderProvider = {
  argument: 'MODEL',
  create(model, { openai }) {
    if (!openai) throw new AppError('EMBEDDER_FAILED', `"openai:${model}" requires LOREBOX_OPENAI_URL.`);
    return createOpenAiEmbedder({ baseUrl: openai.url, apiKey: openai.apiKey, model });
  },
  isLocal: (_model, { openai }) => isLoopback(openai?.url ?? ''),
};
