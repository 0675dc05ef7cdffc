import { ADMIN_EQUIVALENT_SCOPES } from '@lorebox/contract/actor';
import type { ApiKey } from '@lorebox/contract/api-key';
import { AppError } from '@lorebox/contract/errors';
import type { ListedApiKey } from '@lorebox/ports/identity-stores';
import type { Core } from '../core.ts';

export async function readApiKey(core: Core, keyId: string): Promise<ApiKey> {
  const key = await core.stores.apiKeys.get(keyId);
  if (!key) throw new AppError('NOT_FOUND');
  return toApiKey(key);
}

export function toApiKey({ ownerRole, ...key }: ListedApiKey): ApiKey {
  const isAdminEquivalent =
    ownerRole === 'admin' && ADMIN_EQUIVALENT_SCOPES.some((scope) => key.scopes.includes(scope));
  return { ...key, isAdminEquivalent, neverExpires: key.expiresAt === null };
}
