import { llamaCpp } from './llama-cpp-provider.ts';
import type { ChatProvider } from './model-provider.ts';
import { ollama } from './ollama-provider.ts';
import { openai } from './openai-provider.ts';

/** All chat providers by id, in the order in which a default model is looked for. To add one: a file beside this, and a line here. */
export const chatProviders = { ollama, openai, 'llama-cpp': llamaCpp } satisfies Record<string, ChatProvider>;
