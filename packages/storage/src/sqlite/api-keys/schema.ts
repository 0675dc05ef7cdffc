import type { Scope } from '@lorebox/contract/actor';
import { index, integer, sqliteTable, text } from '../../drizzle.ts';
import { users } from '../users/schema.ts';

export const apiKeys = sqliteTable(
  'api_keys',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    prefix: text().notNull(),
    hash: text().notNull().unique(),
    /** Hash of the secret before the last rotation. Valid until `previousUntil`. */
    previousHash: text('previous_hash').unique(),
    previousUntil: integer('previous_until', { mode: 'timestamp_ms' }),
    requestsPerMinute: integer('requests_per_minute'),
    scopes: text({ mode: 'json' }).$type<Scope[]>().notNull(),
    workspaceId: text('workspace_id'),
    /** Null: the installation. */
    ownerId: text('owner_id').references(() => users.id, { onDelete: 'cascade' }),
    /** `user:ID`, `key:ID` or `environment`. */
    createdBy: text('created_by'),
    expiresAt: integer('expires_at', { mode: 'timestamp_ms' }),
    lastUsedAt: integer('last_used_at', { mode: 'timestamp_ms' }),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [index('api_keys_owner').on(table.ownerId)],
);
