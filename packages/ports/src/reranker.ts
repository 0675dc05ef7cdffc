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

/** Rerankers by setting, each made when first asked for and kept. */
export interface RerankerCatalog {
  /** Null for "off". @throws AppError RERANKER_FAILED for one that this installation can't have, saying why. */
  get(name: string): Reranker | null;
  /** Whether texts that it gets stay on this machine. */
  isLocal(name: string): boolean;
  /** Fetches what the reranker needs and this machine doesn't have, on the word of an admin. Returns at once. */
  download(name: string): void;
  close(): Promise<void>;
}
