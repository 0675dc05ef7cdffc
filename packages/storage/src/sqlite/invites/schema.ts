import type { Role } from '@lorebox/contract/user';
import type { MemberRole } from '@lorebox/contract/workspace';
import { index, integer, sqliteTable, text } from '../../drizzle.ts';
import { users } from '../users/schema.ts';

export const invites = sqliteTable(
  'invites',
  {
    id: text().primaryKey(),
    tokenHash: text('token_hash').notNull().unique(),
    role: text().$type<Role>().notNull(),
    memberships: text({ mode: 'json' }).$type<{ workspaceId: string; role: MemberRole }[]>().notNull(),
    userId: text('user_id').references(() => users.id, { onDelete: 'cascade' }),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
    expiresAt: integer('expires_at', { mode: 'timestamp_ms' }).notNull(),
    acceptedBy: text('accepted_by').references(() => users.id, { onDelete: 'set null' }),
    acceptedAt: integer('accepted_at', { mode: 'timestamp_ms' }),
  },
  (table) => [
    index('invites_user').on(table.userId),
    index('invites_accepted_by').on(table.acceptedBy),
    index('invites_expires').on(table.expiresAt),
  ],
);
