import { isAppError } from '@lorebox/contract/errors';
import type { SearchNotice } from '@lorebox/contract/reranker';
import type { Clock, Log } from '@lorebox/ports/runtime';
import type { CandidateScorer, SearchIndex } from '@lorebox/ports/search-index';
import type { VectorBackend } from '@lorebox/ports/vector-backend';
import type { VectorSyncStore } from '@lorebox/ports/vector-sync-store';

interface BackedSearchDeps {
  index: SearchIndex & CandidateScorer;
  backend: VectorBackend;
  vectorSyncs: VectorSyncStore;
  clock: Clock;
  log: Log;
  /** Reports that the backend has too few vectors of the workspace. */
  requestRecheck(workspaceId: string): void;
}

const DEADLINE_MS = 3000;
/** Extra candidates, to make up for those that were deleted or changed meanwhile. */
const SPARE = 32;
/** Time after a failure during which searches skip the backend. */
const PAUSE_MS = 5000;

/**
 * The backend proposes candidates. SQLite scores them exactly, adds what the backend doesn't have yet, and decides what
 * is searchable. If the backend fails, the in-memory scan returns the same hits with a notice.
 */
export function withVectorBackend(deps: BackedSearchDeps): SearchIndex['vector'] {
  const { index, backend, vectorSyncs, clock } = deps;
  let paused: { until: number; notice: SearchNotice } | null = null;

  return async (vector, modelId, filter, limit) => {
    const search = () => index.vector(vector, modelId, filter, limit);
    const state = await vectorSyncs.searchState(filter.workspaceId, modelId);
    if (!state) return search();
    if (paused && clock.now() < paused.until) return { ...(await search()), notices: [paused.notice] };
    const started = clock.now();
    try {
      const deadline = AbortSignal.timeout(DEADLINE_MS);
      const proposed = await backend.search(state.collection, vector, filter, limit * 2 + SPARE, deadline);
      paused = null;
      const scored = await index.scoreCandidates(vector, modelId, filter, limit, {
        keys: proposed.map(({ key }) => key),
        after: state.syncedKey,
        documentIds: state.changedDocuments,
      });
      if (scored && !scored.isShort) return { hits: scored.hits, ms: clock.now() - started };
      if (!scored) return search();
      deps.requestRecheck(filter.workspaceId);
      return { ...(await search()), notices: [isShort(backend)] };
    } catch (error) {
      const notice = failed(backend, error);
      paused = { until: clock.now() + PAUSE_MS, notice };
      deps.log.warn({ err: error, backend: backend.id }, notice.message);
      deps.requestRecheck(filter.workspaceId);
      return { ...(await search()), notices: [notice] };
    }
  };
}

function isShort(backend: VectorBackend): SearchNotice {
  const message = `Search ran without the vector backend ${backend.id} because passages are missing there. It is being checked.`;
  return { code: 'vector-backend-failed', message };
}

function failed(backend: VectorBackend, error: unknown): SearchNotice {
  const isLate = error instanceof Error && error.name === 'TimeoutError';
  const late = `It took longer than ${DEADLINE_MS} ms.`;
  const reason = isLate ? late : isAppError(error) ? error.message : 'Internal error. See the server log.';
  return {
    code: 'vector-backend-failed',
    message: `Search ran without the vector backend ${backend.id}. ${reason}`,
  };
}
