import type { Feedback } from '@lorebox/contract/chat';
import type { StoredThread, ThreadChange } from '@lorebox/ports/chat-stores';
import { and, asc, eq, gt, gte } from '../../drizzle.ts';
import type { WriteContext } from '../writer/context.ts';
import { branchThread } from './branch-thread.ts';
import { removeMessages } from './remove-messages.ts';
import { messages, threads } from './schema.ts';
import { indexThreadText, THREAD_INDEX } from './thread-texts.ts';

export const threadCommands = {
  'threads.create'(context: WriteContext, thread: StoredThread) {
    context.orm.insert(threads).values(thread).run();
    indexThreadText(context, thread.id, null, thread.title);
  },
  'threads.branch': branchThread,
  'threads.update'(context: WriteContext, { id, change }: { id: string; change: ThreadChange }) {
    const { orm, eraser } = context;
    const { changes } = orm.update(threads).set(change).where(eq(threads.id, id)).run();
    if (changes === 0 || change.title === undefined) return;
    indexThreadText(context, id, null, change.title);
    eraser.noteTable(THREAD_INDEX);
  },
  'threads.remove'({ orm, eraser }: WriteContext, id: string) {
    orm.delete(threads).where(eq(threads.id, id)).run();
    eraser.noteTable(THREAD_INDEX);
  },
  'messages.truncateFrom'(context: WriteContext, messageId: string) {
    const { orm } = context;
    const from = orm.select().from(messages).where(eq(messages.id, messageId)).get();
    if (!from) return;
    const gone = and(eq(messages.threadId, from.threadId), gte(messages.id, from.id));
    removeMessages(context, orm.select().from(messages).where(gone).all());
  },
  'messages.rate'(
    { orm }: WriteContext,
    input: { messageId: string; feedback: Feedback | null; shared: boolean; reason: string | null },
  ) {
    const rating = { feedback: input.feedback, feedbackShared: input.shared, feedbackReason: input.reason };
    orm.update(messages).set(rating).where(eq(messages.id, input.messageId)).run();
  },
  'messages.remove'(context: WriteContext, messageId: string) {
    const { orm } = context;
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
    removeMessages(context, next?.role === 'assistant' ? [message, next] : [message]);
  },
};
