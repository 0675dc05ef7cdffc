import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { Delivery } from '@lorebox/contract/webhook';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { findWebhook } from './find-webhook.ts';

export async function getDelivery(core: Core, actor: Actor, deliveryId: string): Promise<Delivery> {
  requireScope(actor, 'webhooks:read');
  const delivery = await core.stores.webhooks.getDelivery(deliveryId);
  if (!delivery) throw new AppError('NOT_FOUND');
  await findWebhook(core, actor, delivery.webhookId, 'webhooks:read');
  return delivery;
}
