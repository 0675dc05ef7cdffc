import type { VectorCollection, VectorPoint } from './vector-backend.ts';

/** The vectors of one workspace for the embedder that its searches use. */
export interface VectorShare {
  workspaceId: string;
  embeddingKey: number;
  collection: VectorCollection;
  /** Key of the last chunk in the backend. Null if the state of the backend is unknown. */
  syncedKey: number | null;
}

/** A change to send to the backend, besides new vectors. */
export type VectorChange = { id: number } & (
  | { kind: 'remove'; collection: VectorCollection; workspaceId: string; key: number }
  /** The metadata of the document has changed, so its points must be sent again. */
  | { kind: 'resend'; share: VectorShare; documentId: string }
  /** `isLast`: no workspace has vectors in the collection any more. */
  | { kind: 'remove-workspace'; collection: VectorCollection; workspaceId: string; isLast: boolean }
  /** The change is outdated; there is nothing to do. */
  | { kind: 'none' }
);

/** What a search needs to know before it queries the backend. */
export interface VectorSearchState {
  collection: VectorCollection;
  /** Chunks after this key are not in the backend yet. */
  syncedKey: number;
  /** Documents whose new metadata is not in the backend yet. */
  changedDocuments: string[];
}

/** Sync state between the vectors in SQLite and the vector backend. */
export interface VectorSyncStore {
  /** Starts recording changes for this backend. A new backend starts from nothing. Null: records none. */
  use(target: string | null): Promise<void>;
  /** Returns shares with unsent vectors, longest waiting first. */
  behind(limit: number): Promise<VectorShare[]>;
  /** Returns every share that is at least partly in the backend. */
  started(): Promise<VectorShare[]>;
  /** Returns vectors of the share, or of one document in it, with larger keys, in ascending order. */
  pointsAfter(share: VectorShare, key: number, limit: number, documentId?: string): Promise<VectorPoint[]>;
  /** Returns the key of the last chunk of the share. */
  lastKey(share: VectorShare): Promise<number>;
  /** Records that the backend has everything up to the chunk `key`. Does nothing if `share.syncedKey` has changed. */
  advance(share: VectorShare, key: number): Promise<void>;
  /** Resets the sync state of the share, so that it is sent again from the start. */
  restart(share: VectorShare): Promise<void>;
  /** Oldest changes first. */
  changes(limit: number): Promise<VectorChange[]>;
  confirmChanges(lastId: number): Promise<void>;
  /** Null if the backend can't be queried for this workspace and embedder. */
  searchState(workspaceId: string, modelId: string): Promise<VectorSearchState | null>;
  /** Returns the number of vectors that the backend should have of the share. Null while it can't be determined. */
  expectedCount(share: VectorShare): Promise<number | null>;
  /** Returns the number of vectors and changes that are waiting to be sent. */
  lag(): Promise<{ vectors: number; changes: number }>;
}
