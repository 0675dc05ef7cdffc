import { AppError } from '@lorebox/contract/errors';
import type { SyncCounts } from '@lorebox/contract/source';
import type { ItemWrite, OpenRun, RunEnd, RunProgress } from '@lorebox/ports/source-stores';
import { and, eq, isNull, ne } from '../../drizzle.ts';
import { addDocument } from '../documents/add-document.ts';
import { prepareOnce } from '../statements.ts';
import { hasWorkspace } from '../workspaces/has-workspace.ts';
import type { WriteContext } from '../writer/context.ts';
import { findSource, finishRun } from './finish-run.ts';
import { removeItems } from './remove-items.ts';
import { sourceItems, sourceRuns, sources } from './schema.ts';
import { toStoredSource } from './to-source.ts';

type SourceRow = typeof sources.$inferSelect;

/** Identifies a run across threads. */
type Run = Pick<OpenRun, 'runId' | 'pass'> & { sourceId: string };

const STEP = 100;

const KEPT_PROBLEMS = 100;

const MAX_STALLS = 3;

const STALL_PAUSE_MS = 10_000;

/** Commands of a sync run. */
export const sourceRunCommands = {
  'sources.beginRun'(context: WriteContext, input: { id: string; runId: string; at: Date }): OpenRun | null {
    const { orm } = context;
    const row = findSource(context, input.id);
    if (!row || !hasWorkspace(context, row.workspaceId)) return null;
    const runId = row.runId ?? input.runId;
    if (row.runId === null) insertRun(context, { id: runId, sourceId: row.id, startedAt: input.at });
    else orm.update(sourceRuns).set({ state: 'running', message: null }).where(eq(sourceRuns.id, runId)).run();
    orm.update(sources).set({ runId, nextRunAt: null }).where(eq(sources.id, row.id)).run();
    const run = orm.select().from(sourceRuns).where(eq(sourceRuns.id, runId)).get();
    const { cursor, pass, isFull, mayRemoveMost } = row;
    return { runId, source: toStoredSource(row), cursor, pass, isFull, mayRemoveMost, attempts: run?.attempts ?? 0 };
  },
  'sources.putItem'(
    context: WriteContext,
    { run, item, at }: { run: Run; item: ItemWrite; at: Date },
  ): 'added' | 'changed' | 'unchanged' {
    const { orm } = context;
    const source = requireRun(context, run);
    const known = findItem(context, run.sourceId, item.externalId);
    const accepted = addDocument(context, item.document, at);
    const outcome = outcomeOf(known, accepted);
    const { externalId, version, state } = item;
    const row = { version, state, documentId: accepted.id, pass: run.pass };
    orm
      .insert(sourceItems)
      .values({ sourceId: source.id, externalId, ...row })
      .onConflictDoUpdate({ target: [sourceItems.sourceId, sourceItems.externalId], set: row })
      .run();
    count(context, run.runId, { seen: known?.pass === run.pass ? 0 : 1, [outcome]: 1 });
    return outcome;
  },
  'sources.deleteItem'(context: WriteContext, input: { run: Run; externalId: string; at: Date }): boolean {
    const source = requireRun(context, input.run);
    const known = findItem(context, source.id, input.externalId);
    if (!known) return false;
    removeItems(context, source, [known], input.at);
    count(context, input.run.runId, { removed: 1 });
    return true;
  },
  'sources.saveProgress'(context: WriteContext, { run, progress }: { run: Run; progress: RunProgress }) {
    requireRun(context, run);
    const { seen, failures, checkpoint } = progress;
    const found = seen.reduce((sum, id) => sum + markSeen(context, run, id), 0);
    count(context, run.runId, { seen: found, unchanged: found });
    noteFailures(context, run, failures);
    if (checkpoint) context.orm.update(sources).set(checkpoint).where(eq(sources.id, run.sourceId)).run();
  },
  'sources.sweepStep'(context: WriteContext, { run, at }: { run: Run; at: Date }): number {
    const source = requireRun(context, run);
    const gone = and(eq(sourceItems.sourceId, source.id), ne(sourceItems.pass, run.pass));
    const items = context.orm.select().from(sourceItems).where(gone).limit(STEP).all();
    removeItems(context, source, items, at);
    count(context, run.runId, { removed: items.length });
    return items.length;
  },
  'sources.postponeRun'(context: WriteContext, input: { run: Run; message: string; nextRunAt: Date }) {
    const { id } = requireRun(context, input.run);
    const sql = "update source_runs set state = 'waiting', message = ?, attempts = attempts + 1 where id = ?";
    prepareOnce(context.raw, sql).run(input.message, input.run.runId);
    context.orm.update(sources).set({ nextRunAt: input.nextRunAt }).where(eq(sources.id, id)).run();
  },
  /** Ends every active run after the thread was terminated, because the responsible run is unknown. */
  'sources.endStalled'(context: WriteContext, input: { at: Date }): number {
    const { orm } = context;
    const atWork = orm
      .select({ source: sources })
      .from(sources)
      .innerJoin(sourceRuns, eq(sourceRuns.id, sources.runId))
      .where(and(isNull(sources.removedAt), eq(sourceRuns.state, 'running')))
      .all();
    for (const { source } of atWork) endStalledRun(context, source, input.at);
    return atWork.length;
  },
  'sources.endRun'(context: WriteContext, { run, end, at }: { run: Run; end: RunEnd; at: Date }) {
    finishRun(context, requireRun(context, run), end, at);
  },
};

