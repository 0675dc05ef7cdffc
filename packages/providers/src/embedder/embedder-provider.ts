import type { Embedder } from '@lorebox/ports/embedder';
import type { NamedProvider } from '../provider-names.ts';

export interface EmbedderOptions {
  ollama: { url: string };
  /** Null if no OpenAI-compatible server is configured. */
  openai: { url: string; apiKey: string | undefined } | null;
  /** Questions and ingest have separate embedders, so that neither waits for the other. */
  purpose: 'questions' | 'ingest';
}

export interface EmbedderProvider extends NamedProvider {
  /** @throws AppError EMBEDDER_FAILED if a setting is missing. */
  create(model: string, options: EmbedderOptions): Embedder;
  /** Whether texts stay on this machine. Makes no request. */
  isLocal(model: string, options: EmbedderOptions): boolean;
}
