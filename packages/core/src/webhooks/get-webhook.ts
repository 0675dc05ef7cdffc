import type { Actor } from '@lorebox/contract/actor';
import type { Webhook } from '@lorebox/contract/webhook';
import type { Core } from '../core.ts';
import { findWebhook } from './find-webhook.ts';
import { toWebhook } from './to-webhook.ts';

export async function getWebhook(core: Core, actor: Actor, webhookId: string): Promise<Webhook> {
  return toWebhook(await findWebhook(core, actor, webhookId, 'webhooks:read'));
}
