/** Embedders by name, created on first use. */
export interface EmbedderCatalog {
  /** Resolves a name such as "shipped" to a model id; a model id resolves to itself. */
  modelIdOf(name: string): string;
  /** @throws AppError BAD_REQUEST for a name that no provider has. */
  requireValidName(name: string): void;
  /** By name or model id. @throws AppError EMBEDDER_FAILED if it can't be used here, with the reason. */
  get(name: string): Embedder;
  /** Whether texts stay on this machine. By name or model id. Makes no request. */
  isLocal(name: string): boolean;
  close(): Promise<void>;
}

/** Texts to unit-length vectors. Every stored vector carries `modelId` and `dimension`. */
export interface Embedder {
  /** Stable name of model and quantisation, e.g. "bge-small-en-v1.5-int8"; vectors of different ids never meet. */
  readonly modelId: string;
  /** Null until a remote model has embedded its first text. */
  readonly dimension: number | null;
  /** True input limit in the model's own tokens, special tokens and prefix included. */
  readonly maxTokens: number;
  /** Tokens that `text` takes, without special tokens; fast, synchronous, and without loading the model. */
  countTokens(text: string): number;
  /** Share (0..1) of `text` that the model's vocabulary understands; the hybrid fusion weighs vectors by it. */
  coverage(text: string): number;
  /** One vector per text, in order, length 1. Longer texts are cut at `maxTokens`. */
  embed(texts: readonly string[], kind: 'query' | 'passage', signal?: AbortSignal): Promise<Float32Array[]>;
  close(): Promise<void>;
}
