import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';

/** Ends the session of the caller, or all of their sessions. */
export async function logout(core: Core, actor: Actor, everywhere: boolean): Promise<void> {
  if (actor.kind !== 'user') throw new AppError('FORBIDDEN', 'Only sessions can sign out. Revoke the API key instead.');
  if (everywhere) await core.security.sessions.endAll(actor.userId);
  else await core.security.sessions.end(actor.sessionId);
  await core.stores.audit.record(entryOf(core, actor, 'session.ended', { details: { everywhere } }));
}
