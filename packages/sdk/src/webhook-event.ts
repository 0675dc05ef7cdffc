import type { LoreboxEvent } from '@lorebox/contract/event';

/** An event that a webhook delivers: `type` is the kind of event, `data` its details. */
export type WebhookEvent = LoreboxEvent;

/** Parses an event from JSON, where times are ISO 8601 strings. */
export function readWebhookEvent(json: string): WebhookEvent {
  const event = JSON.parse(json);
  return typeof event?.timestamp === 'string' ? { ...event, timestamp: new Date(event.timestamp) } : event;
}
