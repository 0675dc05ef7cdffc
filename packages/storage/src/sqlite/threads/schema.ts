import type { Citation, Feedback, MessageStatus } from '@lorebox/contract/chat';
import { index, integer, sqliteTable, text } from '../../drizzle.ts';
import { workspaces } from '../workspaces/schema.ts';

export const threads = sqliteTable(
  'threads',
  {
    id: text().primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    /** The user, or the owner of the key that created the thread. */
    userId: text('user_id'),
    /** The key that created the thread. Null if a user created it. */
    keyId: text('key_id'),
    title: text().notNull(),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
    updatedAt: integer('updated_at', { mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [index('threads_workspace').on(table.workspaceId, table.id), index('threads_key').on(table.keyId)],
);

export const messages = sqliteTable(
  'messages',
  {
    id: text().primaryKey(),
    threadId: text('thread_id')
      .notNull()
      .references(() => threads.id, { onDelete: 'cascade' }),
    workspaceId: text('workspace_id').notNull(),
    role: text().$type<'user' | 'assistant'>().notNull(),
    text: text().notNull(),
    reasoning: text(),
    status: text().$type<MessageStatus>().notNull(),
    answerId: text('answer_id'),
    citations: text({ mode: 'json' }).$type<Citation[]>().notNull(),
    error: text({ mode: 'json' }).$type<{ code: string; message: string }>(),
    feedback: text().$type<Feedback>(),
    feedbackShared: integer('feedback_shared', { mode: 'boolean' }).notNull().default(false),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [index('messages_thread').on(table.threadId, table.id), index('messages_answer').on(table.answerId)],
);
