import { ADMIN_EQUIVALENT_SCOPES, type Scope } from '@lorebox/contract/actor';
import type { Role } from '@lorebox/contract/user';
import type { MemberRole } from '@lorebox/contract/workspace';

const VIEWER: readonly Scope[] = ['workspaces:read', 'documents:read', 'evals:read', 'chat', 'models:read'];
const EDITOR: readonly Scope[] = [...VIEWER, 'documents:write', 'evals:write', 'sources:read'];
const MEMBER: readonly Scope[] = [...EDITOR, 'sources:write'];
const MANAGER: readonly Scope[] = [...MEMBER, 'workspaces:write', 'users:read', 'users:invite', 'system:read'];

/** Scopes of each role. Within a workspace, the workspace role of a member limits them further. */
export const ROLE_SCOPES: Record<Role, readonly Scope[]> = {
  admin: ADMIN_EQUIVALENT_SCOPES,
  manager: MANAGER,
  member: MEMBER,
};

/** Scopes that a workspace role gives a member in that workspace. */
export const MEMBER_ROLE_SCOPES: Record<MemberRole, readonly Scope[]> = {
  viewer: VIEWER,
  editor: EDITOR,
  owner: [...MEMBER, 'workspaces:write'],
};

export const includesScope = (scopes: readonly Scope[], scope: Scope): boolean =>
  scopes.includes('*') || scopes.includes(scope);

/** The scopes of a key, limited to those of its owner's role. */
export function limitScopes(scopes: readonly Scope[], role: Role): readonly Scope[] {
  const allowed = ROLE_SCOPES[role];
  if (allowed.includes('*')) return scopes;
  return allowed.filter((scope) => includesScope(scopes, scope));
}
