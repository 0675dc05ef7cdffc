import type { Actor } from '@lorebox/contract/actor';
import type { ApiKey, UpdateApiKeyInput } from '@lorebox/contract/api-key';
import { AppError } from '@lorebox/contract/errors';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { withoutUndefined } from '../without-undefined.ts';
import { findWritableKey } from './find-api-key.ts';
import { keyAuditFields } from './key-audit.ts';
import { requireWithinOwn } from './require-within-own.ts';
import { readApiKey } from './to-api-key.ts';

/** Nobody touches a key that may do what they may not, and nobody makes it able to. */
export async function updateApiKey(core: Core, actor: Actor, input: UpdateApiKeyInput): Promise<ApiKey> {
  const { keyId, ...rest } = input;
  const key = await findWritableKey(core, actor, keyId);
  const change = withoutUndefined(rest);
  await requireWithinOwn(core, actor, { ...key, ...change });
  const entry = entryOf(core, actor, 'key.updated', keyAuditFields({ ...key, ...change }));
  if (!(await core.stores.audit.with(entry, () => core.stores.apiKeys.update(keyId, change))))
    throw new AppError('NOT_FOUND');
  return readApiKey(core, keyId);
}
