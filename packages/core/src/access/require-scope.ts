import type { Actor, Scope } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { Role } from '@lorebox/contract/user';

const MEMBER: readonly Scope[] = [
  'workspaces:read',
  'documents:read',
  'documents:write',
  'sources:read',
  'sources:write',
  'evals:read',
  'evals:write',
  'chat',
  'models:read',
];
const MANAGER: readonly Scope[] = [...MEMBER, 'workspaces:write', 'users:read', 'system:read'];

const ROLE_SCOPES: Record<Role, readonly Scope[]> = { admin: ['*'], manager: MANAGER, member: MEMBER };

/** The first line of every use case. What a workspace role allows is checked with the workspace, see find-workspace.ts. */
export function requireScope(actor: Actor, scope: Scope): void {
  if (hasScope(actor, scope)) return;
  throw new AppError('FORBIDDEN', `This takes the scope "${scope}", which your role or key does not have.`);
}

export function hasScope(actor: Actor, scope: Scope): boolean {
  if (actor.kind === 'system') return true;
  const scopes = actor.kind === 'user' ? ROLE_SCOPES[actor.role] : actor.scopes;
  return scopes.includes('*') || scopes.includes(scope);
}

/** Keys that open one workspace do nothing outside of it. */
export function requireUnbound(actor: Actor): void {
  if (actor.kind === 'apiKey' && actor.workspaceId !== null) throw new AppError('FORBIDDEN');
}
