import type { ModelInfo, ProviderStatus, PullProgress } from '@lorebox/contract/model';
import type { ChatModel, ChatServer } from '@lorebox/ports/chat-model';
import type { ModelNetwork } from './patient-fetch.ts';

/** A source of chat models: a server or a folder. The catalog chooses among them. */
export interface ModelProvider {
  readonly name: ModelInfo['provider'];
  /** @throws AppError MODEL_NOT_FOUND or MODEL_UNREACHABLE with instructions. */
  find(name: string): Promise<ChatModel>;
  /** Returns the model to use if none is configured; null if there is none or the provider doesn't respond. */
  first(): Promise<ChatModel | null>;
  list(): Promise<{ models: ModelInfo[]; status: ProviderStatus }>;
  pull?(name: string, signal?: AbortSignal): AsyncIterable<PullProgress>;
}

export interface ChatOptions {
  ollama: { url: string; keepAlive: string | number };
  /** Null if no OpenAI-compatible server is configured. */
  openai: (ChatServer & { network?: ModelNetwork | undefined }) | null;
  /** Folder with .gguf files; it need not exist. */
  modelsDir: string;
  /** Context window of local models in tokens; rounded up to a fixed size and capped by the model. */
  contextWindow: number;
}

export interface ChatProvider {
  /** Null if the provider is not configured. */
  create(options: ChatOptions): ModelProvider | null;
  /** URL of the server that runs the models; null for this process. */
  serverUrl(options: ChatOptions): string | null;
  /** For errors: what to configure if `create` returns null. */
  requirement?: string;
}
