import { AppError, isAppError } from '@lorebox/contract/errors';
import type { ModelInfo, PullProgress } from '@lorebox/contract/model';
import type { ChatModel, ModelCatalog } from '@lorebox/ports/chat-model';
import { isLoopback } from '../is-loopback.ts';
import { limitPull } from './limit-pull.ts';
import type { ChatOptions, ChatProvider, ModelProvider } from './model-provider.ts';
import { chatProviders } from './registry.ts';

export interface ModelCatalogOptions extends ChatOptions {
  /** A name such as "ollama:llama3.2"; null lets the catalog choose. Called for each resolution. */
  defaultModel(): Promise<string | null>;
  /** Larger models are not downloaded. */
  maxPullBytes: number;
}

const EXTRACTIVE: ChatModel = { kind: 'extractive', id: 'extractive', reason: null };
const EXTRACTIVE_INFO: ModelInfo = {
  id: 'extractive',
  provider: 'extractive',
  name: 'Quotes the best passages. No model needed.',
  contextWindow: null,
  size: null,
  isDefault: false,
  problem: null,
  accepts: { images: false, tools: false, thinking: false },
};

type ProviderId = keyof typeof chatProviders;
const PROVIDERS: Readonly<Record<string, ChatProvider>> = chatProviders;
/** Provider of model names without a prefix. */
const DEFAULT_PROVIDER: ProviderId = 'ollama';

/** All chat models. Choosing one is cheap, because the lists of the providers are cached for a few seconds. */
export function createModelCatalog(options: ModelCatalogOptions): ModelCatalog {
  const { defaultModel } = options;
  const created = Object.entries(PROVIDERS).map(([id, provider]) => [id, provider.create(options)] as const);
  const providers = new Map(created.flatMap(([id, provider]) => (provider ? [[id, provider] as const] : [])));
  let lastChosen = EXTRACTIVE.id;

  function splitId(id: string): { providerId: string; name: string } {
    const providerId = id.slice(0, Math.max(0, id.indexOf(':')));
    if (Object.hasOwn(PROVIDERS, providerId)) return { providerId, name: id.slice(providerId.length + 1) };
    return { providerId: DEFAULT_PROVIDER, name: id };
  }

  function providerOf(id: string): { provider: ModelProvider; name: string } {
    const { providerId, name } = splitId(id);
    const provider = providers.get(providerId);
    if (provider) return { provider, name };
    throw new AppError('MODEL_NOT_FOUND', `"${id}" requires ${PROVIDERS[providerId]?.requirement ?? 'configuration.'}`);
  }

  async function choose(): Promise<ChatModel> {
    for (const provider of providers.values()) {
      const first = await provider.first();
      if (!first) continue;
      lastChosen = first.id;
      return first;
    }
    lastChosen = EXTRACTIVE.id;
    return EXTRACTIVE;
  }

  async function resolve(id: string | null): Promise<ChatModel> {
    const asked = id ?? (await defaultModel());
    if (asked === null) return choose();
    if (asked === EXTRACTIVE.id) return EXTRACTIVE;
    const { provider, name } = providerOf(asked);
    return provider.find(name);
  }

  /** The default as it appears in the lists. If it is missing, no model is marked. */
  async function resolveDefaultId(): Promise<string | null> {
    try {
      return (await resolve(null)).id;
    } catch (error) {
      if (isAppError(error)) return null;
      throw error;
    }
  }

  return {
    resolve,
    fullId: (id) => (id === EXTRACTIVE.id || id.includes(':') ? id : `ollama:${id}`),
    async isLocal(id) {
      const asked = id ?? (await defaultModel());
      if (asked === EXTRACTIVE.id) return true;
      const { providerId } = asked === null ? { providerId: DEFAULT_PROVIDER } : splitId(asked);
      const server = PROVIDERS[providerId]?.serverUrl(options) ?? null;
      return server === null || isLoopback(server);
    },
    async list() {
      const [defaultId, ...lists] = await Promise.all([
        resolveDefaultId(),
        ...[...providers.values()].map((provider) => provider.list()),
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
