import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { findWritableKey } from './find-api-key.ts';
import { keyAuditFields } from './key-audit.ts';

export async function revokeApiKey(core: Core, actor: Actor, keyId: string): Promise<void> {
  const key = await findWritableKey(core, actor, keyId);
  const entry = entryOf(core, actor, 'key.revoked', keyAuditFields(key));
  if (!(await core.stores.audit.with(entry, () => core.stores.apiKeys.remove(keyId)))) throw new AppError('NOT_FOUND');
}
