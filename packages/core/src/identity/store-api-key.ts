import type { Actor } from '@lorebox/contract/actor';
import type { CreatedApiKey } from '@lorebox/contract/api-key';
import { createId } from '@lorebox/contract/create-id';
import type { StoredApiKey } from '@lorebox/ports/identity-stores';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { keyAuditFields } from './key-audit.ts';
import { readApiKey } from './to-api-key.ts';

type KeyDetails = Pick<StoredApiKey, 'name' | 'scopes' | 'workspaceId' | 'expiresAt' | 'requestsPerMinute'> &
  Pick<StoredApiKey, 'ownerId' | 'createdBy' | 'prefix'>;

export async function storeApiKey(core: Core, actor: Actor, key: string, details: KeyDetails): Promise<CreatedApiKey> {
  const hashes = { hash: core.security.secrets.digest(key), previousHash: null, previousUntil: null };
  const id = createId('key');
  const stored = { ...details, ...hashes, id, lastUsedAt: null, createdAt: new Date(core.clock.now()) };
  const entry = entryOf(core, actor, 'key.created', keyAuditFields(stored));
  await core.stores.audit.with(entry, () => core.stores.apiKeys.create(stored));
  return { ...(await readApiKey(core, id)), key };
}
