import type { ReembedJob } from './document-stores.ts';

/** Which embedder a workspace has, which one it is to have, and how far the change is. */
export interface WorkspaceEmbeddingState {
  workspaceId: string;
  /** What the workspace asks for ("shipped", "ollama:MODEL", ...); null for the installation's. */
  wanted: string | null;
  /** The embedder whose vectors searches use; null until the first chunk. */
  active: string | null;
  /** The embedder whose vectors are being made. */
  next: string | null;
}

export interface EmbeddingProgress {
  modelId: string;
  /** Chunks that have their new vector. */
  done: number;
  since: Date;
  /** Why the last try failed; null when none did. */
  message: string | null;
}

/** A chunk as it is embedded. */
export interface StoredPassage {
  key: number;
  /** Empty for a text that was sent without one. */
  title: string;
  section: string | null;
  text: string;
}

/** Vectors per workspace: those in use, and those of another embedder that are being made beside them. */
export interface EmbeddingStore {
  /** Of every workspace that is not deleted. */
  survey(): Promise<WorkspaceEmbeddingState[]>;
  /** Null until the workspace has its first chunk. */
  active(workspaceId: string): Promise<string | null>;
  state(
    workspaceId: string,
  ): Promise<{ active: { modelId: string; dimension: number } | null; chunks: number; next: EmbeddingProgress | null }>;
  /**
   * From now on the workspace is to have this embedder: queues the job that makes its vectors, in place of any other, or
   * ends that job when the workspace has the embedder already. False when nothing had to change.
   */
  queueReembed(workspaceId: string, modelId: string, at: Date): Promise<boolean>;
  /** Chunks of the workspace with larger keys, smallest first, those of documents in the making included. */
  passagesAfter(workspaceId: string, key: number, limit: number): Promise<StoredPassage[]>;
  /** Writes vectors and how far the job is; false when the job is gone. Chunks that were deleted meanwhile are left out. */
  appendVectors(
    job: ReembedJob,
    dimension: number,
    vectors: readonly { key: number; hash: Uint8Array; vector: Float32Array }[],
    cursor: number,
  ): Promise<boolean>;
  /**
   * Makes searches use the new vectors and queues the removal of the old ones, in one transaction; false when there are
   * chunks after the job's cursor.
   */
  finish(job: ReembedJob, at: Date): Promise<boolean>;
}
