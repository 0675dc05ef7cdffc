import type { AnswerEvent } from '@lorebox/contract/chat';
import type { AnswerStore } from '@lorebox/ports/chat-stores';
import { eq } from '../../drizzle.ts';
import { recordEvent } from '../events/record-event.ts';
import { insertRow, updateRows } from '../prepared-writes.ts';
import { prepareOnce } from '../statements.ts';
import { removeMessages } from '../threads/remove-messages.ts';
import { messages, threads } from '../threads/schema.ts';
import { indexThreadText } from '../threads/thread-texts.ts';
import { recordUsage } from '../usage/record-usage.ts';
import type { WriteContext } from '../writer/context.ts';
import { answerEvents, answers } from './schema.ts';

type Turn = Parameters<AnswerStore['begin']>[0];

type AnswerIds = Record<'workspaceId' | 'threadId' | 'questionId' | 'messageId', string>;
type Result = Parameters<AnswerStore['finish']>[1];

function insertEvents({ orm }: WriteContext, answerId: string, events: readonly AnswerEvent[]): void {
  const last = events.at(-1);
  if (last) insertRow(orm, answerEvents, { answerId, lastSeq: last.seq, events: [...events] });
}

function indexAnswer(context: WriteContext, answerId: string, text: string): void {
  const sql = 'select thread_id threadId, message_id messageId from answers where id = ?';
  const row = prepareOnce<[string], Pick<AnswerIds, 'threadId' | 'messageId'>>(context.raw, sql).get(answerId);
  if (row && text !== '') indexThreadText(context, row.threadId, row.messageId, text);
}

/** Records the end of an answer in the event log. */
function recordAnswerEnd(
  context: WriteContext,
  answerId: string,
  events: readonly AnswerEvent[],
  timestamp: Date,
): void {
  const last = events.at(-1);
  const sql =
    'select workspace_id workspaceId, thread_id threadId, question_id questionId, message_id messageId from answers where id = ?';
  const row = prepareOnce<[string], AnswerIds>(context.raw, sql).get(answerId);
  if (!row) return;
  const { workspaceId, ...ids } = row;
  const about = { answerId, ...ids };
  if (last?.type === 'answer-end') {
    const data = { ...about, finishReason: last.finishReason, citations: last.citations.length };
    recordEvent(context, { type: 'answer.completed', workspaceId, timestamp, data });
  } else if (last?.type === 'answer-error') {
    const data = { ...about, code: last.code, message: last.message };
    recordEvent(context, { type: 'answer.failed', workspaceId, timestamp, data });
  }
}

export const answerCommands = {
  'answers.begin'(context: WriteContext, { answer, newThread, question, removeMessageId }: Turn) {
    const { orm } = context;
    const { workspaceId, threadId, startedAt: createdAt } = answer;
    if (newThread) insertRow(orm, threads, newThread);
    else updateRows(orm, threads, threads.id, threadId, { updatedAt: createdAt });
    if (removeMessageId) {
      removeMessages(context, orm.select().from(messages).where(eq(messages.id, removeMessageId)).all());
    }
    const common = { threadId, workspaceId, citations: [], unsupported: [], createdAt };
    if (question) insertRow(orm, messages, { ...common, ...question, role: 'user', status: 'complete' });
    const { id: answerId, messageId: id } = answer;
    insertRow(orm, messages, { ...common, id, role: 'assistant', text: '', status: 'streaming', answerId });
    insertRow(orm, answers, answer);
    if (newThread) indexThreadText(context, threadId, null, newThread.title);
    if (question) indexThreadText(context, threadId, question.id, question.text);
  },
  'answers.appendEvents'(context: WriteContext, input: { answerId: string; events: readonly AnswerEvent[] }) {
    insertEvents(context, input.answerId, input.events);
  },
  'answers.finish'(context: WriteContext, { answerId, result }: { answerId: string; result: Result }) {
    const change = { state: result.state, finishedAt: result.at };
    const found = updateRows(context.orm, answers, answers.id, answerId, change);
    if (found === 0) return; // the thread was deleted in the meantime
    insertEvents(context, answerId, result.events);
    updateRows(context.orm, messages, messages.answerId, answerId, result.message);
    indexAnswer(context, answerId, result.message.text);
    recordAnswerEnd(context, answerId, result.events, result.at);
    const { state, message, events } = result;
    recordUsage(context, answerId, { state, model: message.model, lastEvent: events.at(-1) });
  },
};
