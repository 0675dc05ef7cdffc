import type { StoredSession } from '@lorebox/ports/identity-stores';
import { eq, lte } from '../../drizzle.ts';
import type { WriteContext } from '../writer/context.ts';
import { sessions } from './schema.ts';

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
