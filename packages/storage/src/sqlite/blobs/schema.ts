import { integer, sqliteTable, text } from '../../drizzle.ts';

/** One row per distinct content on disk; the bytes lie under blobs/<aa>/<sha256>. */
export const blobs = sqliteTable('blobs', { sha256: text().primaryKey(), size: integer().notNull() });
