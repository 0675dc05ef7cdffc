import { sqliteTable, text } from '../../drizzle.ts';

export const settings = sqliteTable('settings', { key: text().primaryKey(), value: text().notNull() });
