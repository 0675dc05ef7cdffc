/** Vectors of one embedder. The server creates the name (`lorebox_...`, a-z, 0-9 and _), never a client. */
export interface VectorCollection {
  name: string;
  /** Number of components per vector. */
  dimension: number;
}

export type VectorMetadata = Readonly<Record<string, string | number | boolean>>;

export interface VectorPoint {
  /** Identifies a chunk. A point with an existing key replaces the old one. */
  key: number;
  /** Unit vector. */
  vector: Float32Array;
  workspaceId: string;
  documentId: string;
  metadata: VectorMetadata;
}

/** Applied as part of the query, never to its results. The workspace limits what an actor can see. */
export interface VectorFilter {
  workspaceId: string;
  /** An empty list matches nothing. */
  documentIds?: readonly string[] | undefined;
  /** Matches documents with exactly these values; true is stored as 1, as in SQLite. */
  metadata?: VectorMetadata | undefined;
}

/**
 * A vector database beside SQLite, which stays the source of truth. The backend proposes candidates, and its results
 * are always joined with the rows in SQLite. Every call can be repeated.
 * @throws AppError VECTOR_BACKEND_FAILED with the next step for the user, also for vectors with the wrong dimension.
 */
export interface VectorBackend {
  /** "qdrant", ... */
  readonly id: string;
  /** Milliseconds until searches are guaranteed to see a write; 0 if they see it immediately. */
  readonly settleMs: number;
  /** Creates the collection if it doesn't exist. @throws if it exists with another dimension. */
  ensure(collection: VectorCollection): Promise<void>;
  /** Replaces points with the same keys. Searches and counts see them after `settleMs`. */
  upsert(collection: VectorCollection, points: readonly VectorPoint[]): Promise<void>;
  /** Ignores unknown keys and unknown collections. */
  remove(collection: VectorCollection, workspaceId: string, keys: readonly number[]): Promise<void>;
  removeWorkspace(collection: VectorCollection, workspaceId: string): Promise<void>;
  /**
   * Cosine similarity, best first. An approximate index may miss some points.
   * @throws for an unknown collection; the signal's reason when aborted.
   */
  search(
    collection: VectorCollection,
    vector: Float32Array,
    filter: VectorFilter,
    limit: number,
    signal: AbortSignal,
  ): Promise<{ key: number; score: number }[]>;
  /** Counts the points of the workspace; 0 for an unknown collection. */
  count(collection: VectorCollection, workspaceId: string): Promise<number>;
  /** Ignores an unknown collection. */
  drop(collection: VectorCollection): Promise<void>;
  close(): Promise<void>;
}
