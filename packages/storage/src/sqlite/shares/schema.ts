import { index, integer, sqliteTable, text } from '../../drizzle.ts';
import { threads } from '../threads/schema.ts';

export const shares = sqliteTable(
  'shares',
  {
    id: text().primaryKey(),
    threadId: text('thread_id')
      .notNull()
      .references(() => threads.id, { onDelete: 'cascade' }),
    workspaceId: text('workspace_id').notNull(),
    userId: text('user_id'),
    tokenHash: text('token_hash').notNull().unique(),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
    expiresAt: integer('expires_at', { mode: 'timestamp_ms' }),
    views: integer().notNull().default(0),
  },
  (table) => [
    index('shares_thread').on(table.threadId, table.id),
    index('shares_workspace').on(table.workspaceId, table.id),
    index('shares_user').on(table.userId, table.id),
  ],
);
