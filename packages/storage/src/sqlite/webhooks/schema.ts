import type { EventType } from '@lorebox/contract/event';
import type { DeliveryAttempt, DeliveryStatus } from '@lorebox/contract/webhook';
import { index, integer, sqliteTable, text } from '../../drizzle.ts';
import { events } from '../events/schema.ts';

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
    /** Attempts since it was last queued; `attempts` also has the earlier ones. */
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
