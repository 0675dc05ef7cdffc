import type { Actor } from '@lorebox/contract/actor';
import { createId } from '@lorebox/contract/create-id';
import { AppError } from '@lorebox/contract/errors';
import type { Page } from '@lorebox/contract/page';
import type {
  ChangePasswordInput,
  CreateUserInput,
  ListUsersInput,
  Role,
  UpdateUserInput,
  User,
} from '@lorebox/contract/user';
import { requireAllScopes, requireScope, requireUnbound } from '../access/require-scope.ts';
import { ROLE_SCOPES } from '../access/role-scopes.ts';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
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

export async function getUser(core: Core, actor: Actor, userId: string): Promise<User> {
  requireScope(actor, 'users:read');
  requireUnbound(actor);
  const user = await core.stores.users.get(userId);
  if (!user) throw new AppError('NOT_FOUND');
  const { passwordHash: _, ...shown } = user;
  return shown;
}

export async function listUsers(core: Core, actor: Actor, query: ListUsersInput): Promise<Page<User>> {
  requireScope(actor, 'users:read');
  requireUnbound(actor);
  return core.stores.users.list(query);
}

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

/** Changes one's own password and ends every other session; the caller signs in anew. */
export async function changePassword(core: Core, actor: Actor, input: ChangePasswordInput): Promise<void> {
  if (actor.kind !== 'user') throw new AppError('FORBIDDEN');
  const user = await core.stores.users.get(actor.userId);
  const matches = await core.security.passwords.verify(user?.passwordHash ?? null, input.current);
  if (!user || !matches) throw new AppError('INVALID_CREDENTIALS', 'The current password is wrong.');
  await requireStrongPassword(core.security.passwords, input.next, user.username);
  const passwordHash = await core.security.passwords.hash(input.next);
  const { revokeKeys } = input;
  const entry = entryOf(core, actor, 'password.changed', { target: `user:${user.id}`, details: { revokeKeys } });
  await core.stores.audit.with(entry, () =>
    core.stores.users.update(user.id, { passwordHash }, { endSessions: true, revokeKeys }),
  );
}

/** Whoever manages a user could become them, so it takes everything that their role allows. */
function requireMayManage(actor: Actor, role: Role): void {
  requireAllScopes(actor, ROLE_SCOPES[role], `Managing users with the role "${role}"`);
}
