import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { Delivery } from '@lorebox/contract/webhook';
import type { Core } from '../core.ts';
import { findWebhook } from './find-webhook.ts';

/** Sends a `webhook.test` event to this webhook alone; its delivery tells what came of it. */
export async function testWebhook(core: Core, actor: Actor, webhookId: string): Promise<Delivery> {
  const webhook = await findWebhook(core, actor, webhookId, 'webhooks:write');
  if (!webhook.enabled) throw new AppError('CONFLICT', 'This webhook is disabled. Enable it first.');
  const delivery = await core.stores.webhooks.addTest(webhookId, new Date(core.clock.now()));
  core.signals.webhooks.wake();
  return delivery;
}
