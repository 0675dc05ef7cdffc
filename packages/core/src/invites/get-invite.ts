import type { InviteInfo } from '@lorebox/contract/invite';
import type { Core } from '../core.ts';
import { findInvite } from './find-invite.ts';
import { namesOf } from './workspace-names.ts';

/** Needs no credential: the token is one. @throws AppError NOT_FOUND */
export async function getInvite(core: Core, token: string): Promise<InviteInfo> {
  const { invite, invitedBy } = await findInvite(core, token);
  const names = await namesOf(core, [invite]);
  const workspaces = invite.memberships.flatMap(({ workspaceId }) => names.get(workspaceId) ?? []);
  return { role: invite.role, invitedBy, workspaces, expiresAt: invite.expiresAt };
}
