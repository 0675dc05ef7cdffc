import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { Session } from '@lorebox/contract/user';
import type { Core } from '../core.ts';

/** The own sessions, newest first. */
export async function listSessions(core: Core, actor: Actor): Promise<Session[]> {
  const { userId, sessionId } = requireUser(actor);
  const sessions = await core.stores.sessions.listOfUser(userId, new Date(core.clock.now()));
  return sessions.map(({ id, createdAt, expiresAt }) => ({ id, createdAt, expiresAt, isCurrent: id === sessionId }));
}

function requireUser(actor: Actor): Extract<Actor, { kind: 'user' }> {
  if (actor.kind !== 'user') throw new AppError('FORBIDDEN', 'API keys have no sessions. Sign in as a user instead.');
  return actor;
}
