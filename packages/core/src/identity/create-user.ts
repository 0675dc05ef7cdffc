import type { Actor } from '@lorebox/contract/actor';
import { createId } from '@lorebox/contract/create-id';
import type { CreateUserInput, User } from '@lorebox/contract/user';
import { requireScope, requireUnbound } from '../access/require-scope.ts';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { requireMayManage } from './require-may-manage.ts';
import { requireStrongPassword } from './require-strong-password.ts';

export async function createUser(core: Core, actor: Actor, input: CreateUserInput): Promise<User> {
  requireScope(actor, 'users:write');
  requireUnbound(actor);
  const { username, role } = input;
  requireMayManage(actor, role);
  await requireStrongPassword(core.security.passwords, input.password, username);
  const user = { id: createId('usr'), username, role, suspended: false, createdAt: new Date(core.clock.now()) };
  const passwordHash = await core.security.passwords.hash(input.password);
  const entry = entryOf(core, actor, 'user.created', { target: `user:${user.id}`, details: { username, role } });
  await core.stores.audit.with(entry, () => core.stores.users.create({ ...user, passwordHash }));
  return user;
}
