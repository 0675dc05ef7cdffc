import type { SearchNotice } from '@lorebox/contract/reranker';
import type { SpeechTimes } from './speech-times.ts';

/** Narrows a search. Ownership (`workspaceId`) is part of every query. */
export interface SearchFilter {
  workspaceId: string;
  documentIds?: readonly string[] | undefined;
  metadata?: Readonly<Record<string, string | number | boolean>> | undefined;
}

/** `key` identifies a chunk in the index. */
export interface IndexHit {
  key: number;
  score: number;
  /** Contains the query verbatim: the whole query, or its quoted part. */
  isExact?: boolean;
  /** Cosine similarity to the query, when `score` ranks by something else. */
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
  /** Timestamps in the recording. Null for other documents. */
  times: SpeechTimes | null;
  section: string | null;
  start: number;
  end: number;
  text: string;
}

/** Keyword and vector search. Scans run on reader threads, never on the caller's event loop. */
export interface SearchIndex {
  /**
   * BM25, best first; higher scores are better. Searches only searchable revisions. `known` is the share of the query's
   * content words that occur in the workspace: little of a question in another language does.
   */
  keyword(query: string, filter: SearchFilter, limit: number): Promise<{ hits: IndexHit[]; known: number; ms: number }>;
  /**
   * Cosine similarity, best first. Searches only vectors of `modelId`. `notices` explains why a search was degraded.
   */
  vector(
    vector: Float32Array,
    modelId: string,
    filter: SearchFilter,
    limit: number,
  ): Promise<{ hits: IndexHit[]; ms: number; notices?: SearchNotice[] }>;
  /** Returns the unit vectors of these chunks in the workspace by key. Omits chunks without a vector of this model. */
  vectorsOf(workspaceId: string, modelId: string, keys: readonly number[]): Promise<Map<number, Float32Array>>;
  /** Returns the chunks with these keys that are still searchable in the workspace. Omits unknown keys. */
  load(workspaceId: string, keys: readonly number[]): Promise<ChunkRecord[]>;
  /**
   * Returns the words of each text that keyword search matches for `query`, as [start, end) pairs, in the order of the
   * texts.
   */
  highlight(query: string, texts: readonly string[]): Promise<{ start: number; end: number }[][]>;
}

/** Candidates near a vector, proposed by a vector backend. */
export interface VectorCandidates {
  keys: readonly number[];
  /** Chunks after this key are also candidates, and so are those of the documents. */
  after: number;
  documentIds: readonly string[];
}

/** Scores candidates exactly, using the vectors in SQLite, and applies the filter. */
export interface CandidateScorer {
  /**
   * Best first. `isShort`: more chunks match the filter than were proposed, and the limit is not reached. Null if there
   * are so many candidates that searching the whole workspace is faster.
   */
  scoreCandidates(
    vector: Float32Array,
    modelId: string,
    filter: SearchFilter,
    limit: number,
    candidates: VectorCandidates,
  ): Promise<{ hits: IndexHit[]; isShort: boolean; ms: number } | null>;
}
