import type { EventType, LoreboxEvent } from '@lorebox/contract/event';
import { index, integer, sqliteTable, text } from '../../drizzle.ts';

/** `key` is the order in which events happened, regardless of the clock. */
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
