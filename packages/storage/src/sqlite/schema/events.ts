import type { EventType, LoreboxEvent } from '@lorebox/contract/event';
import type { DeliveryAttempt, DeliveryStatus } from '@lorebox/contract/webhook';
import { index, integer, primaryKey, sqliteTable, text } from '../../drizzle.ts';

/** `key` is the order in which they happened, whatever the clock said. */
export const events = sqliteTable(
  'events',
  {
    key: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    type: text().$type<EventType>().notNull(),
    workspaceId: text('workspace_id'),
    data: text({ mode: 'json' }).$type<LoreboxEvent['data']>().notNull(),
    timestamp: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [
    index('events_workspace').on(table.workspaceId, table.key),
    index('events_type').on(table.type, table.key),
    index('events_timestamp').on(table.timestamp),
  ],
);

export const webhooks = sqliteTable('webhooks', {
  id: text().primaryKey(),
  url: text().notNull(),
  description: text().notNull(),
  eventTypes: text('event_types', { mode: 'json' }).$type<EventType[]>(),
  workspaceId: text('workspace_id'),
  enabled: integer({ mode: 'boolean' }).notNull(),
  disabledReason: text('disabled_reason'),
  secret: text().notNull(),
  previousSecret: text('previous_secret'),
  previousSecretUntil: integer('previous_secret_until', { mode: 'timestamp_ms' }),
  createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
  updatedAt: integer('updated_at', { mode: 'timestamp_ms' }).notNull(),
});

export const deliveries = sqliteTable(
  'webhook_deliveries',
  {
    id: text().primaryKey(),
    webhookId: text('webhook_id')
      .notNull()
      .references(() => webhooks.id, { onDelete: 'cascade' }),
    eventKey: integer('event_key')
      .notNull()
      .references(() => events.key, { onDelete: 'cascade' }),
    status: text().$type<DeliveryStatus>().notNull(),
    attempts: text({ mode: 'json' }).$type<DeliveryAttempt[]>().notNull(),
    /** Tries since it was last queued; `attempts` has those before as well. */
    tries: integer().notNull(),
    nextAttemptAt: integer('next_attempt_at', { mode: 'timestamp_ms' }),
    deliveredAt: integer('delivered_at', { mode: 'timestamp_ms' }),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [
    index('deliveries_due').on(table.status, table.webhookId, table.nextAttemptAt),
    index('deliveries_webhook').on(table.webhookId, table.id),
    index('deliveries_delivered').on(table.webhookId, table.deliveredAt),
    index('deliveries_event').on(table.eventKey),
  ],
);

/** Requests that carried an Idempotency-Key. Without an answer, the process that ran it is gone, or runs it still. */
export const idempotencyKeys = sqliteTable(
  'idempotency_keys',
  {
    scope: text().notNull(),
    key: text().notNull(),
    fingerprint: text().notNull(),
    /** JSON, sealed by the vault: answers may carry secrets. */
    answer: text(),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.scope, table.key] }), index('idempotency_keys_created').on(table.createdAt)],
);
