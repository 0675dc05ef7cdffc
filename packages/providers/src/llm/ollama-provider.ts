import { AppError, isAppError } from '@lorebox/contract/errors';
import type { ModelInfo, PullProgress } from '@lorebox/contract/model';
import type { ChatModel, LanguageChatModel } from '@lorebox/ports/chat-model';
import type { ModelResponse, ShowResponse } from 'ollama';
import { isLoopback } from '../is-loopback.ts';
import { CachedProbe } from './cached-probe.ts';
import { chooseContextWindow } from './context-ladder.ts';
import type { ChatProvider, ModelProvider } from './model-provider.ts';
import { createOllamaModel } from './ollama.ts';
import { createOllamaClient, toOllamaError } from './ollama-client.ts';
import { opensThought } from './opens-thought.ts';
import { probeFetch } from './patient-fetch.ts';

export interface OllamaProviderOptions {
  baseUrl: string;
  keepAlive: string | number;
  contextWindow: number;
}

interface Known {
  /** Null for a model that only embeds. */
  chat: LanguageChatModel | null;
}

/**
 * The models of an Ollama server. The capabilities of a model are requested once per digest, so its window never
 * changes.
 */
export function createOllamaProvider(options: OllamaProviderOptions): ModelProvider {
  const { baseUrl } = options;
  const known = new Map<string, Promise<Known>>();
  const tags = new CachedProbe(async () => {
    const { models } = await createOllamaClient({ baseUrl, fetch: probeFetch }).list();
    return models ?? [];
  });

  function inspect(model: ModelResponse): Promise<Known> {
    const key = `${model.name}@${model.digest}`;
    let found = known.get(key);
    if (!found) {
      found = inspectModel(options, model);
      // Failures are not cached, so the next question tries again.
      found.catch(() => known.delete(key));
      known.set(key, found);
    }
    return found;
  }

  /** Skips a damaged model. If the server is gone, the caller handles the error. */
  async function inspectOrSkip(model: ModelResponse): Promise<Known> {
    try {
      return await inspect(model);
    } catch (error) {
      if (isAppError(error) && error.code !== 'MODEL_UNREACHABLE') return { chat: null };
      throw error;
    }
  }

  async function find(name: string): Promise<ChatModel> {
    const model = byName(await tags.get(), name) ?? byName(await tags.refresh(), name);
    if (!model) {
      throw new AppError(
        'MODEL_NOT_FOUND',
        `Ollama has no model "${name}". Download it with \`ollama pull ${name}\` or \`lorebox models pull ollama:${name}\`.`,
      );
    }
    const { chat } = await inspect(model);
    if (!chat)
      throw new AppError(
        'MODEL_NOT_FOUND',
        `"${name}" is an embedding model and can't answer questions. Choose a chat model.`,
      );
    return chat;
  }

  async function first(): Promise<ChatModel | null> {
    try {
      for (const model of await tags.get()) {
        const { chat } = await inspectOrSkip(model);
        if (chat) return chat;
      }
    } catch (error) {
      if (!isAppError(error)) throw error;
    }
    return null;
  }

  async function list(): ReturnType<ModelProvider['list']> {
    try {
      const found = await tags.get();
      const chats = await Promise.all(found.map(async (model) => ({ model, ...(await inspectOrSkip(model)) })));
      const models = chats.flatMap(({ model, chat }) => (chat ? [toInfo(model, chat)] : []));
      const message =
        models.length > 0
          ? `Ollama is running at ${baseUrl}.`
          : `Ollama is running at ${baseUrl}, but has no chat model. Download one with \`ollama pull llama3.2\`.`;
      return { models, status: { provider: 'ollama', available: true, message } };
    } catch (error) {
      if (!isAppError(error)) throw error;
      const message = error.message.replace('Ollama is not running.', `Ollama is not running at ${baseUrl}.`);
      return { models: [], status: { provider: 'ollama', available: false, message } };
    }
  }

  async function* pull(name: string, signal?: AbortSignal): AsyncGenerator<PullProgress> {
    const about = { baseUrl, model: name, signal };
    try {
      const progress = await createOllamaClient(about).pull({ model: name, stream: true });
      for await (const { status, completed, total } of progress) {
        yield { status, completed: completed ?? null, total: total ?? null };
      }
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      throw toPullError(error, about);
    } finally {
      // Refresh after a failure too: listing is cheap, and a missing new model is confusing.
      await tags.refresh().catch(() => {});
    }
  }

  return { name: 'ollama', find, first, list, pull };
}

