import type { StoredSource } from '@lorebox/ports/source-stores';
import { eq } from '../../drizzle.ts';
import { prepareValue } from '../statements.ts';
import type { WriteContext } from '../writer/context.ts';
import { endOpenRun, findSource, nextOf, type SourceRow, STEP } from './finish-run.ts';
import { removeItems } from './remove-items.ts';
import { sourceItems, sources } from './schema.ts';

type Change = Partial<Omit<StoredSource, 'id' | 'workspaceId' | 'connector' | 'createdAt'>>;

/** Commands that users run on a source. */
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
    const id = prepareValue<[], string>(raw, sql).get();
    const row = id === undefined ? undefined : orm.select().from(sources).where(eq(sources.id, id)).get();
    if (!row) return true;
    const items = orm.select().from(sourceItems).where(eq(sourceItems.sourceId, row.id)).limit(STEP).all();
    removeItems(context, row, items, at, row.keepDocuments);
    if (items.length < STEP) orm.delete(sources).where(eq(sources.id, row.id)).run();
    return false;
  },
};

/**
 * Invalidates the writes of the current sync run. The next one lists and reads everything. Items keep their documents,
 * whose hashes are known: unchanged content is not ingested again.
 */
function cutRun(context: WriteContext, row: SourceRow, message: string, at: Date): void {
  endOpenRun(context, row, 'cancelled', message, at);
  const restarted = { runId: null, cursor: null, isFull: false, mayRemoveMost: true, pass: row.pass + 1 };
  context.orm.update(sources).set(restarted).where(eq(sources.id, row.id)).run();
  context.orm.update(sourceItems).set({ version: '' }).where(eq(sourceItems.sourceId, row.id)).run();
}
