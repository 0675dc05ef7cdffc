import type { Role, Theme } from '@lorebox/contract/user';
import { integer, sqliteTable, text } from '../../drizzle.ts';

export const users = sqliteTable('users', {
  id: text().primaryKey(),
  username: text().notNull(),
  /** Unicode-folded, so that "Anna" and "anna" are the same name. */
  usernameFolded: text('username_folded').notNull().unique(),
  passwordHash: text('password_hash').notNull(),
  role: text().$type<Role>().notNull(),
  suspended: integer({ mode: 'boolean' }).notNull().default(false),
  /** Language tag. Null: the language of the browser. */
  language: text(),
  theme: text().$type<Theme>().notNull().default('system'),
  createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
});
