import type { Actor } from '@lorebox/contract/actor';
import type { CreateApiKeyInput, CreatedApiKey } from '@lorebox/contract/api-key';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope, requireUnbound, userIdOf } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { keyCreatorOf } from './key-creator.ts';
import { keyPrefixOf } from './key-prefix.ts';
import { requireWithinOwn } from './require-within-own.ts';
import { API_KEY_PREFIX } from './resolve-actor.ts';
import { storeApiKey } from './store-api-key.ts';

/** A key belongs to whom its creator acts for. */
export async function createApiKey(core: Core, actor: Actor, input: CreateApiKeyInput): Promise<CreatedApiKey> {
  requireScope(actor, 'keys:write');
  requireUnbound(actor);
  const { workspaceId: ref } = input;
  const workspaceId = ref === null ? null : (await findWorkspace(core, actor, ref, 'viewer')).id;
  await requireWithinOwn(core, actor, { ...input, workspaceId });
  const key = API_KEY_PREFIX + core.security.secrets.createToken();
  const owner = { ownerId: userIdOf(actor), createdBy: keyCreatorOf(actor) };
  return storeApiKey(core, actor, key, { ...input, ...owner, workspaceId, prefix: keyPrefixOf(key) });
}
