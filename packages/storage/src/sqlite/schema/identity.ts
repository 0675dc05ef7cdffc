import type { Scope } from '@lorebox/contract/actor';
import type { Role } from '@lorebox/contract/user';
import { index, integer, sqliteTable, text } from '../../drizzle.ts';

export const users = sqliteTable('users', {
  id: text().primaryKey(),
  username: text().notNull(),
  /** Unicode-folded, so that "Anna" and "anna" are one. */
  usernameFolded: text('username_folded').notNull().unique(),
  passwordHash: text('password_hash').notNull(),
  role: text().$type<Role>().notNull(),
  suspended: integer({ mode: 'boolean' }).notNull().default(false),
  createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
});

export const sessions = sqliteTable(
  'sessions',
  {
    id: text().primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
    expiresAt: integer('expires_at', { mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [index('sessions_user').on(table.userId), index('sessions_expiry').on(table.expiresAt)],
);

export const apiKeys = sqliteTable(
  'api_keys',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    prefix: text().notNull(),
    hash: text().notNull().unique(),
    /** Works until `previousUntil`: the secret before the last rotation. */
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

export const settings = sqliteTable('settings', { key: text().primaryKey(), value: text().notNull() });
