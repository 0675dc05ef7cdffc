import type { LookupFunction } from 'node:net';
import { AppError, isAppError } from '@lorebox/contract/errors';
import { hidePlaces } from '@lorebox/contract/hide-places';
import type { ModelInfo, PullProgress } from '@lorebox/contract/model';
import type { ChatModel, ModelCatalog } from '@lorebox/ports/chat-model';
import { isLoopback } from '../is-loopback.ts';
import { limitPull } from './limit-pull.ts';
import type { ChatOptions, ChatProvider, ModelProvider } from './model-provider.ts';
import { createModelNetwork } from './patient-fetch.ts';
import { chatProviders } from './registry.ts';

export interface ModelCatalogOptions extends ChatOptions {
  /** A name such as "ollama:llama3.2"; null lets the catalog choose. Called for each resolution. */
  defaultModel(): Promise<string | null>;
  /** The model that was chosen automatically. It stays the default while it exists. */
  remembered: { get(): Promise<string | null>; set(id: string): Promise<void> };
  /** Larger models are not downloaded. */
  maxPullBytes: number;
  /**
   * Resolves the host of a server that was set while the server runs. Rejects private addresses that aren't allowed. Without
   * it, all addresses are allowed.
   */
  lookupFor?: (url: string) => LookupFunction;
}

const EXTRACTIVE = { kind: 'extractive', id: 'extractive', reason: null } as const satisfies ChatModel;
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
  const { defaultModel, remembered } = options;
  /** With the server that is in use now. */
  let current: ChatOptions = options;
  const created = Object.entries(PROVIDERS).map(([id, provider]) => [id, provider.create(options)] as const);
  const providers = new Map(created.flatMap(([id, provider]) => (provider ? [[id, provider] as const] : [])));
  let lastChosen: string | null = null;

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

  /** The remembered model. Null if there is none, or it no longer exists. */
  async function recall(): Promise<ChatModel | null> {
    const id = await remembered.get();
    const provider = id === null ? undefined : providers.get(splitId(id).providerId);
    if (id === null || !provider) return null;
    try {
      return await provider.find(splitId(id).name);
    } catch (error) {
      if (!isAppError(error)) throw error;
      return error.code === 'MODEL_UNREACHABLE' ? { ...EXTRACTIVE, reason: explainUnreachable(id, error) } : null;
    }
  }

  async function choose(): Promise<ChatModel> {
    const recalled = await recall();
    if (recalled) return recalled;
    for (const provider of providers.values()) {
      const first = await provider.first();
      if (!first) continue;
      // A full disk must not leave a question unanswered.
      await remembered.set(first.id).catch(() => {});
      return first;
    }
    return { ...EXTRACTIVE, reason: await explainMissing(providers.get(DEFAULT_PROVIDER)) };
  }

  async function resolve(id: string | null): Promise<ChatModel> {
    const asked = id ?? (await defaultModel());
    if (asked === EXTRACTIVE.id) return EXTRACTIVE;
    if (asked !== null) {
      const { provider, name } = providerOf(asked);
      return provider.find(name);
    }
    const chosen = await choose();
    lastChosen = chosen.id;
    return chosen;
  }

  /** The default as it appears in the lists, with its problem if its server is down. Null if it is missing. */
  async function resolveDefault(): Promise<{ id: string; problem: string | null } | null> {
    const id = (await defaultModel()) ?? (await remembered.get());
    try {
      const model = await resolve(null);
      const isDown = model.kind === 'extractive' && model.reason !== null && id !== null;
      return isDown ? { id, problem: model.reason } : { id: model.id, problem: null };
    } catch (error) {
      if (!isAppError(error)) throw error;
      return id !== null && error.code === 'MODEL_UNREACHABLE' ? { id, problem: error.message } : null;
    }
  }

  return {
    resolve,
    fullId: (id) => (id === EXTRACTIVE.id || id.includes(':') ? id : `ollama:${id}`),
    async isLocal(id) {
      const asked = id ?? (await defaultModel()) ?? (await remembered.get());
      if (asked === EXTRACTIVE.id) return true;
      const { providerId } = asked === null ? { providerId: DEFAULT_PROVIDER } : splitId(asked);
      const server = PROVIDERS[providerId]?.serverUrl(current) ?? null;
      return server === null || isLoopback(server);
    },
    async list() {
      const [byDefault, ...lists] = await Promise.all([
        resolveDefault(),
        ...[...providers.values()].map((provider) => provider.list()),
      ]);
      const models = [...lists.flatMap((list) => list.models).slice(0, 998), EXTRACTIVE_INFO];
      const isListed = byDefault === null || models.some(({ id }) => id === byDefault.id);
      if (byDefault?.problem && !isListed) models.unshift(unreachableInfo(splitId(byDefault.id), byDefault.problem));
      return {
        models: models.map((model) => ({ ...model, isDefault: model.id === byDefault?.id })),
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
    server: () => current.openai && { url: current.openai.url, apiKey: current.openai.apiKey },
    setServer(server) {
      const network = server && options.lookupFor && createModelNetwork(options.lookupFor(server.url));
      current = { ...options, openai: server ? { ...server, network: network ?? undefined } : options.openai };
      const provider = PROVIDERS.openai?.create(current);
      if (provider) providers.set('openai', provider);
      else providers.delete('openai');
    },
    defaultId: async () => (await defaultModel()) ?? lastChosen ?? (await remembered.get()) ?? EXTRACTIVE.id,
  };
}

function explainUnreachable(id: string, error: AppError): string {
  return `The default model ${id} can't be reached. ${error.message} Answers quote passages until it is back.`;
}

/** Why the default provider has no model, if it is running. If it is not, it is probably not installed. */
async function explainMissing(provider: ModelProvider | undefined): Promise<string | null> {
  const status = (await provider?.list())?.status;
  return status?.available ? `No language model is available. ${hidePlaces(status.message)}` : null;
}

function unreachableInfo({ providerId, name }: { providerId: string; name: string }, problem: string): ModelInfo {
  const accepts = { images: null, tools: null, thinking: null };
  const id = `${providerId}:${name}`;
  return { id, provider: providerId, name, contextWindow: null, size: null, isDefault: true, problem, accepts };
}
