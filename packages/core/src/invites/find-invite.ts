import { AppError } from '@lorebox/contract/errors';
import type { StoredUser } from '@lorebox/ports/identity-stores';
import type { StoredInvite } from '@lorebox/ports/invite-store';
import { includesScope, ROLE_SCOPES } from '../access/role-scopes.ts';
import type { Core } from '../core.ts';

/**
 * Finds the invite of a link. It ends with the right of its creator to invite users with this role.
 * @throws AppError NOT_FOUND for an unknown, accepted, revoked or expired invite alike.
 */
export async function findInvite(
  core: Core,
  token: string,
): Promise<{ invite: StoredInvite; invitedBy: string | null }> {
  const { stores, security, clock } = core;
  const invite = await stores.invites.getByTokenHash(security.secrets.digest(token));
  if (!invite || invite.expiresAt.getTime() <= clock.now()) throw unknownInvite();
  if (invite.userId === null) return { invite, invitedBy: null };
  const inviter = await stores.users.get(invite.userId);
  if (!inviter || !mayStillInvite(inviter, invite)) throw unknownInvite();
  return { invite, invitedBy: inviter.username };
}

export const unknownInvite = () =>
  new AppError(
    'NOT_FOUND',
    'This invite is unknown, has expired, was revoked, or was already used. Ask for a new one.',
  );

function mayStillInvite(inviter: StoredUser, { role }: StoredInvite): boolean {
  const own = ROLE_SCOPES[inviter.role];
  const needed = ['users:invite', ...ROLE_SCOPES[role]] as const;
  return !inviter.suspended && needed.every((scope) => includesScope(own, scope));
}
