import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { Delivery } from '@lorebox/contract/webhook';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { findWebhook } from './find-webhook.ts';

/** Sends one event once more, whatever became of it. */
export async function retryDelivery(core: Core, actor: Actor, deliveryId: string): Promise<Delivery> {
  requireScope(actor, 'webhooks:write');
  const delivery = await core.stores.webhooks.getDelivery(deliveryId);
  if (!delivery) throw new AppError('NOT_FOUND');
  await findWebhook(core, actor, delivery.webhookId, 'webhooks:write');
  if (!(await core.stores.webhooks.retryDelivery(deliveryId, new Date(core.clock.now()))))
    throw new AppError('FORBIDDEN', 'The workspace is local only, so its events are not sent to webhooks.');
  core.signals.webhooks.wake();
  return (await core.stores.webhooks.getDelivery(deliveryId)) ?? delivery;
}
