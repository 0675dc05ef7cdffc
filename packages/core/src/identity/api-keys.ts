import type { Actor } from '@lorebox/contract/actor';
import { ADMIN_EQUIVALENT_SCOPES } from '@lorebox/contract/actor';
import type {
  ApiKey,
  CreateApiKeyInput,
  CreatedApiKey,
  RotateApiKeyInput,
  UpdateApiKeyInput,
} from '@lorebox/contract/api-key';
import { createId } from '@lorebox/contract/create-id';
import { AppError } from '@lorebox/contract/errors';
import type { Page, PageInput } from '@lorebox/contract/page';
import type { ListedApiKey, StoredApiKey } from '@lorebox/ports/identity-stores';
import { findWorkspace } from '../access/find-workspace.ts';
import { isAdmin, requireScope, requireUnbound, userIdOf } from '../access/require-scope.ts';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { withoutUndefined } from '../without-undefined.ts';
import { requireWithinOwn } from './require-within-own.ts';
import { API_KEY_PREFIX } from './resolve-actor.ts';

/** A key belongs to whom its creator acts for. */
export async function createApiKey(core: Core, actor: Actor, input: CreateApiKeyInput): Promise<CreatedApiKey> {
  requireScope(actor, 'keys:write');
  requireUnbound(actor);
  const { workspaceId: ref } = input;
  const workspaceId = ref === null ? null : (await findWorkspace(core, actor, ref, 'viewer')).id;
  await requireWithinOwn(core, actor, { ...input, workspaceId });
  const key = API_KEY_PREFIX + core.security.secrets.createToken();
  const owner = { ownerId: userIdOf(actor), createdBy: creatorOf(actor) };
  return storeApiKey(core, actor, key, { ...input, ...owner, workspaceId, prefix: prefixOf(key) });
}

type KeyDetails = Pick<StoredApiKey, 'name' | 'scopes' | 'workspaceId' | 'expiresAt' | 'requestsPerMinute'> &
  Pick<StoredApiKey, 'ownerId' | 'createdBy' | 'prefix'>;

export async function storeApiKey(core: Core, actor: Actor, key: string, details: KeyDetails): Promise<CreatedApiKey> {
  const hashes = { hash: core.security.secrets.digest(key), previousHash: null, previousUntil: null };
  const id = createId('key');
  const stored = { ...details, ...hashes, id, lastUsedAt: null, createdAt: new Date(core.clock.now()) };
  const entry = entryOf(core, actor, 'key.created', aboutKey(stored));
  await core.stores.audit.with(entry, () => core.stores.apiKeys.create(stored));
  return { ...(await readApiKey(core, id)), key };
}

/** Of generated keys alone: the beginning of a key that somebody chose is a part of their secret. */
const prefixOf = (key: string) => key.slice(0, 8);

function aboutKey({
  id,
  name,
  scopes,
  ownerId,
  workspaceId,
  expiresAt,
}: Omit<ListedApiKey, 'ownerRole' | 'previousKeyUntil'>) {
  const details = { name, scopes: scopes.join(' '), ownerId, expiresAt: expiresAt?.toISOString() ?? null };
  return { target: `key:${id}`, workspaceId, details };
}

function creatorOf(actor: Actor): string | null {
  if (actor.kind === 'system') return null;
  return actor.kind === 'user' ? `user:${actor.userId}` : `key:${actor.keyId}`;
}

export async function getApiKey(core: Core, actor: Actor, keyId: string): Promise<ApiKey> {
  requireScope(actor, 'keys:read');
  return toApiKey(await findApiKey(core, actor, keyId));
}

/** Nobody touches a key that may do what they may not, and nobody makes it able to. */
export async function updateApiKey(core: Core, actor: Actor, input: UpdateApiKeyInput): Promise<ApiKey> {
  const { keyId, ...rest } = input;
  const key = await findWritable(core, actor, keyId);
  const change = withoutUndefined(rest);
  await requireWithinOwn(core, actor, { ...key, ...change });
  const entry = entryOf(core, actor, 'key.updated', aboutKey({ ...key, ...change }));
  if (!(await core.stores.audit.with(entry, () => core.stores.apiKeys.update(keyId, change))))
    throw new AppError('NOT_FOUND');
  return readApiKey(core, keyId);
}

/**
 * A new secret for the same key; the old one works on for a while, so that clients can be changed one by one. The secret
 * opens the threads that the key made, so only its owner, the key itself and the key that made it get one.
 */
export async function rotateApiKey(core: Core, actor: Actor, input: RotateApiKeyInput): Promise<CreatedApiKey> {
  const found = await findWritable(core, actor, input.keyId);
  if (!mayKnowSecret(actor, found)) {
    const message =
      "Only the owner of a key can rotate it, because the new secret gives access to the owner's threads. Revoke the key instead.";
    throw new AppError('FORBIDDEN', message);
  }
  const key = API_KEY_PREFIX + core.security.secrets.createToken();
  const until = new Date(core.clock.now() + input.graceMinutes * 60_000);
  const next = { hash: core.security.secrets.digest(key), prefix: prefixOf(key), until };
  const entry = entryOf(core, actor, 'key.rotated', aboutKey(found));
  if (!(await core.stores.audit.with(entry, () => core.stores.apiKeys.rotate(input.keyId, next))))
    throw new AppError('NOT_FOUND');
  return { ...(await readApiKey(core, input.keyId)), key };
}

function mayKnowSecret(actor: Actor, key: ListedApiKey): boolean {
  if (actor.kind === 'user') return key.ownerId === actor.userId;
  return actor.kind === 'apiKey' && (key.id === actor.keyId || key.createdBy === creatorOf(actor));
}

export async function listApiKeys(core: Core, actor: Actor, page: PageInput): Promise<Page<ApiKey>> {
  requireScope(actor, 'keys:read');
  requireUnbound(actor);
  const owner = isAdmin(actor) ? null : { ownerId: userIdOf(actor) };
  const { items, nextCursor } = await core.stores.apiKeys.list(owner, page);
  return { items: items.map(toApiKey), nextCursor };
}

export async function revokeApiKey(core: Core, actor: Actor, keyId: string): Promise<void> {
  const key = await findWritable(core, actor, keyId);
  const entry = entryOf(core, actor, 'key.revoked', aboutKey(key));
  if (!(await core.stores.audit.with(entry, () => core.stores.apiKeys.remove(keyId)))) throw new AppError('NOT_FOUND');
}

async function findWritable(core: Core, actor: Actor, keyId: string): Promise<ListedApiKey> {
  requireScope(actor, 'keys:write');
  const key = await findApiKey(core, actor, keyId);
  await requireWithinOwn(core, actor, key);
  return key;
}

/** Those of the same owner; admins see all. */
async function findApiKey(core: Core, actor: Actor, keyId: string): Promise<ListedApiKey> {
  requireUnbound(actor);
  const key = await core.stores.apiKeys.get(keyId);
  if (!key || !(isAdmin(actor) || key.ownerId === userIdOf(actor))) throw new AppError('NOT_FOUND');
  return key;
}

async function readApiKey(core: Core, keyId: string): Promise<ApiKey> {
  const key = await core.stores.apiKeys.get(keyId);
  if (!key) throw new AppError('NOT_FOUND');
  return toApiKey(key);
}

function toApiKey({ ownerRole, ...key }: ListedApiKey): ApiKey {
  const isAdminEquivalent =
    ownerRole === 'admin' && ADMIN_EQUIVALENT_SCOPES.some((scope) => key.scopes.includes(scope));
  return { ...key, isAdminEquivalent, neverExpires: key.expiresAt === null };
}
