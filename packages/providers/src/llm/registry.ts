import { llamaCpp } from './llama-cpp-provider.ts';
import type { ChatProvider } from './model-provider.ts';
import { ollama } from './ollama-provider.ts';
import { openai } from './openai-provider.ts';

/**
 * All chat providers by ID, in the order in which a default model is chosen. To add one, add a file in this folder and
 * a line here.
 */
export const chatProviders = { ollama, openai, 'llama-cpp': llamaCpp } satisfies Record<string, ChatProvider>;
