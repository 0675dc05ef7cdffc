import { AppError, isAppError } from '@lorebox/contract/errors';
import type { SearchNotice } from '@lorebox/contract/reranker';
import { MAX_QUERY_LENGTH, type SearchMode, type SearchTimings } from '@lorebox/contract/search';
import type { IndexHit, SearchFilter } from '@lorebox/ports/search-index';
import type { Services } from '../core.ts';
import { embedderOf } from '../embeddings/choose-embedder.ts';
import { fuse } from './fuse.ts';
import { fuseQueries } from './fuse-queries.ts';
import { mergeNeighbours, type Passage } from './merge-neighbours.ts';
import { searchWithFeedback } from './relevance-feedback.ts';
import { rerank } from './rerank.ts';

export interface RetrieveQuery {
  /** Truncated to `MAX_QUERY_LENGTH`, because questions may be longer than queries. */
  query: string;
  /** Other wordings of the query, which are searched too. */
  queryVariants?: readonly string[] | undefined;
  filter: SearchFilter;
  mode: SearchMode;
  limit: number;
  similarityFloor: number;
  /** Reranker of the workspace. Null uses the default. */
  reranker: string | null;
  /** Rejects remote embedders and rerankers. */
  localOnly: boolean;
}

export interface Retrieved {
  passages: (Passage & { start: number; end: number; text: string })[];
  /** Number of hits that the passages were chosen from. */
  hitCount: number;
  timings: SearchTimings;
  notices: SearchNotice[];
}

/** Hits of keyword and vector search that are fused. */
const DEPTH = 200;
/** Minimum number of hits to load, for the reranker and for merging neighbors. */
const MIN_LOADED = 30;

const NOTHING = {
  hits: [] as IndexHit[],
  ms: 0,
  embed: 0,
  coverage: 0,
  known: 1,
  vector: null as Float32Array | null,
  modelId: '',
  notices: [] as SearchNotice[],
};

/**
 * Runs keyword and vector search in parallel, fuses and reranks the hits, and merges neighbors. Reports the time per
 * stage. Search, chat and evals all use this function.
 */
export async function retrieve(core: Services, query: RetrieveQuery, signal?: AbortSignal): Promise<Retrieved> {
  const started = performance.now();
  const halves = await Promise.all(
    [query.query, ...(query.queryVariants ?? [])].map((wording) =>
      searchBoth(core, { ...query, query: wording.slice(0, MAX_QUERY_LENGTH) }, signal),
    ),
  );
  const fuseStarted = performance.now();
  const allHits = fuseQueries(
    halves.map(({ keyword, vector }) => {
      const similarHits = vector.hits.filter((hit) => (hit.cosine ?? hit.score) >= query.similarityFloor);
      return fuse(keyword.hits, similarHits, vector.coverage, keyword.known);
    }),
  );
  const fused = allHits.slice(0, Math.max(MIN_LOADED, query.limit * 3));
  const keys = fused.map((hit) => hit.key);
  const records = new Map((await core.search.load(query.filter.workspaceId, keys)).map((r) => [r.key, r]));
  const searchable = fused.filter((hit) => records.has(hit.key));
  const fuseMs = performance.now() - fuseStarted;
  const ranked = await rerank(core, query, searchable, records, signal);
  const chunks = ranked.hits.flatMap((hit) => records.get(hit.key) ?? []);
  const merged = mergeNeighbours(ranked.hits, chunks, query.limit);
  const passages = await Promise.all(merged.map((passage) => withText(core, passage)));
  const timings = {
    embed: longest(halves, ({ vector }) => vector.embed),
    keyword: longest(halves, ({ keyword }) => keyword.ms),
    vector: longest(halves, ({ vector }) => vector.ms),
    fuse: fuseMs,
    rerank: ranked.ms,
    total: performance.now() - started,
  };
  return {
    passages,
    hitCount: allHits.length,
    timings,
    notices: [...(halves[0]?.vector.notices ?? []), ...ranked.notices],
  };
}

async function searchBoth(core: Services, query: RetrieveQuery, signal?: AbortSignal) {
  const depth = Math.max(DEPTH, query.limit * 2);
  const [keyword, vector] = await Promise.all([
    query.mode === 'vector' ? NOTHING : core.search.keyword(query.query, query.filter, depth),
    query.mode === 'keyword' ? NOTHING : searchVectors(core, query, depth, signal),
  ]);
  if (query.mode !== 'hybrid') return { keyword, vector };
  const started = performance.now();
  const hits = await searchWithFeedback(core, query.filter, keyword.hits, vector, depth);
  return { keyword, vector: { ...vector, hits, ms: vector.ms + performance.now() - started } };
}

/** The queries run in parallel, so the longest one counts. */
function longest<T>(items: readonly T[], ms: (item: T) => number): number {
  return Math.max(0, ...items.map(ms));
}

/** If the embedder fails, a hybrid search continues with keywords only and adds a notice. */
async function searchVectors(
  core: Services,
  query: RetrieveQuery,
  depth: number,
  signal?: AbortSignal,
): Promise<typeof NOTHING> {
  try {
    return await embedAndSearch(core, query, depth, signal);
  } catch (error) {
    signal?.throwIfAborted();
    if (query.mode === 'vector' || !isAppError(error)) throw error;
    core.log.warn({ err: error }, 'vector search failed, keyword search only');
    const message = `Vector search failed, so only keyword search was used. ${error.message}`;
    return { ...NOTHING, notices: [{ code: 'vector-search-failed', message }] };
  }
}

async function embedAndSearch(
  core: Services,
  { query, filter, localOnly }: RetrieveQuery,
  depth: number,
  signal?: AbortSignal,
) {
  const started = performance.now();
  const embedder = await embedderOf(core, { id: filter.workspaceId, localOnly });
  const [vector] = await embedder.embed([query], 'query', signal);
  const embed = performance.now() - started;
  if (!vector) throw new AppError('EMBEDDER_FAILED');
  const found = await core.search.vector(vector, embedder.modelId, filter, depth);
  const notices = found.notices ?? [];
  return { ...found, known: 1, embed, coverage: embedder.coverage(query), vector, modelId: embedder.modelId, notices };
}

async function withText(core: Services, passage: Passage) {
  const first = passage.chunks[0];
  const last = passage.chunks.at(-1);
  if (!first || !last) throw new Error('a passage without chunks');
  const range = { start: first.start, end: last.end };
  if (first === last) return { ...passage, ...range, text: first.text };
  const found = await core.stores.documents.readText(first.documentId, range.start, range.end);
  return { ...passage, ...range, text: found?.text ?? first.text };
}
