import { isAppError } from '@lorebox/contract/errors';
import type { SearchNotice } from '@lorebox/contract/reranker';
import type { ChunkRecord } from '@lorebox/ports/search-index';
import type { Services } from '../core.ts';
import { passageInput } from '../embeddings/embed-passages.ts';
import { localOnlyError } from '../models/local-only-error.ts';
import { requireAllowed } from '../models/require-allowed.ts';
import { currentSettings } from '../settings/current-settings.ts';
import type { FusedHit } from './fuse.ts';

/** Passages that are judged once more: deeper ones are hardly ever the best, and each costs tens of milliseconds. */
const DEPTH = 30;

export interface RankedHit extends FusedHit {
  rerankScore: number | null;
}

/**
 * Puts the best hits into the order of the workspace's reranker. What has the query word by word stays first. When the reranker
 * fails or takes too long, the hits are as they were, and the notice says so.
 */
export async function rerank(
  core: Services,
  wanted: { query: string; reranker: string | null; localOnly: boolean },
  hits: readonly FusedHit[],
  records: ReadonlyMap<number, ChunkRecord>,
  signal?: AbortSignal,
): Promise<{ hits: RankedHit[]; notices: SearchNotice[]; ms: number }> {
  const asTheyAre = hits.map((hit) => ({ ...hit, rerankScore: null }));
  const name = wanted.reranker ?? (await currentSettings(core)).reranker;
  if (name === 'off' || hits.length < 2) return { hits: asTheyAre, notices: [], ms: 0 };
  const started = performance.now();
  const deadline = AbortSignal.timeout(core.models.rerankTimeoutMs);
  const stop = signal ? AbortSignal.any([signal, deadline]) : deadline;
  const top = asTheyAre.slice(0, DEPTH);
  try {
    if (wanted.reranker !== null) await requireAllowed(core, 'reranker', name);
    if (wanted.localOnly && !core.models.rerankers.isLocal(name)) throw localOnlyError(`the reranker "${name}"`);
    const reranker = core.models.rerankers.get(name);
    const passages = top.map(({ key }) => toPassage(records.get(key)));
    const scores = (await reranker?.score(wanted.query, passages, stop)) ?? [];
    const judged = top.map((hit, i) => ({ ...hit, rerankScore: scores[i] ?? null }));
    judged.sort((a, b) => Number(b.isExact) - Number(a.isExact) || (b.rerankScore ?? 0) - (a.rerankScore ?? 0));
    return { hits: [...judged, ...asTheyAre.slice(DEPTH)], notices: [], ms: performance.now() - started };
  } catch (error) {
    signal?.throwIfAborted();
    const notice = deadline.aborted ? tooSlow(name, core.models.rerankTimeoutMs) : failed(name, error);
    core.log.warn({ err: error, reranker: name }, notice.message);
    return { hits: asTheyAre, notices: [notice], ms: performance.now() - started };
  }
}

function toPassage(record: ChunkRecord | undefined): string {
  return record ? passageInput(record) : '';
}

function tooSlow(name: string, ms: number): SearchNotice {
  const message = `Search ran without the reranker ${name} because it took longer than ${ms} ms. To give it more time, raise LOREBOX_RERANK_TIMEOUT_MS.`;
  return { code: 'rerank-timeout', message };
}

function failed(name: string, error: unknown): SearchNotice {
  const reason = isAppError(error) ? error.message : 'Internal error. See the server log.';
  return { code: 'rerank-failed', message: `Search ran without the reranker ${name}. ${reason}` };
}
