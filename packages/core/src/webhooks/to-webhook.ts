import type { Webhook } from '@lorebox/contract/webhook';
import type { StoredWebhook } from '@lorebox/ports/event-stores';

export function toWebhook({
  secret: _,
  previousSecret: __,
  previousSecretUntil: ___,
  ...webhook
}: StoredWebhook): Webhook {
  return webhook;
}
