import { AppError } from '@lorebox/contract/errors';
import type { SearchMode, SearchTimings } from '@lorebox/contract/search';
import type { IndexHit, SearchFilter } from '@lorebox/ports/search-index';
import type { Core } from '../core.ts';
import { embedderOf } from '../embeddings/choose-embedder.ts';
import { fuse } from './fuse.ts';
import { mergeNeighbours, type Passage } from './merge-neighbours.ts';

export interface RetrieveQuery {
  query: string;
  filter: SearchFilter;
  mode: SearchMode;
  limit: number;
  similarityFloor: number;
}

export interface Retrieved {
  passages: (Passage & { start: number; end: number; text: string })[];
  timings: SearchTimings;
}

/** How many hits of each half go into the fusion. */
const DEPTH = 100;

/** Both halves side by side, fused, neighbours merged, with time by stage. The one copy of retrieval. */
export async function retrieve(core: Core, query: RetrieveQuery, signal?: AbortSignal): Promise<Retrieved> {
  const started = performance.now();
  const depth = Math.max(DEPTH, query.limit * 2);
  const none = { hits: [] as IndexHit[], ms: 0, embed: 0, coverage: 0 };
  const [keyword, vector] = await Promise.all([
    query.mode === 'vector' ? none : core.search.keyword(query.query, query.filter, depth),
    query.mode === 'keyword' ? none : searchVectors(core, query, depth, signal),
  ]);
  const fuseStarted = performance.now();
  const near = vector.hits.filter((hit) => hit.score >= query.similarityFloor);
  const fused = fuse(keyword.hits, near, vector.coverage).slice(0, query.limit * 3);
  const records = new Map(
    (
      await core.search.load(
        query.filter.workspaceId,
        fused.map((hit) => hit.key),
      )
    ).map((r) => [r.key, r]),
  );
  const alive = fused.filter((hit) => records.has(hit.key));
  const merged = mergeNeighbours(
    alive,
    alive.flatMap((hit) => records.get(hit.key) ?? []),
    query.limit,
  );
  const passages = await Promise.all(merged.map((passage) => withText(core, passage)));
  const timings = {
    embed: vector.embed,
    keyword: keyword.ms,
    vector: vector.ms,
    fuse: performance.now() - fuseStarted,
    total: performance.now() - started,
  };
  return { passages, timings };
}

async function searchVectors(core: Core, { query, filter }: RetrieveQuery, depth: number, signal?: AbortSignal) {
  const started = performance.now();
  const embedder = await embedderOf(core, { id: filter.workspaceId });
  const [vector] = await embedder.embed([query], 'query', signal);
  const embed = performance.now() - started;
  if (!vector) throw new AppError('EMBEDDER_FAILED');
  const found = await core.search.vector(vector, embedder.modelId, filter, depth);
  return { ...found, embed, coverage: embedder.coverage(query) };
}

async function withText(core: Core, passage: Passage) {
  const first = passage.chunks[0];
  const last = passage.chunks.at(-1);
  if (!first || !last) throw new Error('a passage without chunks');
  const range = { start: first.start, end: last.end };
  if (first === last) return { ...passage, ...range, text: first.text };
  const found = await core.documents.readText(first.documentId, range.start, range.end);
  return { ...passage, ...range, text: found?.text ?? first.text };
}
