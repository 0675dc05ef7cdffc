import { createId } from '@lorebox/contract/create-id';
import type { NewEvent } from '@lorebox/contract/event';
import { insertRow } from '../prepared-writes.ts';
import { prepareOnce, prepareValue } from '../statements.ts';
import { queueDelivery, webhooksFor } from '../webhooks/queue-delivery.ts';
import type { WriteContext } from '../writer/context.ts';
import { events } from './schema.ts';

/** Stores an event in the running transaction and queues it for the webhooks that subscribe to it. */
export function recordEvent(context: WriteContext, event: NewEvent): void {
  const key = insertEvent(context, event);
  if (isLocalOnly(context, event.workspaceId)) return;
  for (const webhookId of webhooksFor(context, event)) queueDelivery(context, webhookId, key, event.timestamp);
}

/** Nothing of a local-only workspace leaves this machine, including document names. */
export function isLocalOnly({ raw }: WriteContext, workspaceId: string | null): boolean {
  if (workspaceId === null) return false;
  return prepareOnce(raw, 'select 1 from workspaces where id = ? and local_only = 1').get(workspaceId) !== undefined;
}

/** Returns the key of the event. */
export function insertEvent({ orm, raw }: WriteContext, event: NewEvent): number {
  const { type, workspaceId, timestamp, data } = event;
  insertRow(orm, events, { id: createId('evt'), type, workspaceId, timestamp, data });
  const key = prepareValue<[], number>(raw, 'select last_insert_rowid()').get();
  if (key === undefined) throw new Error('the event was not inserted');
  return key;
}
