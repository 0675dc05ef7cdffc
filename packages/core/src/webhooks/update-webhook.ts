import type { Actor } from '@lorebox/contract/actor';
import type { UpdatedWebhook, UpdateWebhookInput } from '@lorebox/contract/webhook';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { withoutUndefined } from '../without-undefined.ts';
import { findWebhook } from './find-webhook.ts';
import { getWebhook } from './get-webhook.ts';
import { createSigningSecret } from './sign-webhook.ts';
import { webhookAuditFields } from './webhook-audit.ts';

/**
 * Switching it on again forgets why it was switched off; what waited meanwhile is sent. Another address gets another secret: what
 * it receives must be of no use at the old one.
 */
export async function updateWebhook(core: Core, actor: Actor, input: UpdateWebhookInput): Promise<UpdatedWebhook> {
  const { webhookId, ...change } = input;
  const webhook = await findWebhook(core, actor, webhookId, 'webhooks:write');
  if (change.url !== undefined) await core.network.webhooks.check(change.url);
  const updatedAt = new Date(core.clock.now());
  const reason = change.enabled === undefined ? {} : { disabledReason: null };
  const secret = change.url !== undefined && change.url !== webhook.url ? createSigningSecret() : null;
  const rotated =
    secret === null
      ? {}
      : { secret: core.security.vault.seal(secret), previousSecret: null, previousSecretUntil: null };
  const written = { ...withoutUndefined(change), ...reason, ...rotated, updatedAt };
  const entry = entryOf(
    core,
    actor,
    'webhook.updated',
    webhookAuditFields({ ...webhook, ...withoutUndefined(change) }),
  );
  await core.stores.audit.with(entry, () => core.stores.webhooks.update(webhookId, written));
  core.signals.webhooks.wake();
  return { ...(await getWebhook(core, { kind: 'system' }, webhookId)), secret };
}
