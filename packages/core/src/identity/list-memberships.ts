import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { Membership } from '@lorebox/contract/workspace';
import { requireScope, requireUnbound } from '../access/require-scope.ts';
import type { Core } from '../core.ts';

/** The workspaces that a user is a member of. */
export async function listMemberships(core: Core, actor: Actor, userId: string): Promise<Membership[]> {
  requireScope(actor, 'users:read');
  requireUnbound(actor);
  if (!(await core.stores.users.get(userId))) throw new AppError('NOT_FOUND');
  return core.stores.workspaces.listMemberships(userId);
}
