import type { Actor } from '@lorebox/contract/actor';
import type { ApiKey, CreateApiKeyInput, CreatedApiKey } from '@lorebox/contract/api-key';
import { createId } from '@lorebox/contract/create-id';
import { AppError } from '@lorebox/contract/errors';
import type { Page, PageInput } from '@lorebox/contract/page';
import { findWorkspace } from '../access/find-workspace.ts';
import { hasScope, requireScope, requireUnbound } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
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
    prefix: key.slice(0, 8),
    lastUsedAt: null,
    createdAt: new Date(core.clock.now()),
  };
  const stored = { ...about, ...input };
  await core.apiKeys.create({ ...stored, hash: core.secrets.digest(key), createdBy });
  return { ...stored, key };
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
