import type { Message } from '@lorebox/contract/chat';
import type { ThreadFilter, ThreadStore, ThreadViewer, ThreadWithState } from '@lorebox/ports/chat-stores';
import { and, asc, count, desc, eq, getTableColumns, gt, lt, sql } from '../../drizzle.ts';
import { defineEntity } from '../entity.ts';
import { toPage } from '../page.ts';
import { createQueryCache } from '../statements.ts';
import { threadCommands } from './commands.ts';
import { messages, threads } from './schema.ts';
import { seenBy, sharedWith, whoOf } from './seen-by.ts';
import { MAX_MATCHES, THREAD_INDEX, threadMatch } from './thread-texts.ts';

function toMessage({ workspaceId: _, ...row }: typeof messages.$inferSelect): Message {
  return row;
}

interface ListShape {
  viewer: ThreadViewer;
  filter: ThreadFilter;
  isAfter: boolean;
  isMatching: boolean;
}

/** Drizzle leaves the table out of column names in a select from one table, so the subquery names it itself. */
const threadColumns = {
  ...getTableColumns(threads),
  answering: sql<number>`exists (select 1 from answers a where a.thread_id = threads.id and a.state = 'running')`,
};
const matches = sql`threads.id in (select t.thread_id from (select rowid from ${sql.raw(THREAD_INDEX)}
  where ${sql.raw(THREAD_INDEX)} match ${sql.placeholder('match')} order by rowid desc limit ${sql.raw(String(MAX_MATCHES))}) f
  join thread_texts t on t.id = f.rowid)`;
const cursorValues = sql`(${sql.placeholder('pinned')}, ${sql.placeholder('updatedAt')}, ${sql.placeholder('id')})`;

function toThread({ answering, ...row }: typeof threads.$inferSelect & { answering: number }): ThreadWithState {
  return { ...row, answering: answering === 1 };
}

export const threadEntity = defineEntity(threadCommands, (connection, writer): ThreadStore => {
  const { orm } = connection;
  const prepareList = ({ viewer, filter, isAfter, isMatching }: ListShape) => {
    // Others' pins say nothing to the reader of a shared thread.
    const pinned = filter.shared ? sql`0` : threads.pinned;
    const where = and(
      eq(threads.workspaceId, sql.placeholder('workspaceId')),
      eq(threads.archived, sql.placeholder('archived')),
      filter.shared ? sharedWith(viewer) : seenBy(viewer),
      isMatching ? matches : undefined,
      isAfter ? sql`(${pinned}, ${threads.updatedAt}, ${threads.id}) < ${cursorValues}` : undefined,
    );
    const found = orm.select(threadColumns).from(threads).where(where);
    const order = filter.shared ? [] : [desc(threads.pinned)];
    return found
      .orderBy(...order, desc(threads.updatedAt), desc(threads.id))
      .limit(sql.placeholder('limit'))
      .prepare();
  };
  const listQuery = createQueryCache<ReturnType<typeof prepareList>>();
  const byId = orm
    .select(threadColumns)
    .from(threads)
    .where(eq(threads.id, sql.placeholder('id')))
    .prepare();
  const messageById = orm
    .select()
    .from(messages)
    .where(eq(messages.id, sql.placeholder('id')))
    .prepare();
  const messagesAfter = orm
    .select()
    .from(messages)
    .where(and(eq(messages.threadId, sql.placeholder('threadId')), gt(messages.id, sql.placeholder('after'))))
    .orderBy(asc(messages.id))
    .limit(sql.placeholder('limit'))
    .prepare();
  const messagesBefore = orm
    .select()
    .from(messages)
    .where(and(eq(messages.threadId, sql.placeholder('threadId')), lt(messages.id, sql.placeholder('before'))))
    .orderBy(desc(messages.id))
    .limit(sql.placeholder('limit'))
    .prepare();
  const completeBefore = orm
    .select()
    .from(messages)
    .where(
      and(
        eq(messages.threadId, sql.placeholder('threadId')),
        eq(messages.status, 'complete'),
        lt(messages.id, sql.placeholder('before')),
      ),
    )
    .orderBy(desc(messages.id))
    .limit(sql.placeholder('limit'))
    .prepare();
  const countBefore = orm
    .select({ count: count() })
    .from(messages)
    .where(
      and(
        eq(messages.threadId, sql.placeholder('threadId')),
        eq(messages.status, 'complete'),
        lt(messages.id, sql.placeholder('before')),
      ),
    )
    .prepare();

  return {
    async get(id) {
      const row = byId.get({ id });
      return row ? toThread(row) : null;
    },
    async list(workspaceId, viewer, filter, { cursor, limit }) {
      const match = filter.query ? threadMatch(filter.query, workspaceId, filter.shared ? null : viewer) : null;
      const isAfter = cursor !== undefined;
      const isMatching = match !== null;
      const name = `${'userId' in viewer} ${viewer.seesUnowned} ${filter.shared} ${isMatching} ${isAfter}`;
      const [pinned, updatedAt, id] = cursor?.split('.') ?? [];
      const rows = listQuery(name, () => prepareList({ viewer, filter, isAfter, isMatching })).all({
        workspaceId,
        archived: Number(filter.archived),
        who: whoOf(viewer),
        match,
        pinned: Number(pinned),
        updatedAt: Number(updatedAt),
        id,
        limit: limit + 1,
      });
      return toPage(rows, limit, toThread, (row) =>
        [filter.shared ? 0 : Number(row.pinned), row.updatedAt.getTime(), row.id].join('.'),
      );
    },
    create: (thread) => writer.run('threads.create', thread),
    branch: (thread, messageId, maxMessages) => writer.run('threads.branch', { thread, messageId, maxMessages }),
    update: (id, change) => writer.run('threads.update', { id, change }),
    remove: (id) => writer.run('threads.remove', id),
    async listMessages(threadId, { cursor, limit, order }) {
      if (order === 'desc') {
        const rows = messagesBefore.all({ threadId, before: cursor ?? LAST_ID, limit: limit + 1 });
        return toPage(rows, limit, toMessage, (row) => row.id);
      }
      const rows = messagesAfter.all({ threadId, after: cursor ?? '', limit: limit + 1 });
      return toPage(rows, limit, toMessage, (row) => row.id);
    },
    getMessage: async (id) => messageById.get({ id }) ?? null,
    async history(threadId, limit, beforeMessageId) {
      const rows = completeBefore.all({ threadId, before: beforeMessageId ?? LAST_ID, limit });
      return rows.reverse().map(toMessage);
    },
    async countHistory(threadId, beforeMessageId) {
      return countBefore.get({ threadId, before: beforeMessageId ?? LAST_ID })?.count ?? 0;
    },
    truncateFrom: (messageId) => writer.run('messages.truncateFrom', messageId),
    rateMessage: (messageId, rating) => writer.run('messages.rate', { messageId, ...rating }),
    removeMessage: (messageId) => writer.run('messages.remove', messageId),
  };
});

/** Sorts after every id. */
const LAST_ID = '\uffff';
