import { createHash } from 'node:crypto';
import type { SessionKeeper } from '@lorebox/core/core';
import type { SessionStore } from '@lorebox/ports/identity-stores';
import { type Adapter, type DatabaseSession, type DatabaseUser, Lucia, TimeSpan } from 'lucia';

/** Maximum lifetime of a session, even if it is used. */
const ABSOLUTE_LIMIT_MS = 90 * 24 * 3600 * 1000;

const digest = (token: string) => createHash('sha256').update(token).digest('hex');

/** Lucia sessions in our own store. The client has the ID, and the table has only its SHA-256. */
export function createLuciaSessions(store: SessionStore): SessionKeeper {
  const startedAt = new Map<string, number>();
  const adapter: Adapter = {
    async getSessionAndUser(token): Promise<[DatabaseSession | null, DatabaseUser | null]> {
      const found = await store.get(digest(token));
      if (!found) return [null, null];
      const { session, user } = found;
      if (session.createdAt.getTime() + ABSOLUTE_LIMIT_MS <= Date.now()) return [null, null];
      startedAt.set(token, session.createdAt.getTime());
      const { userId, expiresAt } = session;
      return [
        { id: token, userId, expiresAt, attributes: {} },
        { id: user.id, attributes: {} },
      ];
    },
    getUserSessions: async () => [],
    setSession: ({ id, userId, expiresAt }) =>
      store.create({ id: digest(id), userId, createdAt: new Date(), expiresAt }),
    updateSessionExpiration(token, expiresAt) {
      const limit = (startedAt.get(token) ?? Date.now()) + ABSOLUTE_LIMIT_MS;
      return store.extend(digest(token), new Date(Math.min(expiresAt.getTime(), limit)));
    },
    deleteSession: (token) => store.remove(digest(token)),
    deleteUserSessions: (userId) => store.removeOfUser(userId),
    deleteExpiredSessions: () => store.removeExpired(new Date()),
  };
  const lucia = new Lucia(adapter, { sessionExpiresIn: new TimeSpan(30, 'd') });
  return {
    async start(userId) {
      const session = await lucia.createSession(userId, {});
      return { token: session.id, expiresAt: session.expiresAt };
    },
    async validate(token) {
      const { session } = await lucia.validateSession(token);
      startedAt.delete(token);
      return session && { sessionId: digest(session.id), userId: session.userId };
    },
    end: (sessionId) => store.remove(sessionId),
    endAll: (userId) => lucia.invalidateUserSessions(userId),
  };
}
