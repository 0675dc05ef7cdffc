import type { Message } from '@lorebox/contract/chat';
import type { StoredMessage, StoredThread, ThreadStore } from '@lorebox/ports/chat-stores';
import { and, asc, desc, eq, gt, gte, inArray, lt } from '../../drizzle.ts';
import type { Connection } from '../connection.ts';
import { answers, messages, threads } from '../schema/chat.ts';
import type { WriteContext } from '../writer/context.ts';
import type { Writer } from '../writer/writer.ts';
import { toPage } from './page.ts';

function toMessage({ workspaceId: _, ...row }: typeof messages.$inferSelect): Message {
  return row;
}

export const threadCommands = {
  'threads.create'({ orm }: WriteContext, thread: StoredThread) {
    orm.insert(threads).values(thread).run();
  },
  'threads.rename'({ orm }: WriteContext, input: { id: string; title: string; at: Date }) {
    orm.update(threads).set({ title: input.title, updatedAt: input.at }).where(eq(threads.id, input.id)).run();
  },
  'threads.remove'({ orm }: WriteContext, id: string) {
    orm.delete(threads).where(eq(threads.id, id)).run();
  },
  'messages.truncateFrom'({ orm }: WriteContext, messageId: string) {
    const from = orm.select().from(messages).where(eq(messages.id, messageId)).get();
    if (!from) return;
    const gone = and(eq(messages.threadId, from.threadId), gte(messages.id, from.id));
    removeMessages(orm, orm.select().from(messages).where(gone).all());
  },
  'messages.remove'({ orm }: WriteContext, messageId: string) {
    const message = orm.select().from(messages).where(eq(messages.id, messageId)).get();
    if (!message) return;
    const next =
      message.role === 'user'
        ? orm
            .select()
            .from(messages)
            .where(and(eq(messages.threadId, message.threadId), gt(messages.id, message.id)))
            .orderBy(asc(messages.id))
            .limit(1)
            .get()
        : undefined;
    removeMessages(orm, next?.role === 'assistant' ? [message, next] : [message]);
  },
};

/** Messages and the answers that belong to them; events go along by cascade. */
export function removeMessages(orm: WriteContext['orm'], rows: StoredMessage[]): void {
  const ids = rows.map((row) => row.id);
  if (ids.length === 0) return;
  orm.delete(answers).where(inArray(answers.messageId, ids)).run();
  orm.delete(messages).where(inArray(messages.id, ids)).run();
}

export function createThreadStore({ orm }: Connection, writer: Writer): ThreadStore {
  return {
    get: async (id) => orm.select().from(threads).where(eq(threads.id, id)).get() ?? null,
    async list(workspaceId, userId, { cursor, limit }) {
      const where = and(
        eq(threads.workspaceId, workspaceId),
        userId === null ? undefined : eq(threads.userId, userId),
        cursor ? lt(threads.id, cursor) : undefined,
      );
      const rows = orm
        .select()
        .from(threads)
        .where(where)
        .orderBy(desc(threads.id))
        .limit(limit + 1)
        .all();
      return toPage(
        rows,
        limit,
        ({ userId: _, ...thread }) => thread,
        (row) => row.id,
      );
    },
    create: (thread) => writer.run('threads.create', thread),
    rename: (id, title, at) => writer.run('threads.rename', { id, title, at }),
    remove: (id) => writer.run('threads.remove', id),
    async listMessages(threadId, { cursor, limit }) {
      const where = and(eq(messages.threadId, threadId), cursor ? gt(messages.id, cursor) : undefined);
      const rows = orm
        .select()
        .from(messages)
        .where(where)
        .orderBy(asc(messages.id))
        .limit(limit + 1)
        .all();
      return toPage(rows, limit, toMessage, (row) => row.id);
    },
    getMessage: async (id) => orm.select().from(messages).where(eq(messages.id, id)).get() ?? null,
    async history(threadId, limit, beforeMessageId) {
      const where = and(
        eq(messages.threadId, threadId),
        eq(messages.status, 'complete'),
        beforeMessageId ? lt(messages.id, beforeMessageId) : undefined,
      );
      const rows = orm.select().from(messages).where(where).orderBy(desc(messages.id)).limit(limit).all();
      return rows.reverse().map(toMessage);
    },
    truncateFrom: (messageId) => writer.run('messages.truncateFrom', messageId),
    removeMessage: (messageId) => writer.run('messages.remove', messageId),
  };
}
