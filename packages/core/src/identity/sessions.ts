import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { Session } from '@lorebox/contract/user';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';

/** The own sessions, newest first. */
export async function listSessions(core: Core, actor: Actor): Promise<Session[]> {
  const { userId, sessionId } = requireUser(actor);
  const sessions = await core.stores.sessions.listOfUser(userId, new Date(core.clock.now()));
  return sessions.map(({ id, createdAt, expiresAt }) => ({ id, createdAt, expiresAt, isCurrent: id === sessionId }));
}

export async function revokeSession(core: Core, actor: Actor, id: string): Promise<void> {
  const sessions = await listSessions(core, actor);
  if (!sessions.some((session) => session.id === id)) throw new AppError('NOT_FOUND');
  await core.security.sessions.end(id);
  await core.stores.audit.record(entryOf(core, actor, 'session.ended'));
}

/** Ends the session of the caller, or all of their sessions. */
export async function logout(core: Core, actor: Actor, everywhere: boolean): Promise<void> {
  if (actor.kind !== 'user') throw new AppError('FORBIDDEN', 'Only sessions can sign out. Revoke the API key instead.');
  if (everywhere) await core.security.sessions.endAll(actor.userId);
  else await core.security.sessions.end(actor.sessionId);
  await core.stores.audit.record(entryOf(core, actor, 'session.ended', { details: { everywhere } }));
}

function requireUser(actor: Actor): Extract<Actor, { kind: 'user' }> {
  if (actor.kind !== 'user') throw new AppError('FORBIDDEN', 'API keys have no sessions. Sign in as a user instead.');
  return actor;
}
