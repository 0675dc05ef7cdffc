import type { Actor } from '@lorebox/contract/actor';
import type { Role } from '@lorebox/contract/user';
import { requireAllScopes } from '../access/require-scope.ts';
import { ROLE_SCOPES } from '../access/role-scopes.ts';

/** Whoever manages a user could become them, so it takes everything that their role allows. */
export function requireMayManage(actor: Actor, role: Role): void {
  requireAllScopes(actor, ROLE_SCOPES[role], `Managing users with the role "${role}"`);
}
