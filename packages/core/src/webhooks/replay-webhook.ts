import type { Actor } from '@lorebox/contract/actor';
import type { ReplayInput } from '@lorebox/contract/webhook';
import type { Core } from '../core.ts';
import { findWebhook } from './find-webhook.ts';

/** Sends the events of a time once more: after a receiver was down, or lost what it had. */
export async function replayWebhook(core: Core, actor: Actor, input: ReplayInput): Promise<{ queued: number }> {
  await findWebhook(core, actor, input.webhookId, 'webhooks:write');
  const at = new Date(core.clock.now());
  const queued = await core.stores.webhooks.replay(input.webhookId, input.since, input.until ?? at, at);
  core.signals.webhooks.wake();
  return { queued };
}
