import type { Actor } from '@lorebox/contract/actor';
import type { ApiKey } from '@lorebox/contract/api-key';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { findApiKey } from './find-api-key.ts';
import { toApiKey } from './to-api-key.ts';

export async function getApiKey(core: Core, actor: Actor, keyId: string): Promise<ApiKey> {
  requireScope(actor, 'keys:read');
  return toApiKey(await findApiKey(core, actor, keyId));
}
