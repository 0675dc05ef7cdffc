import { AppError, isAppError } from '@lorebox/contract/errors';
import type { ModelInfo } from '@lorebox/contract/model';
import type { ChatModel, LanguageChatModel } from '@lorebox/ports/chat-model';
import { isLoopback } from '../is-loopback.ts';
import { CachedProbe } from './cached-probe.ts';
import { type ListedModel, readListedModel } from './listed-model.ts';
import { inspectLlamaServer, isLlamaServer } from './llama-server.ts';
import type { ChatProvider, ModelProvider } from './model-provider.ts';
import { createOpenAiModel } from './openai-compatible.ts';
import { refusal, toOpenAiError } from './openai-error.ts';
import { type ModelNetwork, OPEN_NETWORK } from './patient-fetch.ts';
import { findServerTokenizer } from './server-tokenizer.ts';

export interface OpenAiProviderOptions {
  baseUrl: string;
  apiKey?: string | undefined;
  contextWindow: number;
  network?: ModelNetwork | undefined;
}

interface KnownModel extends ListedModel {
  /** Reported by the server, or from the configuration. */
  contextWindow: number;
  opensThought: boolean;
  countTokens: LanguageChatModel['countTokens'];
}

/** The models of one OpenAI-compatible server: llama.cpp, vLLM, LM Studio, LiteLLM or a hosted service. */
export function createOpenAiProvider(options: OpenAiProviderOptions): ModelProvider {
  const { baseUrl, apiKey, network } = options;
  const known = new Map<string, ChatModel>();
  const listed = new CachedProbe(() => fetchModels(options));

  async function find(name: string): Promise<ChatModel> {
    const model = byId(await listed.get(), name) ?? byId(await listed.refresh(), name);
    if (!model) throw refusal(404, '', { baseUrl, model: name });
    const { contextWindow, accepts, countTokens, opensThought } = model;
    const key = JSON.stringify([name, contextWindow, accepts, opensThought, countTokens === null]);
    let chat = known.get(key);
    if (!chat) {
      chat = {
        kind: 'language-model',
        id: `openai:${name}`,
        contextWindow,
        isLocal: isLoopback(baseUrl),
        // Servers with a tokenizer, llama.cpp and vLLM, reject prompts that are too long.
        reportsTruncation: countTokens !== null,
        accepts,
        countTokens,
        model: createOpenAiModel({ baseUrl, apiKey, name, opensThought, network }),
      };
      known.set(key, chat);
    }
    return chat;
  }

  async function list(): ReturnType<ModelProvider['list']> {
    try {
      const found = await listed.get();
      const status = {
        provider: 'openai',
        available: true,
        message: `An OpenAI-compatible server is running at ${baseUrl}.`,
      };
      return { models: found.filter(isChatModel).map(toInfo), status };
    } catch (error) {
      if (!isAppError(error)) throw error;
      return { models: [], status: { provider: 'openai', available: false, message: error.message } };
    }
  }

  // Never chosen automatically: questions and documents would be sent to a server that no one chose for them.
  return { name: 'openai', find, first: async () => null, list };
}

async function fetchModels(options: OpenAiProviderOptions): Promise<KnownModel[]> {
  const { baseUrl, apiKey, network = OPEN_NETWORK } = options;
  const call = { baseUrl };
  const headers = apiKey ? { authorization: `Bearer ${apiKey}` } : undefined;
  const response = await network.probe(`${baseUrl}/models`, { headers }).catch((error: unknown) => {
    throw toOpenAiError(error, call);
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw refusal(response.status, response.statusText, call);
  }
  const body: unknown = await response.json().catch(() => null);
  const data = typeof body === 'object' && body !== null && 'data' in body ? body.data : null;
  if (!Array.isArray(data))
    throw new AppError(
      'MODEL_UNREACHABLE',
      'The model server is not OpenAI-compatible. Its URL usually ends with /v1.',
    );
  const models = data.flatMap((entry) => readListedModel(entry) ?? []);
  // A llama.cpp server with several models would load each of them to describe it.
  const [only] = models.length === 1 ? models : [];
  const [server, countTokens] = only
    ? await Promise.all([isLlamaServer(only) ? inspectLlamaServer(options) : null, findServerTokenizer(options, only)])
    : [null, null];
  return models.map((model) => ({
    ...model,
    contextWindow: server?.contextWindow ?? model.contextWindow ?? options.contextWindow,
    accepts: {
      ...model.accepts,
      images: server?.images ?? model.accepts.images,
      tools: server?.tools ?? model.accepts.tools,
    },
    opensThought: server?.opensThought ?? false,
    countTokens,
  }));
}

function isChatModel({ id }: ListedModel): boolean {
  return !/embed|rerank|whisper|tts|dall-e|moderation/i.test(id);
}

function byId(models: readonly KnownModel[], id: string): KnownModel | undefined {
  return models.find((model) => model.id === id);
}

function toInfo({ id, contextWindow, accepts }: KnownModel): ModelInfo {
  return {
    id: `openai:${id}`,
    provider: 'openai',
    name: id,
    contextWindow,
    size: null,
    isDefault: false,
    problem: null,
    accepts,
  };
}

export const openai: ChatProvider = {
  create({ openai: server, contextWindow }) {
    if (!server) return null;
    const { url: baseUrl, apiKey, network } = server;
    return createOpenAiProvider({ baseUrl, apiKey, contextWindow, network });
  },
  serverUrl: (options) => options.openai?.url ?? '',
  requirement: 'an OpenAI-compatible server. Set one in the administration, or LOREBOX_OPENAI_URL.',
};
