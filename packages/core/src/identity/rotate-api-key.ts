import type { Actor } from '@lorebox/contract/actor';
import type { CreatedApiKey, RotateApiKeyInput } from '@lorebox/contract/api-key';
import { AppError } from '@lorebox/contract/errors';
import type { ListedApiKey } from '@lorebox/ports/identity-stores';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { findWritableKey } from './find-api-key.ts';
import { keyAuditFields } from './key-audit.ts';
import { keyCreatorOf } from './key-creator.ts';
import { keyPrefixOf } from './key-prefix.ts';
import { API_KEY_PREFIX } from './resolve-actor.ts';
import { readApiKey } from './to-api-key.ts';

/**
 * A new secret for the same key; the old one works on for a while, so that clients can be changed one by one. The secret
 * opens the threads that the key made, so only its owner, the key itself and the key that made it get one.
 */
export async function rotateApiKey(core: Core, actor: Actor, input: RotateApiKeyInput): Promise<CreatedApiKey> {
  const found = await findWritableKey(core, actor, input.keyId);
  if (!mayKnowSecret(actor, found)) {
    const message =
      "Only the owner of a key can rotate it, because the new secret gives access to the owner's threads. Revoke the key instead.";
    throw new AppError('FORBIDDEN', message);
  }
  const key = API_KEY_PREFIX + core.security.secrets.createToken();
  const until = new Date(core.clock.now() + input.graceMinutes * 60_000);
  const next = { hash: core.security.secrets.digest(key), prefix: keyPrefixOf(key), until };
  const entry = entryOf(core, actor, 'key.rotated', keyAuditFields(found));
  if (!(await core.stores.audit.with(entry, () => core.stores.apiKeys.rotate(input.keyId, next))))
    throw new AppError('NOT_FOUND');
  return { ...(await readApiKey(core, input.keyId)), key };
}

function mayKnowSecret(actor: Actor, key: ListedApiKey): boolean {
  if (actor.kind === 'user') return key.ownerId === actor.userId;
  return actor.kind === 'apiKey' && (key.id === actor.keyId || key.createdBy === keyCreatorOf(actor));
}
