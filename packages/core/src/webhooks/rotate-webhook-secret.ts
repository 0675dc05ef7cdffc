import type { Actor } from '@lorebox/contract/actor';
import type { CreatedWebhook } from '@lorebox/contract/webhook';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { findWebhook } from './find-webhook.ts';
import { getWebhook } from './get-webhook.ts';
import { createSigningSecret } from './sign-webhook.ts';
import { webhookAuditFields } from './webhook-audit.ts';

/** Deliveries are signed with the secret of before as well for this long, so that receivers can be changed in peace. */
const SECRET_GRACE_MS = 24 * 3600_000;

export async function rotateWebhookSecret(core: Core, actor: Actor, webhookId: string): Promise<CreatedWebhook> {
  const webhook = await findWebhook(core, actor, webhookId, 'webhooks:write');
  const now = core.clock.now();
  const secret = createSigningSecret();
  const written = {
    secret: core.security.vault.seal(secret),
    previousSecret: webhook.secret,
    previousSecretUntil: new Date(now + SECRET_GRACE_MS),
    updatedAt: new Date(now),
  };
  const entry = entryOf(core, actor, 'webhook.updated', webhookAuditFields(webhook));
  await core.stores.audit.with(entry, () => core.stores.webhooks.update(webhookId, written));
  return { ...(await getWebhook(core, { kind: 'system' }, webhookId)), secret };
}
