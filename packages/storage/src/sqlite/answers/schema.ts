import type { AnswerEvent } from '@lorebox/contract/chat';
import type { AnswerState } from '@lorebox/ports/chat-stores';
import { index, integer, primaryKey, sqliteTable, text } from '../../drizzle.ts';
import { threads } from '../threads/schema.ts';

export const answers = sqliteTable(
  'answers',
  {
    id: text().primaryKey(),
    workspaceId: text('workspace_id').notNull(),
    threadId: text('thread_id')
      .notNull()
      .references(() => threads.id, { onDelete: 'cascade' }),
    questionId: text('question_id').notNull(),
    messageId: text('message_id').notNull(),
    state: text().$type<AnswerState>().notNull(),
    startedAt: integer('started_at', { mode: 'timestamp_ms' }).notNull(),
    finishedAt: integer('finished_at', { mode: 'timestamp_ms' }),
  },
  (table) => [
    index('answers_state').on(table.state),
    index('answers_thread').on(table.threadId, table.state),
    index('answers_message').on(table.messageId),
  ],
);

/** Events are flushed in batches. A row holds the events up to and including `lastSeq`. */
export const answerEvents = sqliteTable(
  'answer_events',
  {
    answerId: text('answer_id')
      .notNull()
      .references(() => answers.id, { onDelete: 'cascade' }),
    lastSeq: integer('last_seq').notNull(),
    events: text({ mode: 'json' }).$type<AnswerEvent[]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.answerId, table.lastSeq] })],
);
