import type { Actor } from '@lorebox/contract/actor';
import type { Page } from '@lorebox/contract/page';
import type { ListUsersInput, User } from '@lorebox/contract/user';
import { requireScope, requireUnbound } from '../access/require-scope.ts';
import type { Core } from '../core.ts';

export async function listUsers(core: Core, actor: Actor, query: ListUsersInput): Promise<Page<User>> {
  requireScope(actor, 'users:read');
  requireUnbound(actor);
  return core.stores.users.list(query);
}
