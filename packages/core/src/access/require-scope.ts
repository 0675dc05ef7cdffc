import type { Actor, Scope } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { Role } from '@lorebox/contract/user';
import { includesScope, ROLE_SCOPES } from './role-scopes.ts';

/** Called in the first line of every use case. Workspace roles are checked by `findWorkspace`. */
export function requireScope(actor: Actor, scope: Scope): void {
  if (hasScope(actor, scope)) return;
  throw new AppError('FORBIDDEN', `This requires the scope "${scope}", which your role or key doesn't have.`);
}

export function hasScope(actor: Actor, scope: Scope): boolean {
  if (actor.kind === 'system') return true;
  if (actor.kind === 'embed') return scope === 'chat';
  return includesScope(actor.kind === 'user' ? ROLE_SCOPES[actor.role] : actor.scopes, scope);
}

/**
 * Actors can't grant or revoke rights that they don't have.
 * @throws AppError FORBIDDEN that names the first missing scope.
 */
export function requireAllScopes(actor: Actor, scopes: readonly Scope[], what: string): void {
  const missing = scopes.find((scope) => !hasScope(actor, scope));
  if (missing === undefined) return;
  throw new AppError('FORBIDDEN', `${what} requires the scope "${missing}", which your role or key doesn't have.`);
}

/** Rejects keys that are bound to one workspace. */
export function requireUnbound(actor: Actor): void {
  if (actor.kind === 'embed') throw new AppError('FORBIDDEN');
  if (actor.kind === 'apiKey' && actor.workspaceId !== null)
    throw new AppError('FORBIDDEN', "This key is bound to one workspace. Use a key that isn't bound to a workspace.");
}

/** The role of the user, or of the owner of the key. */
export function roleOf(actor: Actor): Role {
  if (actor.kind === 'system') return 'admin';
  if (actor.kind === 'embed') return 'member';
  return actor.kind === 'user' ? actor.role : actor.ownerRole;
}

/** The user that the actor acts for; null for the installation. */
export function userIdOf(actor: Actor): string | null {
  if (actor.kind === 'system' || actor.kind === 'embed') return null;
  return actor.kind === 'user' ? actor.userId : actor.ownerId;
}

/** True for users with the role of an admin, and for their unbound keys with all scopes. */
export function isAdmin(actor: Actor): boolean {
  if (actor.kind === 'embed' || (actor.kind === 'apiKey' && actor.workspaceId !== null)) return false;
  return roleOf(actor) === 'admin' && hasScope(actor, '*');
}
