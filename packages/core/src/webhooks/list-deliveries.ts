import type { Actor } from '@lorebox/contract/actor';
import type { Page } from '@lorebox/contract/page';
import type { Delivery, ListDeliveriesInput } from '@lorebox/contract/webhook';
import type { Core } from '../core.ts';
import { findWebhook } from './find-webhook.ts';

export async function listDeliveries(core: Core, actor: Actor, input: ListDeliveriesInput): Promise<Page<Delivery>> {
  await findWebhook(core, actor, input.webhookId, 'webhooks:read');
  return core.stores.webhooks.listDeliveries(input);
}
