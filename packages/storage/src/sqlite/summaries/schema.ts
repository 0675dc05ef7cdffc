import { foreignKey, integer, primaryKey, sqliteTable, text } from '../../drizzle.ts';
import { texts } from '../documents/schema.ts';

/**
 * Summary tree of a document. Level 0 summarizes ranges of the text, each higher level the level below it. The highest
 * level has one node.
 */
export const documentSummaries = sqliteTable(
  'document_summaries',
  {
    documentId: text('document_id').notNull(),
    revision: integer().notNull(),
    level: integer().notNull(),
    ordinal: integer().notNull(),
    /** Range of the document's text that the node covers. */
    start: integer().notNull(),
    end: integer().notNull(),
    text: text().notNull(),
    modelId: text('model_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.documentId, table.revision, table.level, table.ordinal] }),
    foreignKey({
      columns: [table.documentId, table.revision],
      foreignColumns: [texts.documentId, texts.revision],
    }).onDelete('cascade'),
  ],
);
