/** Judges passages against a question together, which is slower and better than comparing vectors made apart. */
export interface Reranker {
  /** Stable name, e.g. "onnx:Xenova/ms-marco-MiniLM-L-6-v2". */
  readonly id: string;
  /**
   * One score per passage, in order; larger is better, and only their order means something. What is longer than the model
   * takes is cut at its end.
   * @throws AppError RERANKER_FAILED with what to do; the signal's reason when aborted.
   */
  score(query: string, passages: readonly string[], signal: AbortSignal): Promise<number[]>;
  close(): Promise<void>;
}

/** Rerankers by name, created on first use. */
export interface RerankerCatalog {
  /** @throws AppError BAD_REQUEST for a name that no provider has. */
  requireValidName(name: string): void;
  /** Null for "off". @throws AppError RERANKER_FAILED if it can't be used here, with the reason. */
  get(name: string): Reranker | null;
  /** Whether texts stay on this machine. Makes no request. */
  isLocal(name: string): boolean;
  /** Starts downloading a missing model in the background. Call it for admins only. */
  download(name: string): void;
  close(): Promise<void>;
}
