import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { User } from '@lorebox/contract/user';
import { requireScope, requireUnbound } from '../access/require-scope.ts';
import type { Core } from '../core.ts';

export async function getUser(core: Core, actor: Actor, userId: string): Promise<User> {
  requireScope(actor, 'users:read');
  requireUnbound(actor);
  const user = await core.stores.users.get(userId);
  if (!user) throw new AppError('NOT_FOUND');
  const { passwordHash: _, ...visible } = user;
  return visible;
}
