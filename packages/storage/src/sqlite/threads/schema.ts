import type {
  Citation,
  Feedback,
  FinishReason,
  MessageStatus,
  ThreadVisibility,
  UnsupportedSentence,
} from '@lorebox/contract/chat';
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
    /** The key, or the session of a widget's visitor, that created the thread. Null if a user created it. */
    keyId: text('key_id'),
    title: text().notNull(),
    pinned: integer({ mode: 'boolean' }).notNull().default(false),
    archived: integer({ mode: 'boolean' }).notNull().default(false),
    visibility: text().$type<ThreadVisibility>().notNull().default('private'),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
    updatedAt: integer('updated_at', { mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [
    index('threads_owner').on(table.workspaceId, table.userId, table.archived, table.pinned, table.updatedAt, table.id),
    index('threads_shared').on(table.workspaceId, table.visibility, table.archived, table.updatedAt, table.id),
    index('threads_key').on(table.keyId),
  ],
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
    unsupported: text({ mode: 'json' }).$type<UnsupportedSentence[]>().notNull().default([]),
    model: text(),
    finishReason: text('finish_reason').$type<FinishReason>(),
    error: text({ mode: 'json' }).$type<{ code: string; message: string }>(),
    feedback: text().$type<Feedback>(),
    feedbackReason: text('feedback_reason'),
    feedbackShared: integer('feedback_shared', { mode: 'boolean' }).notNull().default(false),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [index('messages_thread').on(table.threadId, table.id), index('messages_answer').on(table.answerId)],
);

/** What the full-text index of threads holds: titles (without a message) and messages. Deleted rows leave the index. */
export const threadTexts = sqliteTable(
  'thread_texts',
  {
    id: integer().primaryKey(),
    threadId: text('thread_id')
      .notNull()
      .references(() => threads.id, { onDelete: 'cascade' }),
    messageId: text('message_id').references(() => messages.id, { onDelete: 'cascade' }),
  },
  (table) => [
    index('thread_texts_thread').on(table.threadId, table.messageId),
    index('thread_texts_message').on(table.messageId),
  ],
);
