import { AppError, isAppError } from '@lorebox/contract/errors';
import type { ModelInfo, PullProgress } from '@lorebox/contract/model';
import type { ChatModel, ModelCatalog } from '@lorebox/ports/chat-model';
import { isLoopback } from '../is-loopback.ts';
import { limitPull } from './limit-pull.ts';
import { createLlamaCppProvider } from './llama-cpp-provider.ts';
import type { ModelProvider } from './model-provider.ts';
import { createOllamaProvider } from './ollama-provider.ts';
import { createOpenAiProvider } from './openai-provider.ts';

export interface ModelCatalogOptions {
  ollama: { url: string; keepAlive: string };
  openai: { url: string; apiKey: string | undefined } | null;
  /** Folder with .gguf files; it need not exist. */
  modelsDir: string;
  /** Such as "ollama:llama3.2"; null lets the catalog choose. Asked anew each time. */
  defaultModel(): Promise<string | null>;
  /** Wished window of local models, in tokens; rounded up to the ladder and capped by the model. */
  contextWindow: number;
  /** Larger models are not pulled. */
  maxPullBytes: number;
}

const EXTRACTIVE: ChatModel = { kind: 'extractive', id: 'extractive' };
const EXTRACTIVE_INFO: ModelInfo = {
  id: 'extractive',
  provider: 'extractive',
  name: 'Quotes the best passages. No model needed.',
  contextWindow: null,
  size: null,
  isDefault: false,
};

/** All chat models there are. Choosing is cheap: what the servers have is remembered for some seconds. */
export function createModelCatalog(options: ModelCatalogOptions): ModelCatalog {
  const { contextWindow, defaultModel } = options;
  const ollama = createOllamaProvider({
    baseUrl: options.ollama.url,
    keepAlive: options.ollama.keepAlive,
    contextWindow,
  });
  const llamaCpp = createLlamaCppProvider({ modelsDir: options.modelsDir, contextWindow });
  const openai = options.openai
    ? createOpenAiProvider({ baseUrl: options.openai.url, apiKey: options.openai.apiKey, contextWindow })
    : null;
  const providers: ModelProvider[] = [ollama, ...(openai ? [openai] : []), llamaCpp];
  let lastChosen = EXTRACTIVE.id;

  function providerOf(id: string): { provider: ModelProvider; name: string } {
    const prefix = id.slice(0, Math.max(0, id.indexOf(':')));
    const provider = providers.find(({ name }) => name === prefix);
    if (provider) return { provider, name: id.slice(prefix.length + 1) };
    if (prefix === 'openai') {
      throw new AppError('MODEL_NOT_FOUND', `"${id}" requires an OpenAI-compatible server. Set LOREBOX_OPENAI_URL.`);
    }
    return { provider: ollama, name: id };
  }

  async function choose(): Promise<ChatModel> {
    const chosen = (await ollama.first()) ?? (await llamaCpp.first()) ?? EXTRACTIVE;
    lastChosen = chosen.id;
    return chosen;
  }

  async function resolve(id: string | null): Promise<ChatModel> {
    const asked = id ?? (await defaultModel());
    if (asked === null) return choose();
    if (asked === EXTRACTIVE.id) return EXTRACTIVE;
    const { provider, name } = providerOf(asked);
    return provider.find(name);
  }

  /** The default as the lists name it; a default that is missing marks none. */
  async function resolveDefaultId(): Promise<string | null> {
    try {
      return (await resolve(null)).id;
    } catch (error) {
      if (isAppError(error)) return null;
      throw error;
    }
  }

  /** The server that an id leads to; null for this machine itself. */
  function serverOf(id: string): string | null {
    const { provider } = providerOf(id);
    if (provider === ollama) return options.ollama.url;
    return provider === openai ? (options.openai?.url ?? '') : null;
  }

  return {
    resolve,
    fullId: (id) => (id === EXTRACTIVE.id || id.includes(':') ? id : `ollama:${id}`),
    async isLocal(id) {
      const asked = id ?? (await defaultModel());
      if (asked === EXTRACTIVE.id) return true;
      const server = asked === null ? options.ollama.url : serverOf(asked);
      return server === null || isLoopback(server);
    },
    async list() {
      const [defaultId, ...lists] = await Promise.all([
        resolveDefaultId(),
        ...providers.map((provider) => provider.list()),
      ]);
      const models = [...lists.flatMap((list) => list.models).slice(0, 999), EXTRACTIVE_INFO];
      return {
        models: models.map((model) => ({ ...model, isDefault: model.id === defaultId })),
        providers: lists.map(({ status }) => status),
      };
    },
    async *pull(id: string, signal?: AbortSignal): AsyncGenerator<PullProgress> {
      const { provider, name } = id === EXTRACTIVE.id ? { provider: null, name: id } : providerOf(id);
      if (!provider?.pull) {
        throw new AppError(
          'BAD_REQUEST',
          `"${id}" can't be downloaded. Only Ollama models can, such as "ollama:llama3.2".`,
        );
      }
      yield* limitPull(provider.pull(name, signal), options.maxPullBytes);
    },
    defaultId: async () => (await defaultModel()) ?? lastChosen,
  };
}
