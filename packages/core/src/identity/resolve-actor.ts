import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { Role } from '@lorebox/contract/user';
import type { StoredApiKey } from '@lorebox/ports/identity-stores';
import { limitScopes } from '../access/role-scopes.ts';
import type { Core } from '../core.ts';

export const API_KEY_PREFIX = 'lbx_';
const TOUCH_EVERY_MS = 60_000;

/**
 * Resolves the credential of every request on every surface. Nothing is cached, so revoking a key, ending a session or
 * suspending a user takes effect with the next request, and a key never has more rights than its owner.
 */
export async function resolveActor(core: Core, credential: string): Promise<Actor> {
  const match = await core.stores.apiKeys.getByHash(
    core.security.secrets.digest(credential),
    new Date(core.clock.now()),
  );
  if (match) return actorOfKey(core, match.key, match.ownerRole);
  // Keys from LOREBOX_API_KEY have no prefix, so anything else may be a session token.
  if (credential.startsWith(API_KEY_PREFIX))
    throw new AppError('UNAUTHENTICATED', 'Invalid API key. Check it, or create a new one.');
  return resolveSession(core, credential);
}

async function actorOfKey(core: Core, key: StoredApiKey, ownerRole: Role): Promise<Actor> {
  const now = core.clock.now();
  if (key.expiresAt && key.expiresAt.getTime() <= now) throw new AppError('KEY_EXPIRED');
  if (!key.lastUsedAt || now - key.lastUsedAt.getTime() > TOUCH_EVERY_MS) {
    core.stores.apiKeys
      .touch(key.id, new Date(now))
      .catch((error) => core.log.warn({ err: error }, 'API key last use not recorded'));
  }
  const { id: keyId, ownerId, workspaceId, requestsPerMinute } = key;
  const scopes = limitScopes(key.scopes, ownerRole);
  return { kind: 'apiKey', keyId, ownerId, ownerRole, scopes, workspaceId, requestsPerMinute };
}

async function resolveSession(core: Core, token: string): Promise<Actor> {
  const session = await core.security.sessions.validate(token);
  const user = session && (await core.stores.users.get(session.userId));
  if (!session || !user || user.suspended)
    throw new AppError('UNAUTHENTICATED', 'Invalid or expired API key or session. Sign in again or use another key.');
  return { kind: 'user', userId: user.id, role: user.role, sessionId: session.sessionId };
}