async function inspectModel(options: OllamaProviderOptions, model: ModelResponse): Promise<Known> {
  const client = createOllamaClient({ baseUrl: options.baseUrl, model: model.name, fetch: probeFetch });
  const shown = await client.show({ model: model.name });
  const capabilities = capabilitiesOf(shown, model);
  if (!capabilities.includes('completion')) return { chat: null };
  const numCtx = chooseContextWindow(options.contextWindow, contextLengthOf(shown));
  const chat: LanguageChatModel = {
    kind: 'language-model',
    id: `ollama:${model.name}`,
    contextWindow: numCtx,
    isLocal: isLoopback(options.baseUrl) && !isCloudModel(model),
    accepts: {
      images: capabilities.includes('vision'),
      tools: capabilities.includes('tools'),
      thinking: capabilities.includes('thinking'),
    },
    reportsTruncation: true,
    countTokens: null,
    model: createOllamaModel({
      baseUrl: options.baseUrl,
      name: model.name,
      keepAlive: options.keepAlive,
      numCtx,
      canThink: capabilities.includes('thinking'),
      canUseTools: capabilities.includes('tools'),
      family: model.details?.family,
      opensThought: !capabilities.includes('thinking') && opensThought(shown.template ?? ''),
    }),
  };
  return { chat };
}

/** Whether the local server forwards the model to ollama.com. */
function isCloudModel(model: ModelResponse): boolean {
  return ('remote_host' in model && Boolean(model.remote_host)) || /[:-]cloud$/.test(model.name);
}

/**
 * Servers before 0.6.4 don't report capabilities. Then the architecture identifies embedders, and tools are assumed to
 * work.
 */
function capabilitiesOf({ capabilities }: ShowResponse, { details, name }: ModelResponse): string[] {
  if (capabilities) return capabilities;
  const isEmbedder = /bert/i.test(details?.family ?? '') || /embed/i.test(name);
  return isEmbedder ? ['embedding'] : ['completion', 'tools'];
}

/** Reads "llama.context_length" and similar keys. The client's type is a Map, but the value is an object. */
export function contextLengthOf({ model_info }: Pick<ShowResponse, 'model_info'>): number | null {
  const entry = Object.entries(model_info ?? {}).find(([key]) => key.endsWith('.context_length'));
  return typeof entry?.[1] === 'number' ? entry[1] : null;
}

function byName(models: readonly ModelResponse[], name: string): ModelResponse | undefined {
  return models.find((model) => model.name === name || model.name === `${name}:latest`);
}

function toInfo(model: ModelResponse, { id, contextWindow, accepts }: LanguageChatModel): ModelInfo {
  return {
    id,
    provider: 'ollama',
    name: model.name,
    contextWindow,
    size: model.size ?? null,
    isDefault: false,
    problem: null,
    accepts,
  };
}

/** What Ollama rejects is UNPROCESSABLE, because clients repeat requests that fail with MODEL_FAILED. */
function toPullError(error: unknown, about: { baseUrl: string; model: string }): unknown {
  // The client throws a bare Error for an error line. A response with an error status has no cause, a dead socket has.
  const isBare = error instanceof Error && error.name === 'Error';
  const typed = isBare ? error : toOllamaError(error, about);
  const isRejection = isBare || (isAppError(typed) && typed.code === 'MODEL_FAILED' && typed.cause === undefined);
  if (!isRejection || !(typed instanceof Error)) return typed;
  if (/file does not exist|not found/i.test(typed.message)) {
    const message = `Model "${about.model}" not found at ollama.com/library. Check its name.`;
    return new AppError('MODEL_NOT_FOUND', message, { cause: error });
  }
  const message = `Ollama couldn't download ${about.model}: ${typed.message.slice(0, 500)}`;
  return new AppError('UNPROCESSABLE', message, { cause: error });
}

export const ollama: ChatProvider = {
  create: ({ ollama: { url, keepAlive }, contextWindow }) =>
    createOllamaProvider({ baseUrl: url, keepAlive, contextWindow }),
  serverUrl: (options) => options.ollama.url,
};
