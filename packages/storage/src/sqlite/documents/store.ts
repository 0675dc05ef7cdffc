import type { DocumentStore } from '@lorebox/ports/document-stores';
import { and, asc, count, desc, eq, gt, isNull, lt, max, sql } from '../../drizzle.ts';
import { blobCommands } from '../blobs/commands.ts';
import { excludedRanges, listChunks } from '../chunks/list-chunks.ts';
import { defineEntity } from '../entity.ts';
import { paceOf } from '../ingest/pace.ts';
import { ingestEvents } from '../ingest/schema.ts';
import { jobs } from '../jobs/schema.ts';
import { toPage } from '../page.ts';
import { createQueryCache, prepareValue } from '../statements.ts';
import { documentCommands } from './commands.ts';
import { findListed, listFolders } from './find-listed.ts';
import { publicDocument } from './public-columns.ts';
import { documents, texts } from './schema.ts';
import { readRange } from './text-parts.ts';

/** Many small transactions instead of a long one, so that other writes run in between. */
const ADD_BATCH = 50;

export const documentEntity = defineEntity(
  { ...documentCommands, ...blobCommands },
  (connection, writer): DocumentStore => {
    const { raw, orm } = connection;
    const alive = isNull(documents.removedAt);
    const newestText = orm
      .select({ revision: texts.revision, length: texts.length })
      .from(texts)
      .innerJoin(documents, eq(documents.id, texts.documentId))
      .where(and(eq(documents.id, sql.placeholder('id')), alive))
      .orderBy(desc(sql`${texts.revision} = ${documents.searchableRevision}`), desc(texts.revision))
      .limit(1);
    const textOf = newestText.prepare();
    const blocksOf = orm
      .select({ blocks: texts.blocks })
      .from(texts)
      .where(
        and(
          eq(texts.documentId, sql.placeholder('id')),
          eq(texts.revision, sql.placeholder('revision')),
          sql`instr(${texts.blocks}, '"table-row"') > 0`,
        ),
      )
      .prepare();
    const byId = orm
      .select(publicDocument)
      .from(documents)
      .where(and(eq(documents.id, sql.placeholder('id')), alive))
      .prepare();
    const contentOf = orm
      .select({
        filename: documents.filename,
        contentType: documents.contentType,
        size: documents.size,
        sha256: documents.sha256,
        source: documents.source,
        updatedAt: documents.updatedAt,
      })
      .from(documents)
      .where(and(eq(documents.id, sql.placeholder('id')), alive))
      .prepare();
    const byStatus = orm
      .select({ status: documents.status, n: count() })
      .from(documents)
      .where(and(eq(documents.workspaceId, sql.placeholder('workspaceId')), alive))
      .groupBy(documents.status)
      .prepare();

    const pinned = orm
      .select(publicDocument)
      .from(documents)
      .where(
        and(
          eq(documents.workspaceId, sql.placeholder('workspaceId')),
          eq(documents.pinned, sql`1`),
          eq(documents.status, 'ready'),
          alive,
        ),
      )
      .orderBy(asc(documents.id))
      .limit(100)
      .prepare();

    const prepareList = (has: { status: boolean; externalId: boolean; cursor: boolean; isDescending: boolean }) => {
      const [after, sorted] = has.isDescending ? [lt, desc] : [gt, asc];
      const where = and(
        eq(documents.workspaceId, sql.placeholder('workspaceId')),
        alive,
        has.status ? eq(documents.status, sql.placeholder('status')) : undefined,
        has.externalId ? eq(documents.externalId, sql.placeholder('externalId')) : undefined,
        has.cursor ? after(documents.id, sql.placeholder('cursor')) : undefined,
      );
      const found = orm.select(publicDocument).from(documents).where(where).orderBy(sorted(documents.id));
      return found.limit(sql.placeholder('limit')).prepare();
    };
    const listQuery = createQueryCache<ReturnType<typeof prepareList>>();

    return {
      async get(id) {
        return byId.get({ id }) ?? null;
      },
      async listPinned(workspaceId) {
        return pinned.all({ workspaceId });
      },
      async list(list) {
        const { workspaceId, status, externalId, order, cursor, limit } = list;
        const isSorted = list.sort !== undefined && list.sort !== 'created';
        if (isSorted || list.query || list.folder !== undefined) {
          return toPage(
            findListed(connection, { ...list, query: list.query || undefined }),
            limit,
            (row) => row,
            (row) => row.id,
          );
        }
        const shape = {
          status: status !== undefined,
          externalId: externalId !== undefined,
          cursor: cursor !== undefined,
          isDescending: order === 'desc',
        };
        const query = listQuery(JSON.stringify(shape), () => prepareList(shape));
        const rows = query.all({ workspaceId, status, externalId, cursor, limit: limit + 1 });
        return toPage(
          rows,
          limit,
          (row) => row,
          (row) => row.id,
        );
      },
      listFolders: async (workspaceId) => listFolders(connection, workspaceId),
      async readText(id, start, end) {
        const found = textOf.get({ id });
        if (!found) return null;
        return { text: readRange(connection, id, found.revision, start, end), length: found.length };
      },
      async readTableText(id, maxLength) {
        const found = textOf.get({ id });
        if (!found || found.length > maxLength) return null;
        const { revision } = found;
        const blocks = blocksOf.get({ id, revision })?.blocks;
        if (!blocks) return null;
        const out = excludedRanges(connection, id, revision);
        const kept = blocks.filter(({ start, end }) => !out.some((range) => start < range.end && end > range.start));
        return { text: readRange(connection, id, revision, 0, found.length), blocks: kept };
      },
      listChunks: async (id, page, options) => listChunks(connection, id, page, options?.withExcluded ?? false),
      changeChunk: (change) => writer.run('chunks.change', change),
      async add(list, at) {
        const accepted = [];
        for (let i = 0; i < list.length; i += ADD_BATCH) {
          accepted.push(...(await writer.run('documents.add', { documents: list.slice(i, i + ADD_BATCH), at })));
        }
        return accepted;
      },
      update: (id, change, at) => writer.run('documents.update', { id, change, at }),
      remove: (workspaceId, ids, at) => writer.run('documents.remove', { workspaceId, ids, at }),
      retry: (id, at) => writer.run('documents.retry', { id, at }),
      reingest: (id, at) => writer.run('documents.reingest', { id, at }),
      move: (id, workspaceId, at) => writer.run('documents.move', { id, workspaceId, at }),
      cancel: (id, at) => writer.run('documents.cancel', { id, at }),
      async content(id) {
        const row = contentOf.get({ id });
        if (!row) return null;
        const { source, ...content } = row;
        return source === 'text' ? { ...content, sha256: null } : content;
      },
      async eventsAfter(workspaceId, after, limit) {
        const where = and(eq(ingestEvents.workspaceId, workspaceId), gt(ingestEvents.id, after));
        return orm.select().from(ingestEvents).where(where).orderBy(asc(ingestEvents.id)).limit(limit).all();
      },
      async lastEventId(workspaceId) {
        const where = eq(ingestEvents.workspaceId, workspaceId);
        return (
          orm
            .select({ id: max(ingestEvents.id) })
            .from(ingestEvents)
            .where(where)
            .get()?.id ?? 0
        );
      },
      async summary(workspaceId) {
        const totals = { ready: 0, processing: 0, failed: 0 };
        for (const { status, n } of byStatus.all({ workspaceId })) totals[status] = n;
        const perSecond = totals.processing === 0 ? null : paceOf(connection, workspaceId);
        return perSecond === null ? totals : { ...totals, secondsLeft: Math.ceil(totals.processing / perSecond) };
      },
      async usage(workspaceId) {
        const bytes = sql<number>`coalesce(sum(${documents.size}), 0)`;
        const where = and(eq(documents.workspaceId, workspaceId), alive);
        const usage = orm.select({ documents: count(), bytes }).from(documents).where(where).get();
        return usage ?? { documents: 0, bytes: 0 };
      },
      async sweepOrphans() {
        let removed = 0;
        for (let i = 0; i < 256; i += 1) removed += await writer.run('blobs.sweep', i.toString(16).padStart(2, '0'));
        return removed;
      },
      async counts() {
        const byStatus = orm.select({ status: documents.status, n: count() }).from(documents).where(alive);
        const byState = orm.select({ state: jobs.state, n: count() }).from(jobs).groupBy(jobs.state).all();
        const totals = { ready: 0, processing: 0, failed: 0, queued: 0, running: 0 };
        for (const { status, n } of byStatus.groupBy(documents.status).all()) totals[status] = n;
        for (const { state, n } of byState) totals[state] = n;
        const sum = "select coalesce(sum(chunks), 0) from documents where status = 'ready' and removed_at is null";
        return { ...totals, chunks: prepareValue<[], number>(raw, sum).get() ?? 0 };
      },
    };
  },
);
