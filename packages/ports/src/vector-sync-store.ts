import type { VectorCollection, VectorPoint } from './vector-backend.ts';

/** One workspace's vectors of the embedder that its searches use. */
export interface VectorShare {
  workspaceId: string;
  embeddingKey: number;
  collection: VectorCollection;
  /** The last chunk that the backend has; null when what it has is not known. */
  syncedKey: number | null;
}

/** What the backend has to be told besides new vectors. */
export type VectorChange = { id: number } & (
  | { kind: 'remove'; collection: VectorCollection; workspaceId: string; key: number }
  /** The points of a document have other metadata. */
  | { kind: 'resend'; share: VectorShare; documentId: string }
  /** `isLast`: nobody has vectors in the collection any more. */
  | { kind: 'remove-workspace'; collection: VectorCollection; workspaceId: string; isLast: boolean }
  /** Out of date: there is nothing to do. */
  | { kind: 'none' }
);

/** What a search has to know before it asks the backend. */
export interface VectorSearchState {
  collection: VectorCollection;
  /** Chunks after this one are not there yet. */
  syncedKey: number;
  /** Documents whose new metadata is not there yet. */
  changedDocuments: string[];
}

/** How far the vector backend follows the vectors in SQLite. */
export interface VectorSyncStore {
  /** From now on changes are noted for this backend; another one than before starts from nothing. Null: for none. */
  use(target: string | null): Promise<void>;
  /** Shares with vectors that the backend doesn't have yet, those that wait longest first. */
  behind(limit: number): Promise<VectorShare[]>;
  /** Every share that is known to be in the backend, in part at least. */
  started(): Promise<VectorShare[]>;
  /** Vectors of the share, or of one document of it, with larger keys, smallest first. */
  pointsAfter(share: VectorShare, key: number, limit: number, documentId?: string): Promise<VectorPoint[]>;
  /** The last chunk of the share. */
  lastKey(share: VectorShare): Promise<number>;
  /** The backend has everything up to the chunk `key`; nothing happens when the share is not what it was (`share.syncedKey`). */
  advance(share: VectorShare, key: number): Promise<void>;
  /** What the backend has of the share is not known any more; it is sent again from the start. */
  restart(share: VectorShare): Promise<void>;
  /** The oldest changes first. */
  changes(limit: number): Promise<VectorChange[]>;
  confirmChanges(lastId: number): Promise<void>;
  /** Null when the backend can't be asked for this workspace and embedder. */
  searchState(workspaceId: string, modelId: string): Promise<VectorSearchState | null>;
  /** Vectors that the backend should have of the share; null while that can't be told. */
  expectedCount(share: VectorShare): Promise<number | null>;
  /** Vectors that are still to be sent, and changes that are still to be told. */
  lag(): Promise<{ vectors: number; changes: number }>;
}
