/** Embedders by name, each made when first asked for and kept. */
export interface EmbedderCatalog {
  /** The model id that a setting such as "shipped" stands for; model ids stand for themselves. */
  modelIdOf(name: string): string;
  /** By setting or model id. @throws AppError EMBEDDER_FAILED for one that this installation can't have, saying why. */
  get(name: string): Embedder;
  /** Whether texts that it gets stay on this machine. By setting or model id; asks nobody. */
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
