import { AppError, isAppError } from '@lorebox/contract/errors';
import type { ModelInfo } from '@lorebox/contract/model';
import type { ChatModel } from '@lorebox/ports/chat-model';
import { isLoopback } from '../is-loopback.ts';
import { CachedProbe } from './cached-probe.ts';
import type { ChatProvider, ModelProvider } from './model-provider.ts';
import { createOpenAiModel } from './openai-compatible.ts';
import { refusal, toOpenAiError } from './openai-error.ts';
import { probeFetch } from './patient-fetch.ts';

export interface OpenAiProviderOptions {
  baseUrl: string;
  apiKey?: string | undefined;
  contextWindow: number;
}

const UNKNOWN = { images: null, tools: null, thinking: null };

interface ListedModel {
  id: string;
  /** Reported by the server, or from the configuration. */
  contextWindow: number;
}

/** The models of one OpenAI-compatible server: llama.cpp, vLLM, LM Studio, LiteLLM or a hosted service. */
export function createOpenAiProvider(options: OpenAiProviderOptions): ModelProvider {
  const { baseUrl, apiKey } = options;
  const known = new Map<string, ChatModel>();
  const listed = new CachedProbe(() => fetchModels(options));

  async function find(name: string): Promise<ChatModel> {
    const model = byId(await listed.get(), name) ?? byId(await listed.refresh(), name);
    if (!model) throw refusal(404, '', { baseUrl, model: name });
    const key = `${name}@${model.contextWindow}`;
    let chat = known.get(key);
    if (!chat) {
      const { contextWindow } = model;
      chat = {
        kind: 'language-model',
        id: `openai:${name}`,
        contextWindow,
        isLocal: isLoopback(baseUrl),
        reportsTruncation: false,
        accepts: UNKNOWN,
        countTokens: null,
        model: createOpenAiModel({ baseUrl, apiKey, name }),
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

async function fetchModels({ baseUrl, apiKey, contextWindow }: OpenAiProviderOptions): Promise<ListedModel[]> {
  const call = { baseUrl };
  const headers = apiKey ? { authorization: `Bearer ${apiKey}` } : undefined;
  const response = await probeFetch(`${baseUrl}/models`, { headers }).catch((error: unknown) => {
    throw toOpenAiError(error, call);
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw refusal(response.status, response.statusText, call);
  }
  const body: unknown = await response.json().catch(() => null);
  const data = typeof body === 'object' && body !== null && 'data' in body ? body.data : null;
  if (!Array.isArray(data))
    throw new AppError('MODEL_UNREACHABLE', 'The server at LOREBOX_OPENAI_URL is not OpenAI-compatible.');
  return data.flatMap((entry: Record<string, unknown>) =>
    typeof entry?.id === 'string' ? [{ id: entry.id, contextWindow: windowOf(entry) ?? contextWindow }] : [],
  );
}

/**
 * vLLM, OpenRouter and LM Studio, Mistral and llama.cpp use different names for it, and most servers don't report it.
 */
function windowOf(entry: Record<string, unknown>): number | null {
  const meta = typeof entry.meta === 'object' && entry.meta !== null ? (entry.meta as Record<string, unknown>) : {};
  const named = [entry.max_model_len, entry.context_length, entry.max_context_length, meta.n_ctx];
  const window = named.find((value) => typeof value === 'number' && value > 0);
  return typeof window === 'number' ? window : null;
}

function isChatModel({ id }: ListedModel): boolean {
  return !/embed|rerank|whisper|tts|dall-e|moderation/i.test(id);
}

function byId(models: readonly ListedModel[], id: string): ListedModel | undefined {
  return models.find((model) => model.id === id);
}

function toInfo({ id, contextWindow }: ListedModel): ModelInfo {
  return {
    id: `openai:${id}`,
    provider: 'openai',
    name: id,
    contextWindow,
    size: null,
    isDefault: false,
    problem: null,
    accepts: UNKNOWN,
  };
}

export const openai: ChatProvider = {
  create({ openai: server, contextWindow }) {
    return server && createOpenAiProvider({ baseUrl: server.url, apiKey: server.apiKey, contextWindow });
  },
  serverUrl: (options) => options.openai?.url ?? '',
  requirement: 'an OpenAI-compatible server. Set LOREBOX_OPENAI_URL.',
};
