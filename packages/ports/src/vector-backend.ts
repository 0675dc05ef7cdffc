/** Vectors of one embedder. Its name (`lorebox_...`, a-z, 0-9 and _) is made by the server, never by clients. */
export interface VectorCollection {
  name: string;
  /** Numbers in a vector. */
  dimension: number;
}

export type VectorMetadata = Readonly<Record<string, string | number | boolean>>;

export interface VectorPoint {
  /** Names a chunk; a point that is sent again under its key replaces the old one. */
  key: number;
  /** Of unit length. */
  vector: Float32Array;
  workspaceId: string;
  documentId: string;
  metadata: VectorMetadata;
}

/** Part of the query, never applied to what it found. What an actor may see is the workspace. */
export interface VectorFilter {
  workspaceId: string;
  /** An empty list lets nothing through. */
  documentIds?: readonly string[] | undefined;
  /** All of these names with exactly these values; true is 1, as in SQLite. */
  metadata?: VectorMetadata | undefined;
}

/**
 * A vector database beside SQLite, which stays the truth: it proposes candidates, and whatever it says is joined with the rows
 * before anyone sees it. Every call may be made again.
 * @throws AppError VECTOR_BACKEND_FAILED with what to do, also for vectors that don't have the collection's dimension.
 */
export interface VectorBackend {
  /** "qdrant", ... */
  readonly id: string;
  /** Milliseconds until what was sent is certainly seen by searches; 0 where it is seen at once. */
  readonly settleMs: number;
  /** Makes the collection unless it is there. @throws when it is there with another dimension. */
  ensure(collection: VectorCollection): Promise<void>;
  /** Replaces what has the same keys. Seen by searches and counts after `settleMs`. */
  upsert(collection: VectorCollection, points: readonly VectorPoint[]): Promise<void>;
  /** Unknown keys and unknown collections are fine. */
  remove(collection: VectorCollection, workspaceId: string, keys: readonly number[]): Promise<void>;
  removeWorkspace(collection: VectorCollection, workspaceId: string): Promise<void>;
  /**
   * Cosine similarity, best first; an approximate index may miss some.
   * @throws for an unknown collection; the signal's reason when aborted.
   */
  search(
    collection: VectorCollection,
    vector: Float32Array,
    filter: VectorFilter,
    limit: number,
    signal: AbortSignal,
  ): Promise<{ key: number; score: number }[]>;
  /** Points of the workspace; 0 for an unknown collection. */
  count(collection: VectorCollection, workspaceId: string): Promise<number>;
  /** An unknown collection is fine. */
  drop(collection: VectorCollection): Promise<void>;
  close(): Promise<void>;
}
