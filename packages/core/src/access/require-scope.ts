import type { Actor, Scope } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { Role } from '@lorebox/contract/user';
import { includesScope, ROLE_SCOPES } from './role-scopes.ts';

/** The first line of every use case. What a workspace role allows is checked with the workspace, see find-workspace.ts. */
export function requireScope(actor: Actor, scope: Scope): void {
  if (hasScope(actor, scope)) return;
  throw new AppError('FORBIDDEN', `This requires the scope "${scope}", which your role or key doesn't have.`);
}

export function hasScope(actor: Actor, scope: Scope): boolean {
  if (actor.kind === 'system') return true;
  return includesScope(actor.kind === 'user' ? ROLE_SCOPES[actor.role] : actor.scopes, scope);
}

/** Nobody gives or takes more than they have. @throws AppError FORBIDDEN that names the first scope that is missing. */
export function requireAllScopes(actor: Actor, scopes: readonly Scope[], what: string): void {
  const missing = scopes.find((scope) => !hasScope(actor, scope));
  if (missing === undefined) return;
  throw new AppError('FORBIDDEN', `${what} requires the scope "${missing}", which your role or key doesn't have.`);
}

/** Keys that open one workspace do nothing outside of it. */
export function requireUnbound(actor: Actor): void {
  if (actor.kind === 'apiKey' && actor.workspaceId !== null)
    throw new AppError('FORBIDDEN', "This key is bound to one workspace. Use a key that isn't bound to a workspace.");
}

/** The role whose limits hold: the user's, or that of the key's owner. */
export function roleOf(actor: Actor): Role {
  if (actor.kind === 'system') return 'admin';
  return actor.kind === 'user' ? actor.role : actor.ownerRole;
}

/** The user that the actor acts for; null for the installation. */
export function userIdOf(actor: Actor): string | null {
  if (actor.kind === 'system') return null;
  return actor.kind === 'user' ? actor.userId : actor.ownerId;
}

/** What only a person with the role of an admin may do, or a key of theirs with all scopes that is bound to nothing. */
export function isAdmin(actor: Actor): boolean {
  if (actor.kind === 'apiKey' && actor.workspaceId !== null) return false;
  return roleOf(actor) === 'admin' && hasScope(actor, '*');
}
