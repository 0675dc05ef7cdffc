import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { Role } from '@lorebox/contract/user';
import { hasScope, roleOf } from './require-scope.ts';

const RANK: Record<Role, number> = { member: 0, manager: 1, admin: 2 };

/**
 * For open streams: checks that the caller still has all the rights it had when the stream started.
 * @throws AppError UNAUTHENTICATED for another caller, FORBIDDEN for fewer rights, NOT_FOUND for another workspace.
 */
export function requireNotNarrowed(before: Actor, now: Actor): void {
  if (identityOf(before) !== identityOf(now)) throw new AppError('UNAUTHENTICATED');
  if (RANK[roleOf(now)] < RANK[roleOf(before)]) throw new AppError('FORBIDDEN', 'Your role has changed. Reconnect.');
  if (before.kind !== 'apiKey' || now.kind !== 'apiKey') return;
  if (now.workspaceId !== null && now.workspaceId !== before.workspaceId) throw new AppError('NOT_FOUND');
  if (!before.scopes.every((scope) => hasScope(now, scope)))
    throw new AppError('FORBIDDEN', 'The scopes of this key have changed. Reconnect.');
}

function identityOf(actor: Actor): string {
  if (actor.kind === 'system') return 'system';
  if (actor.kind === 'embed') return `session ${actor.sessionId}`;
  return actor.kind === 'user' ? `user ${actor.userId}` : `key ${actor.keyId}`;
}
