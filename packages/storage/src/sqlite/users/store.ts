import type { StoredUser, UserStore } from '@lorebox/ports/identity-stores';
import { and, count, desc, eq, lt, ne, sql } from '../../drizzle.ts';
import { defineEntity } from '../entity.ts';
import { toPage } from '../page.ts';
import { userCommands } from './commands.ts';
import { foldName } from './fold-name.ts';
import { users } from './schema.ts';

function toUser(row: typeof users.$inferSelect): StoredUser {
  const { usernameFolded: _, language: __, theme: ___, ...user } = row;
  return user;
}

export const userEntity = defineEntity(userCommands, (connection, writer): UserStore => {
  const { orm } = connection;
  // Runs on every request with a session.
  const byId = orm
    .select()
    .from(users)
    .where(eq(users.id, sql.placeholder('id')))
    .prepare();
  return {
    async get(id) {
      const row = byId.get({ id });
      return row ? toUser(row) : null;
    },
    async getByUsername(username) {
      const row = orm
        .select()
        .from(users)
        .where(eq(users.usernameFolded, foldName(username)))
        .get();
      return row ? toUser(row) : null;
    },
    async list({ role, cursor, limit }) {
      const where = and(
        cursor ? lt(users.id, cursor) : ne(users.id, ''),
        role === undefined ? undefined : eq(users.role, role),
      );
      const rows = orm
        .select()
        .from(users)
        .where(where)
        .orderBy(desc(users.id))
        .limit(limit + 1)
        .all();
      return toPage(
        rows,
        limit,
        (row) => {
          const { passwordHash: _, ...user } = toUser(row);
          return user;
        },
        (row) => row.id,
      );
    },
    count: async () => orm.select({ n: count() }).from(users).get()?.n ?? 0,
    create: (user) => writer.run('users.create', user),
    createFirst: (user) => writer.run('users.createFirst', user),
    update: (id, change, options) => writer.run('users.update', { id, change, ...options }),
    async preferences(id) {
      const row = byId.get({ id });
      return row ? { language: row.language, theme: row.theme } : null;
    },
    updatePreferences: (id, change) => writer.run('users.updatePreferences', { id, change }),
    remove: (id) => writer.run('users.remove', id),
  };
});
