import type { Actor } from '@lorebox/contract/actor';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { findWebhook } from './find-webhook.ts';
import { webhookAuditFields } from './webhook-audit.ts';

export async function deleteWebhook(core: Core, actor: Actor, webhookId: string): Promise<void> {
  const webhook = await findWebhook(core, actor, webhookId, 'webhooks:write');
  const entry = entryOf(core, actor, 'webhook.deleted', webhookAuditFields(webhook));
  await core.stores.audit.with(entry, () => core.stores.webhooks.remove(webhookId));
}
