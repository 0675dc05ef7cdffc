import type { Feedback, Message } from '@lorebox/contract/chat';
import type { StoredMessage, StoredThread, ThreadStore, ThreadViewer } from '@lorebox/ports/chat-stores';
import { and, asc, desc, eq, gt, gte, inArray, isNull, lt, or, type SQL, sql } from '../../drizzle.ts';
import type { Connection } from '../connection.ts';
import { createQueryCache, prepareSelect } from '../prepared.ts';
import { answers, messages, threads } from '../schema/chat.ts';
import type { WriteContext } from '../writer/context.ts';
import type { Writer } from '../writer/writer.ts';
import { toPage } from './page.ts';

/** Whose threads the viewer sees, with values by placeholder `who`. */
export function seenBy(viewer: ThreadViewer): SQL | undefined {
  const own = eq('userId' in viewer ? threads.userId : threads.keyId, sql.placeholder('who'));
  return viewer.seesUnowned ? or(own, and(isNull(threads.userId), isNull(threads.keyId))) : own;
}

export const whoOf = (viewer: ThreadViewer): string => ('userId' in viewer ? viewer.userId : viewer.keyId);

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
  'messages.rate'({ orm }: WriteContext, input: { messageId: string; feedback: Feedback | null; shared: boolean }) {
    const rating = { feedback: input.feedback, feedbackShared: input.shared };
    orm.update(messages).set(rating).where(eq(messages.id, input.messageId)).run();
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

export function createThreadStore(connection: Connection, writer: Writer): ThreadStore {
  const { orm } = connection;
  const prepareList = (viewer: ThreadViewer, isAfter: boolean) => {
    const where = and(
      eq(threads.workspaceId, sql.placeholder('workspaceId')),
      seenBy(viewer),
      isAfter ? lt(threads.id, sql.placeholder('cursor')) : undefined,
    );
    const found = orm.select().from(threads).where(where).orderBy(desc(threads.id));
    return prepareSelect(connection, found.limit(sql.placeholder('limit')));
  };
  const listQuery = createQueryCache<ReturnType<typeof prepareList>>();
  const byId = prepareSelect(
    connection,
    orm
      .select()
      .from(threads)
      .where(eq(threads.id, sql.placeholder('id'))),
  );
  const messageById = prepareSelect(
    connection,
    orm
      .select()
      .from(messages)
      .where(eq(messages.id, sql.placeholder('id'))),
  );
  const messagesAfter = prepareSelect(
    connection,
    orm
      .select()
      .from(messages)
      .where(and(eq(messages.threadId, sql.placeholder('threadId')), gt(messages.id, sql.placeholder('after'))))
      .orderBy(asc(messages.id))
      .limit(sql.placeholder('limit')),
  );
  const completeBefore = prepareSelect(
    connection,
    orm
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
      .limit(sql.placeholder('limit')),
  );

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
    async listMessages(threadId, { cursor, limit }) {
      const rows = messagesAfter.all({ threadId, after: cursor ?? '', limit: limit + 1 });
      return toPage(rows, limit, toMessage, (row) => row.id);
    },
    getMessage: async (id) => messageById.get({ id }) ?? null,
    async history(threadId, limit, beforeMessageId) {
      const rows = completeBefore.all({ threadId, before: beforeMessageId ?? LAST_ID, limit });
      return rows.reverse().map(toMessage);
    },
    truncateFrom: (messageId) => writer.run('messages.truncateFrom', messageId),
    rateMessage: (messageId, feedback, shared) => writer.run('messages.rate', { messageId, feedback, shared }),
    removeMessage: (messageId) => writer.run('messages.remove', messageId),
  };
}

/** Sorts behind every id. */
const LAST_ID = '\uffff';
