import type { SummaryStore } from '@lorebox/ports/summary-store';
import { and, asc, eq, getTableColumns, gt, inArray, isNull, ne } from '../../drizzle.ts';
import { publicDocument } from '../documents/public-columns.ts';
import { documents, texts } from '../documents/schema.ts';
import { defineEntity } from '../entity.ts';
import { workspaces } from '../workspaces/schema.ts';
import { summaryCommands } from './commands.ts';
import { documentSummaries } from './schema.ts';

const { documentId: _, revision: __, ...nodeColumns } = getTableColumns(documentSummaries);

export const summaryEntity = defineEntity(summaryCommands, ({ orm }, writer): SummaryStore => {
  const isSearchable = and(eq(texts.documentId, documents.id), eq(texts.revision, documents.searchableRevision));
  return {
    async list(documentId) {
      return orm
        .select(nodeColumns)
        .from(documentSummaries)
        .innerJoin(
          documents,
          and(
            eq(documents.id, documentSummaries.documentId),
            eq(documents.searchableRevision, documentSummaries.revision),
          ),
        )
        .where(eq(documentSummaries.documentId, documentId))
        .orderBy(asc(documentSummaries.level), asc(documentSummaries.ordinal))
        .all();
    },
    async findUnsummarized(settings, minLength, limit) {
      const where = and(
        eq(documents.status, 'ready'),
        isNull(documents.removedAt),
        ne(documents.summaryState, 'complete'),
        inArray(workspaces.summaries, [...settings]),
        gt(texts.length, minLength),
      );
      const rows = orm
        .select({ document: publicDocument, revision: texts.revision })
        .from(documents)
        .innerJoin(workspaces, and(eq(workspaces.id, documents.workspaceId), isNull(workspaces.removedAt)))
        .innerJoin(texts, isSearchable)
        .where(where)
        .orderBy(asc(documents.id))
        .limit(limit);
      return rows.all();
    },
    add: (documentId, revision, node) => writer.run('summaries.add', { documentId, revision, node }),
    complete: (documentId, revision) => writer.run('summaries.complete', { documentId, revision }),
  };
});
