import type { LanguageModelV4 } from '@ai-sdk/provider';
import type { ModelInfo, ModelList, PullProgress } from '@lorebox/contract/model';

/** The chat-model port is the language-model interface of the AI SDK, so that its providers work unchanged. */
export type LanguageModel = LanguageModelV4;

/** A language model that is ready for requests, with what a turn needs to fit the prompt. */
export interface LanguageChatModel {
  kind: 'language-model';
  id: string;
  /** Limit for prompt and answer together, in tokens. The prompt is truncated here, never by the model server. */
  contextWindow: number;
  /** True if prompts stay on this machine. */
  isLocal: boolean;
  /**
   * True if the server reports an error for a prompt that is too long. False if it may cut the prompt without saying so.
   */
  reportsTruncation: boolean;
  /** Features of the model. Null if unknown; then requests are sent and the server decides. */
  accepts: ModelInfo['accepts'];
  /**
   * Counts the tokens of texts with the model's own tokenizer, in order. Null if neither its file nor its server offers
   * one.
   * @throws AppError if the server fails; callers then estimate.
   */
  countTokens: ((texts: readonly string[], signal: AbortSignal) => Promise<number[]>) | null;
  model: LanguageModel;
}

/** A model that is ready for requests. */
export type ChatModel =
  | LanguageChatModel
  /** Quotes sentences. `reason` says why no model answers: none is configured, or the server of the default is down. */
  | { kind: 'extractive'; id: string; reason: string | null };

export interface ChatServer {
  url: string;
  apiKey: string | undefined;
}

export interface ModelCatalog {
  /**
   * Returns the model with this id ("ollama:llama3.2"), or the default model for null.
   * @throws AppError MODEL_NOT_FOUND or MODEL_UNREACHABLE, with the next step for the user.
   */
  resolve(id: string | null): Promise<ChatModel>;
  /** Returns the id with its provider: "llama3.2" becomes "ollama:llama3.2". */
  fullId(id: string): string;
  /** Returns whether the model, or the default model for null, runs on this machine. Makes no request. */
  isLocal(id: string | null): Promise<boolean>;
  list(): Promise<ModelList>;
  /** Downloads a model and reports progress. @throws AppError BAD_REQUEST when the provider can't download models. */
  pull(id: string, signal?: AbortSignal): AsyncIterable<PullProgress>;
  /** The OpenAI-compatible server in use: the one that was set, or that of the environment. Null if there is none. */
  server(): ChatServer | null;
  /** Replaces the OpenAI-compatible server of the environment. Null uses that one again. */
  setServer(server: ChatServer | null): void;
  /** Returns the id of the model that `resolve(null)` would return. Makes no request. */
  defaultId(): Promise<string>;
}

export type { ModelInfo };
