import { index, integer, primaryKey, sqliteTable, text } from '../../drizzle.ts';
import { messages } from '../threads/schema.ts';
import { users } from '../users/schema.ts';

export const comments = sqliteTable(
  'comments',
  {
    id: text().primaryKey(),
    messageId: text('message_id')
      .notNull()
      .references(() => messages.id, { onDelete: 'cascade' }),
    threadId: text('thread_id').notNull(),
    workspaceId: text('workspace_id').notNull(),
    author: text().notNull(),
    userId: text('user_id'),
    text: text().notNull(),
    resolved: integer({ mode: 'boolean' }).notNull().default(false),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
    updatedAt: integer('updated_at', { mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [index('comments_thread').on(table.threadId, table.id), index('comments_message').on(table.messageId)],
);

export const commentMentions = sqliteTable(
  'comment_mentions',
  {
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    commentId: text('comment_id')
      .notNull()
      .references(() => comments.id, { onDelete: 'cascade' }),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.commentId] }),
    index('comment_mentions_comment').on(table.commentId),
  ],
);
