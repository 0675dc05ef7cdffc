import type { LoreboxEvent } from '@lorebox/contract/event';

/** What a webhook tells: `type` says which kind, `data` what it is about. */
export type WebhookEvent = LoreboxEvent;

/** From the wire, where times are ISO 8601. */
export function readWebhookEvent(json: string): WebhookEvent {
  const event = JSON.parse(json);
  return typeof event?.timestamp === 'string' ? { ...event, timestamp: new Date(event.timestamp) } : event;
}
