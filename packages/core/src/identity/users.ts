import type { Actor } from '@lorebox/contract/actor';
import { createId } from '@lorebox/contract/create-id';
import { AppError } from '@lorebox/contract/errors';
import type { Page, PageInput } from '@lorebox/contract/page';
import type { CreateUserInput, UpdateUserInput, User } from '@lorebox/contract/user';
import { requireScope, requireUnbound } from '../access/require-scope.ts';
import type { Core } from '../core.ts';

export async function createUser(core: Core, actor: Actor, input: CreateUserInput): Promise<User> {
  requireScope(actor, 'users:write');
  requireUnbound(actor);
  const { username, role } = input;
  const user = { id: createId('usr'), username, role, suspended: false, createdAt: new Date(core.clock.now()) };
  await core.users.create({ ...user, passwordHash: await core.passwords.hash(input.password) });
  return user;
}

export async function listUsers(core: Core, actor: Actor, page: PageInput): Promise<Page<User>> {
  requireScope(actor, 'users:read');
  requireUnbound(actor);
  return core.users.list(page);
}

/** A new password, another role or a suspension ends all sessions of the user with the change. */
export async function updateUser(core: Core, actor: Actor, input: UpdateUserInput): Promise<User> {
  requireScope(actor, 'users:write');
  requireUnbound(actor);
  const user = await core.users.get(input.userId);
  if (!user) throw new AppError('NOT_FOUND');
  const { role = user.role, suspended = user.suspended } = input;
  const passwordHash = input.password ? await core.passwords.hash(input.password) : user.passwordHash;
  await core.users.update(user.id, { role, suspended, passwordHash }, true);
  return { id: user.id, username: user.username, role, suspended, createdAt: user.createdAt };
}

/** With their sessions, keys and memberships. Threads stay with the workspace. */
export async function deleteUser(core: Core, actor: Actor, userId: string): Promise<void> {
  requireScope(actor, 'users:write');
  requireUnbound(actor);
  if (!(await core.users.get(userId))) throw new AppError('NOT_FOUND');
  await core.users.remove(userId);
}

/** Changes one's own password and ends every other session; the caller signs in anew. */
export async function changePassword(
  core: Core,
  actor: Actor,
  input: { current: string; next: string },
): Promise<void> {
  if (actor.kind !== 'user') throw new AppError('FORBIDDEN');
  const user = await core.users.get(actor.userId);
  const matches = await core.passwords.verify(user?.passwordHash ?? null, input.current);
  if (!user || !matches) throw new AppError('INVALID_CREDENTIALS', 'The current password is wrong.');
  await core.users.update(user.id, { passwordHash: await core.passwords.hash(input.next) }, true);
}
