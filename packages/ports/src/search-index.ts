import type { SearchNotice } from '@lorebox/contract/reranker';
import type { SpeechTimes } from './speech-times.ts';

/** What narrows a search; ownership (`workspaceId`) is part of every query. */
export interface SearchFilter {
  workspaceId: string;
  documentIds?: readonly string[] | undefined;
  metadata?: Readonly<Record<string, string | number | boolean>> | undefined;
}

/** `key` names a chunk inside the index. */
export interface IndexHit {
  key: number;
  score: number;
  /** It has what was asked for word by word: the whole query, or what stands in quotes. */
  isExact?: boolean;
  /** Cosine similarity to the query itself, where `score` ranks by something else. */
  cosine?: number;
}

export interface ChunkRecord {
  key: number;
  chunkId: string;
  documentId: string;
  revision: number;
  externalId: string | null;
  title: string;
  filename: string;
  ordinal: number;
  page: number | null;
  /** When what is said; null but for recordings. */
  times: SpeechTimes | null;
  section: string | null;
  start: number;
  end: number;
  text: string;
}

/** Both halves of retrieval. Scans run on reader threads, never on the caller's event loop. */
export interface SearchIndex {
  /** BM25, best first; larger scores are better. Only searchable revisions. */
  keyword(query: string, filter: SearchFilter, limit: number): Promise<{ hits: IndexHit[]; ms: number }>;
  /** Cosine similarity, best first. Only vectors of `modelId`. `notices`: why it was not searched as configured. */
  vector(
    vector: Float32Array,
    modelId: string,
    filter: SearchFilter,
    limit: number,
  ): Promise<{ hits: IndexHit[]; ms: number; notices?: SearchNotice[] }>;
  /** Vectors of these chunks of the workspace, unit-length, by key; those that have none of this model are left out. */
  vectorsOf(workspaceId: string, modelId: string, keys: readonly number[]): Promise<Map<number, Float32Array>>;
  /** The chunks of these keys that are still searchable in the workspace; unknown keys are left out. */
  load(workspaceId: string, keys: readonly number[]): Promise<ChunkRecord[]>;
  /** Words of each text that the keyword half would match for `query`, as [start, end) pairs, in the order of the texts. */
  highlight(query: string, texts: readonly string[]): Promise<{ start: number; end: number }[][]>;
}

/** What somebody else proposes to be near a vector. */
export interface VectorCandidates {
  keys: readonly number[];
  /** Chunks after this key are candidates too, and so are those of the documents. */
  after: number;
  documentIds: readonly string[];
}

/** Scores candidates exactly, from the vectors in SQLite, and only those that the filter lets through. */
export interface CandidateScorer {
  /**
   * Best first. `isShort`: more chunks fit the filter than were proposed, though there is room for them. Null when so many
   * chunks are candidates that a search of the whole workspace is faster.
   */
  scoreCandidates(
    vector: Float32Array,
    modelId: string,
    filter: SearchFilter,
    limit: number,
    candidates: VectorCandidates,
  ): Promise<{ hits: IndexHit[]; isShort: boolean; ms: number } | null>;
}
