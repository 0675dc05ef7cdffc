import type { ReembedJob } from './document-stores.ts';

/** The current and the next embedder of a workspace, and the progress of the change. */
export interface WorkspaceEmbeddingState {
  workspaceId: string;
  /** The embedder set on the workspace ("shipped", "ollama:MODEL", ...). Null uses the default of the installation. */
  wanted: string | null;
  /** The embedder whose vectors searches use. Null until the first chunk. */
  active: string | null;
  /** The embedder that the workspace is being re-embedded with. */
  next: string | null;
}

export interface EmbeddingProgress {
  modelId: string;
  /** Number of chunks with a new vector. */
  done: number;
  since: Date;
  /** Error of the last attempt. Null if none failed. */
  message: string | null;
}

/** A chunk with the text that is embedded. */
export interface StoredPassage {
  key: number;
  /** Empty for text sent without a title. */
  title: string;
  section: string | null;
  text: string;
}

/** Vectors per workspace: the ones in use, and the ones of another embedder during re-embedding. */
export interface EmbeddingStore {
  /** Returns the state of every workspace that is not deleted. */
  survey(): Promise<WorkspaceEmbeddingState[]>;
  /** Returns the active embedder. Null until the workspace has its first chunk. */
  active(workspaceId: string): Promise<string | null>;
  /** Key of the newest chunk. 0 if there is none. */
  lastKey(workspaceId: string): Promise<number>;
  /** Returns the texts of about `count` chunks, spread over the workspace. */
  sampleTexts(workspaceId: string, count: number): Promise<string[]>;
  /** Returns the last `count` questions in the threads of the workspace. */
  lastQuestions(workspaceId: string, count: number): Promise<string[]>;
  state(
    workspaceId: string,
  ): Promise<{ active: { modelId: string; dimension: number } | null; chunks: number; next: EmbeddingProgress | null }>;
  /**
   * Sets the embedder of the workspace. Queues a re-embedding job that replaces any other, or ends that job if the
   * workspace already uses the embedder. Returns false if nothing had to change.
   */
  queueReembed(workspaceId: string, modelId: string, at: Date): Promise<boolean>;
  /**
   * Returns chunks of the workspace with larger keys, in ascending order, including those of documents being ingested.
   */
  passagesAfter(workspaceId: string, key: number, limit: number): Promise<StoredPassage[]>;
  /**
   * Writes vectors and the progress of the job. Returns false if the job is gone. Skips chunks that were deleted
   * meanwhile.
   */
  appendVectors(
    job: ReembedJob,
    dimension: number,
    vectors: readonly { key: number; hash: Uint8Array; vector: Float32Array }[],
    cursor: number,
  ): Promise<boolean>;
  /**
   * Switches searches to the new vectors and queues the removal of the old ones in one transaction. Returns false if
   * there are chunks after the cursor of the job.
   */
  finish(job: ReembedJob, at: Date): Promise<boolean>;
}
