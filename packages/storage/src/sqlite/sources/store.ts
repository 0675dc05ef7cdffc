import type { OpenRun, SourceStore } from '@lorebox/ports/source-stores';
import { and, asc, count, desc, eq, isNotNull, isNull, lt, lte, or } from '../../drizzle.ts';
import { defineEntity } from '../entity.ts';
import { toPage } from '../page.ts';
import { prepareOnce, prepareValue } from '../statements.ts';
import { workspaces } from '../workspaces/schema.ts';
import { sourceCommands } from './commands.ts';
import { sourceRunCommands } from './run-commands.ts';
import { sourceItems, sourceRuns, sources } from './schema.ts';
import { toRun, toSource, toStoredSource } from './to-source.ts';

interface KnownItemRow {
  version: string;
  /** JSON. */
  state: string | null;
  pass: number;
}

export const sourceEntity = defineEntity(
  { ...sourceCommands, ...sourceRunCommands },
  ({ orm, raw }, writer): SourceStore => {
    const alive = and(isNull(sources.removedAt), isNull(workspaces.removedAt));
    const found = () =>
      orm.select({ row: sources }).from(sources).innerJoin(workspaces, eq(workspaces.id, sources.workspaceId));

    function describe(row: typeof sources.$inferSelect) {
      const mine = eq(sourceRuns.sourceId, row.id);
      const run = orm.select().from(sourceRuns).where(mine).orderBy(desc(sourceRuns.id)).limit(1).get();
      const items = orm.select({ n: count() }).from(sourceItems).where(eq(sourceItems.sourceId, row.id)).get();
      return toSource(row, run ?? null, items?.n ?? 0, new Date());
    }

    const runOf = ({ runId, pass, source }: OpenRun) => ({ runId, pass, sourceId: source.id });

    return {
      create: (source) => writer.run('sources.create', source),
      async get(id) {
        const one = found()
          .where(and(eq(sources.id, id), alive))
          .get();
        return one ? describe(one.row) : null;
      },
      async stored(id) {
        const one = found()
          .where(and(eq(sources.id, id), alive))
          .get();
        return one ? toStoredSource(one.row) : null;
      },
      async list({ workspaceId, cursor, limit }) {
        const after = cursor === undefined ? undefined : lt(sources.id, cursor);
        const where = and(eq(sources.workspaceId, workspaceId), alive, after);
        const rows = found()
          .where(where)
          .orderBy(desc(sources.id))
          .limit(limit + 1)
          .all();
        return toPage(
          rows,
          limit,
          ({ row }) => describe(row),
          ({ row }) => row.id,
        );
      },
      update: (id, change, restart) => writer.run('sources.update', { id, change, restart, at: new Date() }),
      queue: (id, at, full) => writer.run('sources.queue', { id, at, full }),
      cancel: (id, at) => writer.run('sources.cancel', { id, at }),
      remove: (id, keepDocuments, at) => writer.run('sources.remove', { id, keepDocuments, at }),
      async listRuns({ sourceId, cursor, limit }) {
        const after = cursor === undefined ? undefined : lt(sourceRuns.id, cursor);
        const rows = orm
          .select()
          .from(sourceRuns)
          .where(and(eq(sourceRuns.sourceId, sourceId), after))
          .orderBy(desc(sourceRuns.id))
          .limit(limit + 1)
          .all();
        return toPage(rows, limit, toRun, ({ id }) => id);
      },
      async countFailing() {
        const last = `select state from source_runs r where r.source_id = s.id and r.ended_at is not null
          order by r.id desc limit 1`;
        const failing = `select count(*) from sources s where removed_at is null and enabled = 1 and (${last}) = 'failed'`;
        return prepareValue<[], number>(raw, failing).get() ?? 0;
      },
      async due(now, limit) {
        // A sync run that was interrupted by a stop has no next time.
        const isCut = and(isNull(sources.nextRunAt), isNotNull(sources.runId));
        const rows = found()
          .where(and(alive, or(lte(sources.nextRunAt, now), isCut)))
          .orderBy(asc(sources.nextRunAt))
          .limit(limit)
          .all();
        return rows.map(({ row }) => ({ id: row.id, isSuspect: row.stalls > 0 }));
      },
      async isEmpty() {
        return orm.select({ id: sources.id }).from(sources).limit(1).get() === undefined;
      },
      async enabled() {
        const rows = found()
          .where(and(alive, eq(sources.enabled, true)))
          .all();
        return rows.map(({ row }) => toStoredSource(row));
      },
      beginRun: (id, runId, at) => writer.run('sources.beginRun', { id, runId, at }),
      async known(sourceId, externalId) {
        const sql = 'select version, state, pass from source_items where source_id = ? and external_id = ?';
        const row = prepareOnce<[string, string], KnownItemRow>(raw, sql).get(sourceId, externalId);
        return row ? { ...row, state: row.state === null ? null : JSON.parse(row.state) } : null;
      },
      putItem: (run, item, at) => writer.run('sources.putItem', { run: runOf(run), item, at }),
      deleteItem: (run, externalId, at) => writer.run('sources.deleteItem', { run: runOf(run), externalId, at }),
      saveProgress: (run, progress) => writer.run('sources.saveProgress', { run: runOf(run), progress }),
      async countUnseen({ source, pass }) {
        const sql = 'select count(*) items, coalesce(sum(pass <> ?), 0) unseen from source_items where source_id = ?';
        const counts = prepareOnce<[number, string], { items: number; unseen: number }>(raw, sql).get(pass, source.id);
        return counts ?? { items: 0, unseen: 0 };
      },
      sweepStep: (run, at) => writer.run('sources.sweepStep', { run: runOf(run), at }),
      postponeRun: (run, message, nextRunAt) =>
        writer.run('sources.postponeRun', { run: runOf(run), message, nextRunAt }),
      endRun: (run, end, at) => writer.run('sources.endRun', { run: runOf(run), end, at }),
      endStalled: (at) => writer.run('sources.endStalled', { at }),
      removeStep: (at) => writer.run('sources.removeStep', at),
    };
  },
);
