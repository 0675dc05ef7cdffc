import type { SessionStore, StoredSession } from '@lorebox/ports/identity-stores';
import { and, desc, eq, gt, lte, sql } from '../../drizzle.ts';
import type { Connection } from '../connection.ts';
import { prepareSelect } from '../prepared.ts';
import { sessions, users } from '../schema/identity.ts';
import type { WriteContext } from '../writer/context.ts';
import type { Writer } from '../writer/writer.ts';

export const sessionCommands = {
  'sessions.create'({ orm }: WriteContext, session: StoredSession) {
    orm.insert(sessions).values(session).run();
  },
  'sessions.extend'({ orm }: WriteContext, input: { id: string; expiresAt: Date }) {
    orm.update(sessions).set({ expiresAt: input.expiresAt }).where(eq(sessions.id, input.id)).run();
  },
  'sessions.remove'({ orm }: WriteContext, id: string) {
    orm.delete(sessions).where(eq(sessions.id, id)).run();
  },
  'sessions.removeOfUser'({ orm }: WriteContext, userId: string) {
    orm.delete(sessions).where(eq(sessions.userId, userId)).run();
  },
  'sessions.removeExpired'({ orm }: WriteContext, now: Date) {
    orm.delete(sessions).where(lte(sessions.expiresAt, now)).run();
  },
};

export function createSessionStore(connection: Connection, writer: Writer): SessionStore {
  const byId = prepareSelect(
    connection,
    connection.orm
      .select({ session: sessions, user: users })
      .from(sessions)
      .innerJoin(users, eq(users.id, sessions.userId))
      .where(eq(sessions.id, sql.placeholder('id'))),
  );
  return {
    async get(id) {
      const row = byId.get({ id });
      if (!row) return null;
      const { passwordHash: _, usernameFolded: __, ...user } = row.user;
      return { session: row.session, user };
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
}
