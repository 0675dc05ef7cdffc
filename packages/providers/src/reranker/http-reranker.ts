import { AppError, isAppError } from '@lorebox/contract/errors';
import type { Reranker } from '@lorebox/ports/reranker';
import { z } from 'zod';
import { isLoopback } from '../is-loopback.ts';
import { patientFetch } from '../llm/patient-fetch.ts';
import type { RerankerProvider } from './reranker-provider.ts';

/**
 * Response of Jina, Cohere, vLLM, llama-server, Infinity and LiteLLM. Text Embeddings Inference returns a bare list.
 */
const Result = z.object({
  index: z.number().int().min(0),
  relevance_score: z.number().optional(),
  score: z.number().optional(),
});
const Answer = z.union([z.object({ results: z.array(Result) }), z.array(Result)]);

export interface HttpRerankerOptions {
  /** Base path of `/rerank`, for example http://127.0.0.1:8080/v1. */
  baseUrl: string;
  apiKey: string | undefined;
  model: string;
}

/** A server with the common rerank API: `POST /rerank` with query and documents. */
export function createHttpReranker({ baseUrl, apiKey, model }: HttpRerankerOptions): Reranker {
  const headers = { 'content-type': 'application/json', ...(apiKey && { authorization: `Bearer ${apiKey}` }) };
  return {
    id: `http:${model}`,
    async score(query, passages, signal) {
      if (passages.length === 0) return [];
      // TEI reads the passages from `texts`. Servers ignore fields that they don't know.
      const body = JSON.stringify({ model, query, documents: passages, texts: passages, top_n: passages.length });
      try {
        const response = await patientFetch(`${baseUrl}/rerank`, { method: 'POST', headers, body, signal });
        if (!response.ok) throw await refusal(response, model);
        return toScores(Answer.parse(await response.json()), passages.length);
      } catch (error) {
        signal.throwIfAborted();
        if (isAppError(error)) throw error;
        const reason = error instanceof z.ZodError ? 'The server returned an unexpected response.' : describe(error);
        throw new AppError('RERANKER_FAILED', `The reranker failed. ${reason}`, { cause: error });
      }
    },
    async close() {},
  };
}

async function refusal(response: Response, model: string): Promise<AppError> {
  const text = (await response.text().catch(() => '')).slice(0, 300);
  const hints: Record<number, string> = {
    401: 'Set LOREBOX_RERANK_API_KEY.',
    403: 'LOREBOX_RERANK_API_KEY has no access.',
    404: `Check LOREBOX_RERANK_URL, and that "${model}" is available there.`,
  };
  const parts = [`The reranker responded with status ${response.status}.`, hints[response.status], text];
  return new AppError('RERANKER_FAILED', parts.filter((part) => part).join(' '));
}

function toScores(answer: z.infer<typeof Answer>, count: number): number[] {
  const scores = new Array<number>(count).fill(Number.NEGATIVE_INFINITY);
  for (const { index, relevance_score, score } of Array.isArray(answer) ? answer : answer.results) {
    if (index < count) scores[index] = relevance_score ?? score ?? Number.NEGATIVE_INFINITY;
  }
  if (scores.includes(Number.NEGATIVE_INFINITY))
    throw new AppError('RERANKER_FAILED', 'The reranker returned too few scores.');
  return scores;
}

function describe(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message.slice(0, 200) : String(cause);
}

export const httpRerankers: RerankerProvider = {
  argument: 'MODEL',
  create(model, { server }) {
    if (!server) throw new AppError('RERANKER_FAILED', `"http:${model}" requires LOREBOX_RERANK_URL.`);
    return createHttpReranker({ baseUrl: server.url, apiKey: server.apiKey, model });
  },
  isLocal: ({ server }) => isLoopback(server?.url ?? ''),
};
