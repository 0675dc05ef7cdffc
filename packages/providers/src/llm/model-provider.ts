import type { ModelInfo, ProviderStatus, PullProgress } from '@lorebox/contract/model';
import type { ChatModel } from '@lorebox/ports/chat-model';

/** Where chat models come from. The catalog chooses between these; each knows its own server or folder. */
export interface ModelProvider {
  readonly name: ModelInfo['provider'];
  /** @throws AppError MODEL_NOT_FOUND or MODEL_UNREACHABLE, saying what to do. */
  find(name: string): Promise<ChatModel>;
  /** The model it would take by itself; null when it has none or doesn't answer. */
  first(): Promise<ChatModel | null>;
  list(): Promise<{ models: ModelInfo[]; status: ProviderStatus }>;
  pull?(name: string, signal?: AbortSignal): AsyncIterable<PullProgress>;
}
