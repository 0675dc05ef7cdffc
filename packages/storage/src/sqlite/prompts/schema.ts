import { index, integer, sqliteTable, text } from '../../drizzle.ts';
import { users } from '../users/schema.ts';
import { workspaces } from '../workspaces/schema.ts';

export const prompts = sqliteTable(
  'prompts',
  {
    id: text().primaryKey(),
    title: text().notNull(),
    text: text().notNull(),
    workspaceId: text('workspace_id').references(() => workspaces.id, { onDelete: 'cascade' }),
    ownerId: text('owner_id').references(() => users.id, { onDelete: 'cascade' }),
    createdBy: text('created_by'),
    updatedAt: integer('updated_at', { mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [
    index('prompts_workspace').on(table.workspaceId, table.id),
    index('prompts_owner').on(table.ownerId, table.id),
  ],
);
