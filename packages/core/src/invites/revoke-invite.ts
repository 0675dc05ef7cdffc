import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import { requireScope, requireUnbound } from '../access/require-scope.ts';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { requireMayManage } from '../identity/require-may-manage.ts';

/** Also removes accepted and expired invites from the list. */
export async function revokeInvite(core: Core, actor: Actor, inviteId: string): Promise<void> {
  requireScope(actor, 'users:invite');
  requireUnbound(actor);
  const { invites, audit } = core.stores;
  const invite = await invites.get(inviteId);
  if (!invite) throw new AppError('NOT_FOUND');
  requireMayManage(actor, invite.role);
  const entry = entryOf(core, actor, 'invite.revoked', {
    target: `invite:${inviteId}`,
    details: { role: invite.role },
  });
  await audit.with(entry, () => invites.remove(inviteId));
}
