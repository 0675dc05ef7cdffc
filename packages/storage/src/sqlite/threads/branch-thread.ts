import type { AnswerEvent } from '@lorebox/contract/chat';
import { createId } from '@lorebox/contract/create-id';
import type { StoredThread } from '@lorebox/ports/chat-stores';
import { and, asc, eq, lte, ne } from '../../drizzle.ts';
import { answerEvents, answers } from '../answers/schema.ts';
import { insertRow } from '../prepared-writes.ts';
import type { WriteContext } from '../writer/context.ts';
import { messages, threads } from './schema.ts';
import { indexThreadText } from './thread-texts.ts';

type MessageRow = typeof messages.$inferSelect;

/**
 * Creates a thread with copies of the messages up to and including one, and of what their answers were made from.
 * Returns false if there are too many.
 */
export function branchThread(
  context: WriteContext,
  { thread, messageId, maxMessages }: { thread: StoredThread; messageId: string; maxMessages: number },
): boolean {
  const { orm } = context;
  const last = orm.select().from(messages).where(eq(messages.id, messageId)).get();
  if (!last) return true;
  const isCopied = and(
    eq(messages.threadId, last.threadId),
    lte(messages.id, messageId),
    ne(messages.status, 'streaming'),
  );
  const rows = orm
    .select()
    .from(messages)
    .where(isCopied)
    .orderBy(asc(messages.id))
    .limit(maxMessages + 1)
    .all();
  if (rows.length > maxMessages) return false;
  orm.insert(threads).values(thread).run();
  indexThreadText(context, thread.id, null, thread.title);
  const newIds = new Map(rows.map(({ id }) => [id, createId('msg')]));
  for (const row of rows) {
    const id = newIds.get(row.id) ?? row.id;
    const answerId = copyAnswer(context, row, thread, newIds);
    insertRow(orm, messages, {
      ...row,
      id,
      threadId: thread.id,
      answerId,
      feedback: null,
      feedbackReason: null,
      feedbackShared: false,
    });
    indexThreadText(context, thread.id, id, row.text);
  }
  return true;
}

/** Returns the id of the copied answer. Null if the message has none. */
function copyAnswer(
  { orm }: WriteContext,
  row: MessageRow,
  thread: StoredThread,
  newIds: ReadonlyMap<string, string>,
): string | null {
  if (row.answerId === null) return null;
  const answer = orm.select().from(answers).where(eq(answers.id, row.answerId)).get();
  if (!answer) return null;
  const id = createId('ans');
  const ids = {
    threadId: thread.id,
    questionId: newIds.get(answer.questionId) ?? answer.questionId,
    messageId: newIds.get(row.id) ?? row.id,
  };
  insertRow(orm, answers, { ...answer, ...ids, id });
  const stored = orm
    .select({ events: answerEvents.events })
    .from(answerEvents)
    .where(eq(answerEvents.answerId, answer.id))
    .orderBy(asc(answerEvents.lastSeq))
    .all()
    .flatMap(({ events }) => events);
  const events = joinDeltas(stored, row).map((event, i) => {
    const copy: AnswerEvent = { ...event, answerId: id, seq: i + 1 };
    if (copy.type === 'answer-start') return { ...copy, threadId: ids.threadId, questionId: ids.questionId };
    return copy.type === 'answer-end' ? { ...copy, messageId: ids.messageId } : copy;
  });
  if (events.length > 0) insertRow(orm, answerEvents, { answerId: id, lastSeq: events.length, events });
  return id;
}

/** The events with one delta for the whole text, instead of one per word. */
function joinDeltas(events: readonly AnswerEvent[], { text, reasoning }: MessageRow): AnswerEvent[] {
  const end = events.at(-1);
  if (!end) return [];
  const { answerId, seq } = end;
  const first = events.filter(({ type }) => type === 'answer-start' || type === 'sources-found');
  const thoughts: AnswerEvent[] = reasoning ? [{ type: 'reasoning-delta', answerId, seq, text: reasoning }] : [];
  const deltas: AnswerEvent[] = text === '' ? [] : [{ type: 'text-delta', answerId, seq, text }];
  const isEnd = end.type === 'answer-end' || end.type === 'answer-error';
  return [...first, ...thoughts, ...deltas, ...(isEnd ? [end] : [])];
}
