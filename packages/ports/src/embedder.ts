/** Embedders by name, created on first use. */
export interface EmbedderCatalog {
  /** Resolves a name such as "shipped" to a model id; a model id resolves to itself. */
  modelIdOf(name: string): string;
  /** @throws AppError BAD_REQUEST if no provider has this name. */
  requireValidName(name: string): void;
  /** Takes a name or model id. @throws AppError EMBEDDER_FAILED with the reason if the embedder can't be used here. */
  get(name: string): Embedder;
  /** Returns whether texts stay on this machine. Takes a name or model id. Makes no request. */
  isLocal(name: string): boolean;
  close(): Promise<void>;
}

/** Converts texts to unit vectors. Every stored vector carries `modelId` and `dimension`. */
export interface Embedder {
  /**
   * Stable name of model and quantization, e.g. "bge-small-en-v1.5-int8". Vectors with different ids are never
   * compared.
   */
  readonly modelId: string;
  /** Null until a remote model has embedded its first text. */
  readonly dimension: number | null;
  /** Input limit in the model's own tokens, including special tokens and prefix. */
  readonly maxTokens: number;
  /** Counts the tokens of `text` without special tokens. Fast and synchronous; doesn't load the model. */
  countTokens(text: string): number;
  /** Share (0..1) of `text` that the model's vocabulary covers. Hybrid search weights vectors by it. */
  coverage(text: string): number;
  /** Returns one unit vector per text, in order. Truncates longer texts to `maxTokens`. */
  embed(texts: readonly string[], kind: 'query' | 'passage', signal?: AbortSignal): Promise<Float32Array[]>;
  close(): Promise<void>;
}
