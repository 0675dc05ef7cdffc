import type { RunEnd, StoredSource } from '@lorebox/ports/source-stores';
import { and, eq, inArray, lt } from '../../drizzle.ts';
import { prepareOnce } from '../connection.ts';
import { sourceItems, sourceRuns, sources } from '../schema/sources.ts';
import type { WriteContext } from '../writer/context.ts';
import { removeDocuments } from './document-writes.ts';
import { recordEvent } from './event-writes.ts';

type SourceRow = typeof sources.$inferSelect;
type Change = Partial<Omit<StoredSource, 'id' | 'workspaceId' | 'connector' | 'createdAt'>>;

/** Items that one step removes: some milliseconds of the writer's time. */
const STEP = 100;
const KEPT_RUNS = 20;

/** What people do with a source. */
export const sourceCommands = {
  'sources.create'({ orm }: WriteContext, source: StoredSource) {
    const run = { runId: null, cursor: null, pass: 1, isFull: false, mayRemoveMost: false };
    const fresh = { ...run, removedAt: null, keepDocuments: false };
    orm
      .insert(sources)
      .values({ ...source, ...fresh })
      .run();
  },
  'sources.update'(context: WriteContext, input: { id: string; change: Change; restart: boolean; at: Date }): boolean {
    const row = findSource(context, input.id);
    if (!row) return false;
    if (input.restart) cutRun(context, row, 'Restarted because the settings changed.', input.at);
    context.orm
      .update(sources)
      .set({ ...input.change, stalls: 0 })
      .where(eq(sources.id, row.id))
      .run();
    return true;
  },
  'sources.queue'(context: WriteContext, input: { id: string; at: Date; full: boolean }): boolean {
    const row = findSource(context, input.id);
    if (!row) return false;
    if (input.full) cutRun(context, row, 'Restarted as a full sync.', input.at);
    context.orm.update(sources).set({ nextRunAt: input.at }).where(eq(sources.id, row.id)).run();
    return true;
  },
  'sources.cancel'(context: WriteContext, input: { id: string; at: Date }): boolean {
    const { orm } = context;
    const row = findSource(context, input.id);
    const isQueued = row?.nextRunAt && row.nextRunAt <= input.at;
    if (!row || (row.runId === null && !isQueued)) return false;
    endOpenRun(context, row, 'cancelled', 'Cancelled. The next sync run continues from here.', input.at);
    orm
      .update(sources)
      .set({ runId: null, nextRunAt: nextOf(row, input.at) })
      .where(eq(sources.id, row.id))
      .run();
    return true;
  },
  'sources.remove'(context: WriteContext, input: { id: string; keepDocuments: boolean; at: Date }): boolean {
    const row = findSource(context, input.id);
    if (!row) return false;
    const gone = { removedAt: input.at, keepDocuments: input.keepDocuments, runId: null, nextRunAt: null };
    context.orm
      .update(sources)
      .set({ ...gone, secrets: null })
      .where(eq(sources.id, row.id))
      .run();
    return true;
  },
  'sources.removeStep'(context: WriteContext, at: Date): boolean {
    const { orm, raw } = context;
    const sql = 'select id from sources where removed_at is not null limit 1';
    const { id } = (prepareOnce(raw, sql).get() ?? {}) as { id?: string };
    const row = id === undefined ? undefined : orm.select().from(sources).where(eq(sources.id, id)).get();
    if (!row) return true;
    const items = orm.select().from(sourceItems).where(eq(sourceItems.sourceId, row.id)).limit(STEP).all();
    removeItems(context, row, items, at, row.keepDocuments);
    if (items.length < STEP) orm.delete(sources).where(eq(sources.id, row.id)).run();
    return false;
  },
};

export function findSource({ orm }: WriteContext, id: string): SourceRow | undefined {
  const row = orm.select().from(sources).where(eq(sources.id, id)).get();
  return row?.removedAt ? undefined : row;
}

/**
 * What the sync run at work still writes will not land; the next one lists and reads everything. Items keep their documents, which
 * know their bytes: what is the same is not ingested again.
 */
function cutRun(context: WriteContext, row: SourceRow, message: string, at: Date): void {
  endOpenRun(context, row, 'cancelled', message, at);
  const anew = { runId: null, cursor: null, isFull: false, mayRemoveMost: true, pass: row.pass + 1 };
  context.orm.update(sources).set(anew).where(eq(sources.id, row.id)).run();
  context.orm.update(sourceItems).set({ version: '' }).where(eq(sourceItems.sourceId, row.id)).run();
}

function endOpenRun(
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

/** Ends the sync run; somebody who asked for another one meanwhile gets it at once. */
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
  const counts = prepareOnce(raw, sql).get(runId) as Counts | undefined;
  if (!counts) return;
  const { id: sourceId, workspaceId, connector, name } = row;
  const data = { sourceId, connector, name, runId, counts };
  const about = { workspaceId, timestamp: at };
  if (end.state === 'succeeded') recordEvent(context, { ...about, type: 'source.synced', data });
  else recordEvent(context, { ...about, type: 'source.failed', data: { ...data, message: end.message } });
}

/** When the schedule has the sync run after this one. */
function nextOf({ enabled, everyMinutes }: SourceRow, at: Date): Date | null {
  return enabled && everyMinutes !== null ? new Date(at.getTime() + everyMinutes * 60_000) : null;
}

interface Counts {
  seen: number;
  added: number;
  changed: number;
  unchanged: number;
  removed: number;
  failed: number;
}

/** Items with their documents; those that somebody has deleted already are simply gone. */
export function removeItems(
  context: WriteContext,
  { id: sourceId, workspaceId }: Pick<SourceRow, 'id' | 'workspaceId'>,
  items: readonly (typeof sourceItems.$inferSelect)[],
  at: Date,
  keepDocuments = false,
): void {
  if (items.length === 0) return;
  const ids = items.map(({ externalId }) => externalId);
  const documentIds = items.map(({ documentId }) => documentId);
  if (!keepDocuments) removeDocuments(context, workspaceId, documentIds, at);
  const mine = and(eq(sourceItems.sourceId, sourceId), inArray(sourceItems.externalId, ids));
  context.orm.delete(sourceItems).where(mine).run();
}
