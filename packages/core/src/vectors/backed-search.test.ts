import { AppError } from '@lorebox/contract/errors';
import type { CandidateScorer, IndexHit, SearchIndex } from '@lorebox/ports/search-index';
import type { VectorBackend } from '@lorebox/ports/vector-backend';
import type { VectorSearchState, VectorSyncStore } from '@lorebox/ports/vector-sync-store';
import { beforeEach, expect, it, vi } from 'vitest';
import { withVectorBackend } from './backed-search.ts';

const FILTER = { workspaceId: 'ws_a', metadata: { kind: 'memo' } };
const LOCAL: IndexHit[] = [{ key: 1, score: 0.5 }];
const vector = new Float32Array([1, 0]);

let now = 0;
let state: VectorSearchState | null;
const search = vi.fn<VectorBackend['search']>();
const scoreCandidates = vi.fn<CandidateScorer['scoreCandidates']>();
const local = vi.fn<SearchIndex['vector']>(async () => ({ hits: LOCAL, ms: 1 }));
const requestRecheck = vi.fn();

/** Implements only the methods that the tests need. */
function part<T>(some: Partial<T>): T {
  return some as T;
}

const backed = () =>
  withVectorBackend({
    index: part<SearchIndex & CandidateScorer>({ vector: local, scoreCandidates }),
    backend: part<VectorBackend>({ id: 'qdrant', search }),
    vectorSyncs: part<VectorSyncStore>({ searchState: async () => state }),
    clock: { now: () => now },
    log: { debug() {}, info() {}, warn() {}, error() {} },
    requestRecheck,
  });

beforeEach(() => {
  vi.clearAllMocks();
  now = 0;
  state = { collection: { name: 'lorebox_1', dimension: 2 }, syncedKey: 40, changedDocuments: ['doc_x'] };
  search.mockResolvedValue([{ key: 7, score: 0.9 }]);
  scoreCandidates.mockResolvedValue({ hits: [{ key: 7, score: 0.91 }], isShort: false, ms: 1 });
});

it('queries with the filter and extra candidates, and scores the rest in SQLite', async () => {
  const found = await backed()(vector, 'model', FILTER, 10);
  expect(found.hits).toEqual([{ key: 7, score: 0.91 }]);
  expect(found.notices).toBeUndefined();
  expect(search).toHaveBeenCalledWith(state?.collection, vector, FILTER, 52, expect.any(AbortSignal));
  const candidates = { keys: [7], after: 40, documentIds: ['doc_x'] };
  expect(scoreCandidates).toHaveBeenCalledWith(vector, 'model', FILTER, 10, candidates);
  expect(local).not.toHaveBeenCalled();
});

it('searches only in SQLite if the state of the backend is unknown, or too much of it is outdated', async () => {
  scoreCandidates.mockResolvedValue(null);
  expect(await backed()(vector, 'model', FILTER, 10)).toEqual({ hits: LOCAL, ms: 1 });
  state = null;
  expect(await backed()(vector, 'model', FILTER, 10)).toEqual({ hits: LOCAL, ms: 1 });
  expect(search).toHaveBeenCalledTimes(1);
});

it('returns the hits of the scan with a notice, and requests a recheck, if the backend has too few vectors', async () => {
  scoreCandidates.mockResolvedValue({ hits: [], isShort: true, ms: 1 });
  const found = await backed()(vector, 'model', FILTER, 10);
  expect(found).toMatchObject({ hits: LOCAL, notices: [{ code: 'vector-backend-failed' }] });
  expect(requestRecheck).toHaveBeenCalledWith('ws_a');
});

it('skips a backend for a while after a failure', async () => {
  search.mockRejectedValue(new AppError('VECTOR_BACKEND_FAILED', 'Qdrant is out.'));
  const ask = backed();
  expect((await ask(vector, 'model', FILTER, 10)).notices?.[0]?.message).toContain('Qdrant is out.');
  search.mockResolvedValue([]);
  expect((await ask(vector, 'model', FILTER, 10)).notices).toHaveLength(1);
  expect(search).toHaveBeenCalledTimes(1);
  now = 5001;
  expect((await ask(vector, 'model', FILTER, 10)).notices).toBeUndefined();
  expect(search).toHaveBeenCalledTimes(2);
});
