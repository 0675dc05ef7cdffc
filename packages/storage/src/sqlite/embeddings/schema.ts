import { integer, sqliteTable, text } from '../../drizzle.ts';

/** Every embedder that made vectors here; its vectors lie in the table vectors_<key>. */
export const embeddings = sqliteTable('embeddings', {
  key: integer().primaryKey(),
  modelId: text('model_id').notNull().unique(),
  dimension: integer().notNull(),
  /** Random: tells files that were made of these vectors from those of a table of the same name that is gone. */
  epoch: text().notNull().default(''),
});
