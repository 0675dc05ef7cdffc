import type { SummaryNode } from '@lorebox/ports/summary-store';
import { and, eq } from '../../drizzle.ts';
import { documents } from '../documents/schema.ts';
import { insertRow } from '../prepared-writes.ts';
import type { WriteContext } from '../writer/context.ts';
import { documentSummaries } from './schema.ts';

interface Revision {
  documentId: string;
  revision: number;
}

/** Returns false if the revision is no longer searchable. */
function setState({ orm }: WriteContext, { documentId, revision }: Revision, summaryState: 'partial' | 'complete') {
  const current = and(eq(documents.id, documentId), eq(documents.searchableRevision, revision));
  return orm.update(documents).set({ summaryState }).where(current).run().changes > 0;
}

export const summaryCommands = {
  'summaries.add'(context: WriteContext, { node, ...revision }: Revision & { node: SummaryNode }) {
    if (setState(context, revision, 'partial')) insertRow(context.orm, documentSummaries, { ...revision, ...node });
  },
  'summaries.complete'(context: WriteContext, revision: Revision) {
    setState(context, revision, 'complete');
  },
};
