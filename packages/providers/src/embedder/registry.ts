import type { EmbedderProvider } from './embedder-provider.ts';
import { ollamaEmbedders } from './ollama.ts';
import { openAiEmbedders } from './openai.ts';
import { shippedEmbedders } from './shipped/provider.ts';

/** All embedders by provider ID. To add one, add a file in this folder and a line here. */
export const embedderProviders = {
  shipped: shippedEmbedders,
  ollama: ollamaEmbedders,
  openai: openAiEmbedders,
} satisfies Record<string, EmbedderProvider>;
