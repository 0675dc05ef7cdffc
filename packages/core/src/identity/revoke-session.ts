import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { listSessions } from './list-sessions.ts';

export async function revokeSession(core: Core, actor: Actor, id: string): Promise<void> {
  const sessions = await listSessions(core, actor);
  if (!sessions.some((session) => session.id === id)) throw new AppError('NOT_FOUND');
  await core.security.sessions.end(id);
  await core.stores.audit.record(entryOf(core, actor, 'session.ended'));
}
