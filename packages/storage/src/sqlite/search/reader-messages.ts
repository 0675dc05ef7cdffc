import type { IndexHit, SearchFilter, VectorCandidates } from '@lorebox/ports/search-index';
import type { TextRange } from './highlight.ts';

export type ReaderRequest = { id: number } & (
  | { kind: 'keyword'; filter: SearchFilter; limit: number; query: string }
  | { kind: 'vector'; filter: SearchFilter; limit: number; vector: Float32Array; modelId: string }
  | {
      kind: 'candidates';
      filter: SearchFilter;
      limit: number;
      vector: Float32Array;
      modelId: string;
      candidates: VectorCandidates;
    }
  | { kind: 'highlight'; query: string; texts: readonly string[] }
  | { kind: 'warm' }
);

/** `isShort` and `isTooMany` are of candidates alone, `highlights` of texts. */
export interface ReaderReply {
  hits: IndexHit[];
  isShort?: boolean;
  isTooMany?: boolean;
  highlights?: TextRange[][];
}

export interface ReaderData {
  path: string;
  maxVectorBytes: number;
  /** Folder for scans that are large enough to be kept beside the database; null for none. */
  vectorFiles: string | null;
}
