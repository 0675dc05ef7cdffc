/** What a webhook tells: `type` says which kind, `data` is about what. */
export interface WebhookEvent {
  /** For example "document.ready". */
  type: string;
  timestamp: Date;
  data: unknown;
}

/** From the wire, where times are ISO 8601. */
export function readWebhookEvent(json: string): WebhookEvent {
  const event = JSON.parse(json);
  return typeof event?.timestamp === 'string' ? { ...event, timestamp: new Date(event.timestamp) } : event;
}
