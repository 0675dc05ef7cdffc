import type { Feedback } from '@lorebox/contract/chat';
import type { StoredThread } from '@lorebox/ports/chat-stores';
import { and, asc, eq, gt, gte } from '../../drizzle.ts';
import type { WriteContext } from '../writer/context.ts';
import { removeMessages } from './remove-messages.ts';
import { messages, threads } from './schema.ts';

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
