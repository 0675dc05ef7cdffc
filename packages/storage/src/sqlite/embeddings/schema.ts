import { integer, sqliteTable, text } from '../../drizzle.ts';

/** Every embedder used so far. Its vectors are in the table vectors_<key>. */
export const embeddings = sqliteTable('embeddings', {
  key: integer().primaryKey(),
  modelId: text('model_id').notNull().unique(),
  dimension: integer().notNull(),
  /** Random. Distinguishes files created from these vectors from those of a dropped table with the same name. */
  epoch: text().notNull().default(''),
});
