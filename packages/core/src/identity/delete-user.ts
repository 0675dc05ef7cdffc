import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import { requireScope, requireUnbound } from '../access/require-scope.ts';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { requireMayManage } from './require-may-manage.ts';

/** With their sessions, keys and memberships. Threads stay with the workspace. */
export async function deleteUser(core: Core, actor: Actor, userId: string): Promise<void> {
  requireScope(actor, 'users:write');
  requireUnbound(actor);
  const user = await core.stores.users.get(userId);
  if (!user) throw new AppError('NOT_FOUND');
  requireMayManage(actor, user.role);
  const { username, role } = user;
  const entry = entryOf(core, actor, 'user.deleted', { target: `user:${userId}`, details: { username, role } });
  await core.stores.audit.with(entry, () => core.stores.users.remove(userId));
}
