import type { LanguageModelV4 } from '@ai-sdk/provider';
import type { ModelInfo, ModelList, PullProgress } from '@lorebox/contract/model';

/** The chat-model port is the AI SDK's language-model interface, so that its providers plug in. */
export type LanguageModel = LanguageModelV4;

/** A model that is ready to be asked, with what the turn must know to fit the prompt. */
export type ChatModel =
  | {
      kind: 'language-model';
      id: string;
      /** Tokens of prompt and answer together; the prompt is cut to it here, never by the model server. */
      contextWindow: number;
      /** What it is asked stays on this machine. */
      isLocal: boolean;
      model: LanguageModel;
    }
  /** No model is configured: the answer is made of quoted sentences. */
  | { kind: 'extractive'; id: string };

export interface ModelCatalog {
  /**
   * The model by id ("ollama:llama3.2"), or the default one for null.
   * @throws AppError MODEL_NOT_FOUND or MODEL_UNREACHABLE, saying what to do.
   */
  resolve(id: string | null): Promise<ChatModel>;
  /** The id with its provider: "llama3.2" is "ollama:llama3.2". */
  fullId(id: string): string;
  /** Whether the server of the model, or of the default one for null, is this machine. Asks nobody. */
  isLocal(id: string | null): Promise<boolean>;
  list(): Promise<ModelList>;
  /** Fetches a model and reports progress. @throws AppError BAD_REQUEST when the provider cannot pull. */
  pull(id: string, signal?: AbortSignal): AsyncIterable<PullProgress>;
  /** Name of what `resolve(null)` would give, without asking anyone. */
  defaultId(): Promise<string>;
}

export type { ModelInfo };
