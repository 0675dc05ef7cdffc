import { createId } from '@lorebox/contract/create-id';
import type { EventType, NewEvent } from '@lorebox/contract/event';
import { prepareOnce } from '../connection.ts';
import { insertRow } from '../prepared.ts';
import type { WriteContext } from '../writer/context.ts';
import { deliveries } from './schema.ts';

/** Its id. */
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
  const enabled = prepareOnce(raw, sql).all() as {
    id: string;
    eventTypes: string | null;
    workspaceId: string | null;
  }[];
  return enabled
    .map((row) => ({
      ...row,
      eventTypes: row.eventTypes === null ? null : (JSON.parse(row.eventTypes) as EventType[]),
    }))
    .filter((webhook) => isToldOf(webhook, event))
    .map(({ id }) => id);
}

export function isToldOf(
  { eventTypes, workspaceId }: Subscription,
  event: { type: EventType; workspaceId: string | null },
): boolean {
  if (workspaceId !== null && workspaceId !== event.workspaceId) return false;
  return eventTypes?.includes(event.type) ?? true;
}
