import type { Connection } from '../connection.ts';
import { prepareOnce } from '../statements.ts';

/** Recent ingest steps to look at: enough to estimate a rate, few enough to read on every poll. */
const STEPS = 300;

const MIN_DOCUMENTS = 3;

/**
 * Returns the recent rate of documents per second that became ready or failed. Null while there are too few to tell.
 */
export function paceOf({ raw }: Connection, workspaceId: string): number | null {
  const sql = 'select status, at from ingest_events where workspace_id = ? order by id desc limit ?';
  const steps = prepareOnce<[string, number], { status: string; at: number }>(raw, sql).all(workspaceId, STEPS);
  const ended = steps.filter(({ status }) => status !== 'processing');
  const since = ended.at(-1)?.at;
  if (since === undefined || ended.length < MIN_DOCUMENTS) return null;
  const seconds = (Date.now() - since) / 1000;
  return seconds > 0 ? ended.length / seconds : null;
}
