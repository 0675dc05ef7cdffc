import { createId } from '@lorebox/contract/create-id';
import type { EventType, NewEvent } from '@lorebox/contract/event';
import { prepareOnce } from '../connection.ts';
import { insertRow } from '../prepared.ts';
import { deliveries, events } from '../schema/events.ts';
import type { WriteContext } from '../writer/context.ts';

/** Writes down what the running transaction does, and queues it for the webhooks that are told of it. */
export function recordEvent(context: WriteContext, event: NewEvent): void {
  const key = insertEvent(context, event);
  if (isLocalOnly(context, event.workspaceId)) return;
  for (const webhookId of webhooksFor(context, event)) queueDelivery(context, webhookId, key, event.timestamp);
}

/** Of such a workspace nothing leaves this machine, names of documents included. */
export function isLocalOnly({ raw }: WriteContext, workspaceId: string | null): boolean {
  if (workspaceId === null) return false;
  return prepareOnce(raw, 'select 1 from workspaces where id = ? and local_only = 1').get(workspaceId) !== undefined;
}

/** Its key. */
export function insertEvent({ orm, raw }: WriteContext, event: NewEvent): number {
  const { type, workspaceId, timestamp, data } = event;
  insertRow(orm, events, { id: createId('evt'), type, workspaceId, timestamp, data });
  return (prepareOnce(raw, 'select last_insert_rowid() key').get() as { key: number }).key;
}

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

function webhooksFor({ raw }: WriteContext, event: NewEvent): string[] {
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

/** Told when a document's ingest ends, either way. */
export function recordIngestEnd(context: WriteContext, documentId: string, at: Date): void {
  const sql =
    'select external_id externalId, workspace_id workspaceId, title, filename, format, pages, chunks, status, reason, message ' +
    'from documents where id = ?';
  const row = prepareOnce(context.raw, sql).get(documentId) as DocumentOutcome | undefined;
  if (!row || row.status === 'processing') return;
  const { workspaceId, externalId, title, filename, status, format, pages, chunks, reason, message } = row;
  const about = { documentId, externalId, title, filename };
  const common = { workspaceId, timestamp: at };
  if (status === 'ready') {
    recordEvent(context, { ...common, type: 'document.ready', data: { ...about, format, pages, chunks } });
  } else {
    recordEvent(context, { ...common, type: 'document.failed', data: { ...about, reason, message } });
  }
}

interface DocumentOutcome {
  workspaceId: string;
  externalId: string | null;
  title: string;
  filename: string;
  status: 'processing' | 'ready' | 'failed';
  format: string | null;
  pages: number | null;
  chunks: number;
  reason: Extract<NewEvent, { type: 'document.failed' }>['data']['reason'];
  message: string | null;
}