function endStalledRun(context: WriteContext, row: SourceRow, at: Date): void {
  const stalls = row.stalls + 1;
  const isDisabled = stalls >= MAX_STALLS;
  const message = isDisabled
    ? `The sync stopped responding ${stalls} times, so the source was disabled. Change its settings, then enable it again.`
    : `The sync stopped responding and was stopped (${stalls} of ${MAX_STALLS}). It will be retried automatically.`;
  finishRun(context, row, { state: 'failed', isFull: false, message }, at);
  const next = isDisabled
    ? { enabled: false, nextRunAt: null }
    : { nextRunAt: new Date(at.getTime() + stalls * STALL_PAUSE_MS) };
  context.orm
    .update(sources)
    .set({ stalls, ...next })
    .where(eq(sources.id, row.id))
    .run();
}

function insertRun({ orm }: WriteContext, about: { id: string; sourceId: string; startedAt: Date }): void {
  const counts = { seen: 0, added: 0, changed: 0, unchanged: 0, removed: 0, failed: 0 };
  const fresh = { state: 'running', isFull: false, attempts: 0, message: null, endedAt: null } as const;
  orm
    .insert(sourceRuns)
    .values({ ...about, ...counts, ...fresh, problems: [] })
    .run();
}

function requireRun(context: WriteContext, { sourceId, runId }: Run): SourceRow {
  const row = findSource(context, sourceId);
  const isAlive = row?.runId === runId && hasWorkspace(context, row.workspaceId);
  if (!isAlive) throw new AppError('CONFLICT', 'This sync run has already ended.');
  return row;
}

type ItemRow = typeof sourceItems.$inferSelect;

function findItem({ orm }: WriteContext, sourceId: string, externalId: string): ItemRow | undefined {
  const mine = and(eq(sourceItems.sourceId, sourceId), eq(sourceItems.externalId, externalId));
  return orm.select().from(sourceItems).where(mine).get();
}

function outcomeOf(known: ItemRow | undefined, accepted: { id: string; unchanged: boolean }) {
  if (known?.documentId !== accepted.id) return 'added';
  return accepted.unchanged ? 'unchanged' : 'changed';
}

/** Returns 1 if this sync run had not seen it before. */
function markSeen({ raw }: WriteContext, { sourceId, pass }: Run, externalId: string): number {
  const sql = 'update source_items set pass = ? where source_id = ? and external_id = ? and pass <> ?';
  return prepareOnce(raw, sql).run(pass, sourceId, externalId, pass).changes;
}

/** Items that are listed again after an interruption are not counted twice. */
function noteFailures(context: WriteContext, run: Run, failures: RunProgress['failures']): void {
  if (failures.length === 0) return;
  const { orm } = context;
  const row = orm.select().from(sourceRuns).where(eq(sourceRuns.id, run.runId)).get();
  const problems = row?.problems ?? [];
  const known = new Set(problems.map(({ item }) => item));
  const fresh = failures.filter(({ item }) => !known.has(item));
  for (const { item } of failures) markSeen(context, run, item);
  const kept = [...problems, ...fresh].slice(0, KEPT_PROBLEMS);
  orm.update(sourceRuns).set({ problems: kept }).where(eq(sourceRuns.id, run.runId)).run();
  count(context, run.runId, { seen: fresh.length, failed: fresh.length });
}

function count({ raw }: WriteContext, runId: string, by: Partial<SyncCounts>): void {
  const { seen = 0, added = 0, changed = 0, unchanged = 0, removed = 0, failed = 0 } = by;
  const sql =
    'update source_runs set seen = seen + ?, added = added + ?, changed = changed + ?, unchanged = unchanged + ?, ' +
    'removed = removed + ?, failed = failed + ? where id = ?';
  prepareOnce(raw, sql).run(seen, added, changed, unchanged, removed, failed, runId);
}
