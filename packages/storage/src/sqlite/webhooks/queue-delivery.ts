import { createId } from '@lorebox/contract/create-id';
import type { EventType, NewEvent } from '@lorebox/contract/event';
import { insertRow } from '../prepared-writes.ts';
import { prepareOnce } from '../statements.ts';
import type { WriteContext } from '../writer/context.ts';
import { deliveries } from './schema.ts';

/** Returns the id of the delivery. */
export function queueDelivery({ orm }: WriteContext, webhookId: string, eventKey: number, at: Date): string {
  const id = createId('dlv');
  const queued = { status: 'pending', attempts: [], tries: 0, nextAttemptAt: at, createdAt: at } as const;
  insertRow(orm, deliveries, { id, webhookId, eventKey, ...queued, attempts: [] });
  return id;
}

interface Subscription {
  eventTypes: EventType[] | null;
  workspaceId: string | null;
}

export function webhooksFor({ raw }: WriteContext, event: NewEvent): string[] {
  const sql = 'select id, event_types eventTypes, workspace_id workspaceId from webhooks where enabled = 1';
  const enabled = prepareOnce<[], WebhookRow>(raw, sql).all();
  return enabled.filter((row) => subscribesTo(toSubscription(row), event)).map(({ id }) => id);
}

interface WebhookRow {
  id: string;
  /** JSON. Null: all event types. */
  eventTypes: string | null;
  workspaceId: string | null;
}

function toSubscription({ eventTypes, workspaceId }: WebhookRow): Subscription {
  return { eventTypes: eventTypes === null ? null : JSON.parse(eventTypes), workspaceId };
}

export function subscribesTo(
  { eventTypes, workspaceId }: Subscription,
  event: { type: EventType; workspaceId: string | null },
): boolean {
  if (workspaceId !== null && workspaceId !== event.workspaceId) return false;
  return eventTypes?.includes(event.type) ?? true;
}
