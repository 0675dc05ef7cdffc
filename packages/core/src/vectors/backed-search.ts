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
  /** The backend has less of the workspace than it should. */
  requestRecheck(workspaceId: string): void;
}

const DEADLINE_MS = 3000;
/** Candidates beyond those wanted, for what was deleted or changed meanwhile. */
const SPARE = 32;
/** After a failure searches don't wait for the backend again at once. */
const PAUSE_MS = 5000;

/**
 * The backend proposes; SQLite scores exactly, adds what the backend doesn't have yet, and says what is searchable. Without
 * the backend the same hits come from the scan in memory, with a notice.
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
