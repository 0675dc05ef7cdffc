import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { UpdateUserInput, User } from '@lorebox/contract/user';
import { requireScope, requireUnbound } from '../access/require-scope.ts';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { requireMayManage } from './require-may-manage.ts';
import { requireStrongPassword } from './require-strong-password.ts';

/**
 * A new password, another role or a suspension ends all sessions of the user with the change. Keys need no ending: they have
 * what the role allows at each request. A new password revokes them, unless the caller says otherwise.
 */
export async function updateUser(core: Core, actor: Actor, input: UpdateUserInput): Promise<User> {
  requireScope(actor, 'users:write');
  requireUnbound(actor);
  const user = await core.stores.users.get(input.userId);
  if (!user) throw new AppError('NOT_FOUND');
  const { role = user.role, suspended = user.suspended, revokeKeys = input.password !== undefined } = input;
  requireMayManage(actor, user.role);
  requireMayManage(actor, role);
  if (input.password) await requireStrongPassword(core.security.passwords, input.password, user.username);
  const passwordHash = input.password ? await core.security.passwords.hash(input.password) : user.passwordHash;
  const entry = entryOf(core, actor, 'user.updated', {
    target: `user:${user.id}`,
    details: { username: user.username, role, suspended, newPassword: input.password !== undefined, revokeKeys },
  });
  const change = { role, suspended, passwordHash };
  await core.stores.audit.with(entry, () =>
    core.stores.users.update(user.id, change, { endSessions: true, revokeKeys }),
  );
  return { id: user.id, username: user.username, role, suspended, createdAt: user.createdAt };
}
