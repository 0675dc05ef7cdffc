import { forkChild } from './fork-child.ts';

export interface Doubles {
  /** Settings that make a server use the zero-cost embedder. */
  embedder: Record<string, string>;
  /** Settings that make a server use the zero-delay model. */
  model: Record<string, string>;
  close(): void;
}

/** Model and embedder at no cost, in a process of their own: their work must not sit on the load's event loop. */
export async function startDoubles(): Promise<Doubles> {
  const child = await forkChild<{ ollamaUrl: string; openaiUrl: string }>(import.meta.resolve('./doubles-process.ts'));
  const { ollamaUrl, openaiUrl } = child.hello;
  return {
    embedder: { LOREBOX_EMBEDDER: 'openai:zero', LOREBOX_OPENAI_URL: openaiUrl },
    model: { LOREBOX_OLLAMA_URL: ollamaUrl, LOREBOX_MODEL: 'ollama:llama3.2' },
    close: child.close,
  };
}
