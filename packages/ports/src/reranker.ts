/** Scores passages against a question together, which is slower but better than comparing separate vectors. */
export interface Reranker {
  /** Stable name, e.g. "onnx:Xenova/ms-marco-MiniLM-L-6-v2". */
  readonly id: string;
  /**
   * Returns one score per passage, in order. Higher is better; only the order is meaningful. Truncates passages that
   * exceed the limit of the model.
   * @throws AppError RERANKER_FAILED with the next step for the user; the signal's reason when aborted.
   */
  score(query: string, passages: readonly string[], signal: AbortSignal): Promise<number[]>;
  close(): Promise<void>;
}

/** Rerankers by name, created on first use. */
export interface RerankerCatalog {
  /** @throws AppError BAD_REQUEST if no provider has this name. */
  requireValidName(name: string): void;
  /** Returns null for "off". @throws AppError RERANKER_FAILED with the reason if the reranker can't be used here. */
  get(name: string): Reranker | null;
  /** Returns whether texts stay on this machine. Makes no request. */
  isLocal(name: string): boolean;
  /** Starts downloading a missing model in the background. Call it only for admins. */
  download(name: string): void;
  close(): Promise<void>;
}
