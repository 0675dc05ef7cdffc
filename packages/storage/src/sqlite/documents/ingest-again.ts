import type { Metadata } from '@lorebox/contract/document';
import { AppError } from '@lorebox/contract/errors';
import { eq } from '../../drizzle.ts';
import { recordEvent } from '../events/record-event.ts';
import { queueJob } from '../jobs/queue-job.ts';
import { prepareOnce, prepareValue } from '../statements.ts';
import type { WriteContext } from '../writer/context.ts';
import { queueIngest } from './add-document.ts';
import { documents } from './schema.ts';
import { readRange, saveText } from './text-parts.ts';

type DocumentRow = typeof documents.$inferSelect;

/**
 * Queues a document for a new ingest of the same content. Searches use the current one until the new one is complete.
 * Returns false if the document is being processed.
 */
export function reingestDocument(context: WriteContext, id: string, at: Date): boolean {
  const row = context.orm.select().from(documents).where(eq(documents.id, id)).get();
  if (!row || row.removedAt || row.status === 'processing') return false;
  queueIngest(context, row.status === 'failed' ? row : revise(context, row, {}), at);
  return true;
}

/**
 * Moves a document with its file to another workspace, where it is ingested again. It is no longer found in the old one
 * at once; a durable job removes its chunks there.
 * @throws AppError CONFLICT if a source keeps the document in sync, or its external id exists in the other workspace.
 */
export function moveDocument(context: WriteContext, id: string, workspaceId: string, at: Date): boolean {
  const { orm, raw } = context;
  const row = orm.select().from(documents).where(eq(documents.id, id)).get();
  if (!row || row.removedAt) return false;
  if (prepareOnce<[string]>(raw, 'select 1 from source_items where document_id = ? limit 1').get(id))
    throw new AppError(
      'CONFLICT',
      'A source keeps this document in sync. Add the source to the other workspace instead.',
    );
  const taken = 'select 1 from documents where workspace_id = ? and external_id = ?';
  if (row.externalId !== null && prepareValue<[string, string], number>(raw, taken).get(workspaceId, row.externalId))
    throw new AppError('CONFLICT', `The other workspace already has a document with the id "${row.externalId}".`);
  const { externalId, title, filename, workspaceId: from } = row;
  prepareOnce(raw, 'update document_metadata set workspace_id = ? where document_id = ?').run(workspaceId, id);
  const moved = revise(context, row, { workspaceId, searchableRevision: null, chunks: 0, summaryState: 'none' });
  const data = { documentId: id, externalId, title, filename };
  recordEvent(context, { type: 'document.deleted', workspaceId: from, timestamp: at, data });
  queueIngest(context, moved, at);
  queueJob(context, { kind: 'purge-document', workspaceId: from, documentId: id, revision: null }, at);
  return true;
}

/** Starts a new revision with the same content. What the file says about itself is read again. */
function revise({ orm, ...context }: WriteContext, row: DocumentRow, change: Partial<DocumentRow>): DocumentRow {
  const revision = row.revision + 1;
  if (row.source === 'text') {
    const text = readRange({ orm, ...context }, row.id, row.revision, 0, Number.POSITIVE_INFINITY);
    saveText({ orm, ...context }, row.id, revision, text);
  }
  const own = Object.entries(row.metadata).filter(([name, value]) => row.fileMetadata[name] !== value);
  const metadata: Metadata = Object.fromEntries(own);
  return orm
    .update(documents)
    .set({ ...change, metadata, fileMetadata: {}, revision })
    .where(eq(documents.id, row.id))
    .returning()
    .get();
}
