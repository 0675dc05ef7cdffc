import { integer, sqliteTable, text } from '../../drizzle.ts';

/** One row per distinct content on disk. The bytes are in blobs/<aa>/<sha256>. */
export const blobs = sqliteTable('blobs', { sha256: text().primaryKey(), size: integer().notNull() });
