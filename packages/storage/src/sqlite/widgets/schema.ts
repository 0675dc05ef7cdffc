import type { Lead, LeadForm, WidgetLanguage, WidgetPosition } from '@lorebox/contract/widget';
import type { ChatMode } from '@lorebox/contract/workspace';
import { index, integer, primaryKey, sqliteTable, text } from '../../drizzle.ts';
import { workspaces } from '../workspaces/schema.ts';

const flag = (name: string) => integer(name, { mode: 'boolean' }).notNull();
const time = (name: string) => integer(name, { mode: 'timestamp_ms' }).notNull();

export const widgets = sqliteTable(
  'widgets',
  {
    id: text().primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    enabled: flag('enabled'),
    mode: text().$type<ChatMode>().notNull(),
    model: text(),
    allowModelOverride: flag('allow_model_override'),
    allowTemperatureOverride: flag('allow_temperature_override'),
    allowPromptOverride: flag('allow_prompt_override'),
    allowedOrigins: text('allowed_origins', { mode: 'json' }).$type<string[]>().notNull(),
    messagesPerSession: integer('messages_per_session'),
    messagesPerDay: integer('messages_per_day'),
    title: text().notNull(),
    greeting: text().notNull(),
    accentColor: text('accent_color').notNull(),
    position: text().$type<WidgetPosition>().notNull(),
    suggestions: text({ mode: 'json' }).$type<string[]>().notNull(),
    leadForm: text('lead_form').$type<LeadForm>().notNull(),
    handoverUrl: text('handover_url'),
    language: text().$type<WidgetLanguage>(),
    createdAt: time('created_at'),
    updatedAt: time('updated_at'),
  },
  (table) => [index('widgets_workspace').on(table.workspaceId, table.id)],
);

export const widgetSessions = sqliteTable(
  'widget_sessions',
  {
    id: text().primaryKey(),
    widgetId: text('widget_id')
      .notNull()
      .references(() => widgets.id, { onDelete: 'cascade' }),
    workspaceId: text('workspace_id').notNull(),
    /** Without a foreign key, because the thread is created with the first question. */
    threadId: text('thread_id').notNull(),
    secretHash: text('secret_hash').notNull().unique(),
    origin: text().notNull(),
    visitor: text(),
    lead: text({ mode: 'json' }).$type<Lead>(),
    messages: integer().notNull().default(0),
    createdAt: time('created_at'),
    lastActiveAt: time('last_active_at'),
  },
  (table) => [
    index('widget_sessions_widget').on(table.widgetId, table.id),
    index('widget_sessions_unused').on(table.messages, table.createdAt),
  ],
);

export const widgetUsage = sqliteTable(
  'widget_usage',
  {
    widgetId: text('widget_id')
      .notNull()
      .references(() => widgets.id, { onDelete: 'cascade' }),
    day: text().notNull(),
    messages: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.widgetId, table.day] })],
);
