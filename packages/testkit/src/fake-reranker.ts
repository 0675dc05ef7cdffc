import { setTimeout as sleep } from 'node:timers/promises';
import { type FakeServer, sendJson, startFakeServer } from './fake-server.ts';

export interface FakeRerankerState {
  /** Passages with more occurrences of this word score higher. */
  word: string;
  delayMs: number;
  /** no-results: another shape · short: omits the last passage. */
  faults: 'none' | 'error-500' | 'unauthorized' | 'no-results' | 'short';
  /** Returns the bare list of Text Embeddings Inference instead of `results`. */
  isBareList: boolean;
}

/** Starts a server with the rerank API of Jina, Cohere, vLLM and llama-server. Its base URL is `${url}/v1`. */
export async function startFakeReranker(
  options: Partial<FakeRerankerState> = {},
): Promise<FakeServer & FakeRerankerState> {
  const state: FakeRerankerState = { word: 'heron', delayMs: 0, faults: 'none', isBareList: false, ...options };
  const server = await startFakeServer({
    async 'POST /v1/rerank'({ request, response }) {
      await sleep(state.delayMs);
      if (state.faults === 'error-500') return sendJson(response, 500, { error: 'out of memory' });
      if (state.faults === 'unauthorized') return sendJson(response, 401, { error: 'who are you?' });
      if (state.faults === 'no-results') return sendJson(response, 200, { data: [] });
      const documents = request.body.documents as string[];
      const results = documents.map((text, index) => ({
        index,
        relevance_score: text.toLowerCase().split(state.word).length - 1,
      }));
      results.sort((a, b) => b.relevance_score - a.relevance_score);
      if (state.faults === 'short') results.pop();
      const bare = results.map(({ index, relevance_score: score }) => ({ index, score }));
      sendJson(response, 200, (state.isBareList ? bare : { results }) as unknown as Record<string, unknown>);
    },
  });
  return Object.defineProperties(state, Object.getOwnPropertyDescriptors(server)) as FakeServer & FakeRerankerState;
}
