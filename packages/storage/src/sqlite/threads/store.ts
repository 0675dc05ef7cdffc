import type { Message } from '@lorebox/contract/chat';
import type { ThreadStore, ThreadViewer } from '@lorebox/ports/chat-stores';
import { and, asc, count, desc, eq, gt, lt, sql } from '../../drizzle.ts';
import { defineEntity } from '../entity.ts';
import { toPage } from '../page.ts';
import { createQueryCache } from '../statements.ts';
import { threadCommands } from './commands.ts';
import { messages, threads } from './schema.ts';
import { seenBy, whoOf } from './seen-by.ts';

function toMessage({ workspaceId: _, ...row }: typeof messages.$inferSelect): Message {
  return row;
}

export const threadEntity = defineEntity(threadCommands, (connection, writer): ThreadStore => {
  const { orm } = connection;
  const prepareList = (viewer: ThreadViewer, isAfter: boolean) => {
    const where = and(
      eq(threads.workspaceId, sql.placeholder('workspaceId')),
      seenBy(viewer),
      isAfter ? lt(threads.id, sql.placeholder('cursor')) : undefined,
    );
    const found = orm.select().from(threads).where(where).orderBy(desc(threads.id));
    return found.limit(sql.placeholder('limit')).prepare();
  };
  const listQuery = createQueryCache<ReturnType<typeof prepareList>>();
  const byId = orm
    .select()
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
    get: async (id) => byId.get({ id }) ?? null,
    async list(workspaceId, viewer, { cursor, limit }) {
      const isAfter = cursor !== undefined;
      const name = `${'userId' in viewer} ${viewer.seesUnowned} ${isAfter}`;
      const rows = listQuery(name, () => prepareList(viewer, isAfter)).all({
        workspaceId,
        who: whoOf(viewer),
        cursor,
        limit: limit + 1,
      });
      return toPage(
        rows,
        limit,
        ({ userId: _, keyId: __, ...thread }) => thread,
        (row) => row.id,
      );
    },
    create: (thread) => writer.run('threads.create', thread),
    rename: (id, title, at) => writer.run('threads.rename', { id, title, at }),
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
    rateMessage: (messageId, feedback, shared) => writer.run('messages.rate', { messageId, feedback, shared }),
    removeMessage: (messageId) => writer.run('messages.remove', messageId),
  };
});

/** Sorts after every id. */
const LAST_ID = '\uffff';
