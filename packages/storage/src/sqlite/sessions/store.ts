import type { SessionStore } from '@lorebox/ports/identity-stores';
import { and, desc, eq, gt, sql } from '../../drizzle.ts';
import { defineEntity } from '../entity.ts';
import { users } from '../users/schema.ts';
import { sessionCommands } from './commands.ts';
import { sessions } from './schema.ts';

export const sessionEntity = defineEntity(sessionCommands, (connection, writer): SessionStore => {
  const byId = connection.orm
    .select({ session: sessions, user: users })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(eq(sessions.id, sql.placeholder('id')))
    .prepare();
  return {
    async get(id) {
      const row = byId.get({ id });
      if (!row) return null;
      const { id: userId, username, role, suspended, createdAt } = row.user;
      return { session: row.session, user: { id: userId, username, role, suspended, createdAt } };
    },
    create: (session) => writer.run('sessions.create', session),
    extend: (id, expiresAt) => writer.run('sessions.extend', { id, expiresAt }),
    remove: (id) => writer.run('sessions.remove', id),
    async listOfUser(userId, now) {
      const where = and(eq(sessions.userId, userId), gt(sessions.expiresAt, now));
      return connection.orm.select().from(sessions).where(where).orderBy(desc(sessions.createdAt)).all();
    },
    removeOfUser: (userId) => writer.run('sessions.removeOfUser', userId),
    removeExpired: (now) => writer.run('sessions.removeExpired', now),
  };
});
