import type { Actor } from '@lorebox/contract/actor';
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
import { findWorkspace } from '../access/find-workspace.ts';
import { hasScope, requireScope, requireUnbound } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { withoutUndefined } from '../without-undefined.ts';
import { API_KEY_PREFIX } from './resolve-actor.ts';

/** Nobody gives away more than they have. */
export async function createApiKey(core: Core, actor: Actor, input: CreateApiKeyInput): Promise<CreatedApiKey> {
  requireScope(actor, 'keys:write');
  requireUnbound(actor);
  for (const scope of input.scopes) if (!hasScope(actor, scope)) throw new AppError('FORBIDDEN');
  if (input.workspaceId !== null) await findWorkspace(core, actor, input.workspaceId, 'viewer');
  const key = API_KEY_PREFIX + core.secrets.createToken();
  return storeApiKey(core, key, input, actor.kind === 'user' ? actor.userId : null);
}

export async function storeApiKey(
  core: Core,
  key: string,
  input: CreateApiKeyInput,
  createdBy: string | null,
): Promise<CreatedApiKey> {
  const about = {
    id: createId('key'),
    prefix: prefixOf(key),
    lastUsedAt: null,
    createdAt: new Date(core.clock.now()),
  };
  const stored = { ...about, ...input };
  const hashes = { hash: core.secrets.digest(key), previousHash: null, previousUntil: null };
  await core.apiKeys.create({ ...stored, ...hashes, createdBy });
  return { ...stored, previousKeyUntil: null, key };
}

const prefixOf = (key: string) => key.slice(0, 8);

export async function getApiKey(core: Core, actor: Actor, keyId: string): Promise<ApiKey> {
  requireScope(actor, 'keys:read');
  requireUnbound(actor);
  const key = await core.apiKeys.get(keyId);
  if (!key) throw new AppError('NOT_FOUND');
  return key;
}

/** Nobody touches a key that may do what they may not, and nobody makes it able to. */
export async function updateApiKey(core: Core, actor: Actor, input: UpdateApiKeyInput): Promise<ApiKey> {
  const { keyId, ...change } = input;
  await findOwnKind(core, actor, keyId);
  for (const scope of change.scopes ?? []) if (!hasScope(actor, scope)) throw new AppError('FORBIDDEN');
  if (!(await core.apiKeys.update(keyId, withoutUndefined(change)))) throw new AppError('NOT_FOUND');
  return getApiKey(core, { kind: 'system' }, keyId);
}

/** A new secret for the same key; the old one works on for a while, so that clients can be changed one by one. */
export async function rotateApiKey(core: Core, actor: Actor, input: RotateApiKeyInput): Promise<CreatedApiKey> {
  await findOwnKind(core, actor, input.keyId);
  const key = API_KEY_PREFIX + core.secrets.createToken();
  const until = new Date(core.clock.now() + input.graceMinutes * 60_000);
  if (!(await core.apiKeys.rotate(input.keyId, { hash: core.secrets.digest(key), prefix: prefixOf(key), until }))) {
    throw new AppError('NOT_FOUND');
  }
  return { ...(await getApiKey(core, { kind: 'system' }, input.keyId)), key };
}

async function findOwnKind(core: Core, actor: Actor, keyId: string): Promise<void> {
  requireScope(actor, 'keys:write');
  requireUnbound(actor);
  const key = await core.apiKeys.get(keyId);
  if (!key) throw new AppError('NOT_FOUND');
  for (const scope of key.scopes) if (!hasScope(actor, scope)) throw new AppError('FORBIDDEN');
}

export async function listApiKeys(core: Core, actor: Actor, page: PageInput): Promise<Page<ApiKey>> {
  requireScope(actor, 'keys:read');
  requireUnbound(actor);
  return core.apiKeys.list(page);
}

export async function revokeApiKey(core: Core, actor: Actor, keyId: string): Promise<void> {
  requireScope(actor, 'keys:write');
  requireUnbound(actor);
  if (!(await core.apiKeys.remove(keyId))) throw new AppError('NOT_FOUND');
}
