import { forkChild } from './fork-child.ts';

export interface Doubles {
  /** Settings that make a server use the zero-cost embedder. */
  embedder: Record<string, string>;
  /** Settings that make a server use the zero-delay model. */
  model: Record<string, string>;
  close(): void;
}

/**
 * Starts a model (with an optional delay over a number of words) and an embedder at no cost, in a separate process, so
 * that their work doesn't run on the load generator's event loop.
 */
export async function startDoubles({ delayMs = 0, words = 0 } = {}): Promise<Doubles> {
  const child = await forkChild<{ ollamaUrl: string; openaiUrl: string }>(import.meta.resolve('./doubles-process.ts'), {
    LOREBOX_BENCH_DELAY_MS: String(delayMs),
    LOREBOX_BENCH_WORDS: String(words),
  });
  const { ollamaUrl, openaiUrl } = child.hello;
  return {
    embedder: { LOREBOX_EMBEDDER: 'openai:zero', LOREBOX_OPENAI_URL: openaiUrl },
    model: { LOREBOX_OLLAMA_URL: ollamaUrl, LOREBOX_MODEL: 'ollama:llama3.2' },
    close: child.close,
  };
}
