import type { SyncCounts } from '@lorebox/contract/source';
import type { RunEnd } from '@lorebox/ports/source-stores';
import { and, eq, lt } from '../../drizzle.ts';
import { recordEvent } from '../events/record-event.ts';
import { prepareOnce } from '../statements.ts';
import type { WriteContext } from '../writer/context.ts';
import { sourceRuns, sources } from './schema.ts';

export type SourceRow = typeof sources.$inferSelect;

/** Items removed per step: a few milliseconds on the writer thread. */
export const STEP = 100;

const KEPT_RUNS = 20;

export function findSource({ orm }: WriteContext, id: string): SourceRow | undefined {
  const row = orm.select().from(sources).where(eq(sources.id, id)).get();
  return row?.removedAt ? undefined : row;
}

export function endOpenRun(
  { orm }: WriteContext,
  row: SourceRow,
  state: 'cancelled' | RunEnd['state'],
  message: string | null,
  at: Date,
): void {
  if (row.runId === null) return;
  orm.update(sourceRuns).set({ state, message, endedAt: at }).where(eq(sourceRuns.id, row.runId)).run();
  const kept = orm
    .select({ id: sourceRuns.id })
    .from(sourceRuns)
    .where(eq(sourceRuns.sourceId, row.id))
    .all()
    .map(({ id }) => id)
    .sort();
  const oldest = kept.at(-KEPT_RUNS);
  if (oldest === undefined) return;
  const old = and(eq(sourceRuns.sourceId, row.id), lt(sourceRuns.id, oldest));
  orm.delete(sourceRuns).where(old).run();
}

/** Ends the sync run. If another one was requested in the meantime, it is due immediately. */
export function finishRun(context: WriteContext, row: SourceRow, end: RunEnd, at: Date): void {
  const { orm, raw } = context;
  const runId = row.runId;
  if (runId === null) return;
  endOpenRun(context, row, end.state, end.message, at);
  orm.update(sourceRuns).set({ isFull: end.isFull }).where(eq(sourceRuns.id, runId)).run();
  const nextRunAt = row.nextRunAt ?? nextOf(row, at);
  const next =
    end.state === 'succeeded' ? { pass: row.pass + 1, isFull: false, mayRemoveMost: end.hasHeldBack, stalls: 0 } : {};
  orm
    .update(sources)
    .set({ runId: null, nextRunAt, ...next })
    .where(eq(sources.id, row.id))
    .run();
  const sql = 'select seen, added, changed, unchanged, removed, failed from source_runs where id = ?';
  const counts = prepareOnce<[string], SyncCounts>(raw, sql).get(runId);
  if (!counts) return;
  const { id: sourceId, workspaceId, connector, name } = row;
  const data = { sourceId, connector, name, runId, counts };
  const about = { workspaceId, timestamp: at };
  if (end.state === 'succeeded') recordEvent(context, { ...about, type: 'source.synced', data });
  else recordEvent(context, { ...about, type: 'source.failed', data: { ...data, message: end.message } });
}

/** Returns the scheduled time of the next sync run. */
export function nextOf({ enabled, everyMinutes }: SourceRow, at: Date): Date | null {
  return enabled && everyMinutes !== null ? new Date(at.getTime() + everyMinutes * 60_000) : null;
}
