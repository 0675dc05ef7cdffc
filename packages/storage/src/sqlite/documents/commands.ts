import type { Metadata } from '@lorebox/contract/document';
import { AppError } from '@lorebox/contract/errors';
import type { AcceptedDocument, NewDocument } from '@lorebox/ports/document-stores';
import { and, eq } from '../../drizzle.ts';
import { changeChunk } from '../chunks/change-chunk.ts';
import { recordState } from '../ingest/record-state.ts';
import { jobs } from '../jobs/schema.ts';
import { hasWorkspace } from '../workspaces/has-workspace.ts';
import type { WriteContext } from '../writer/context.ts';
import { addDocument, queueIngest } from './add-document.ts';
import { NAME_INDEX } from './find-listed.ts';
import { moveDocument, reingestDocument } from './ingest-again.ts';
import { mergeMetadata } from './merge-metadata.ts';
import { removeDocuments } from './remove-documents.ts';
import { documents } from './schema.ts';

function fileMetadataOf(orm: WriteContext['orm'], id: string): Record<string, string> {
  const row = orm.select({ value: documents.fileMetadata }).from(documents).where(eq(documents.id, id)).get();
  return row?.value ?? {};
}

export const documentCommands = {
  'documents.add'(context: WriteContext, input: { documents: readonly NewDocument[]; at: Date }): AcceptedDocument[] {
    const seen = new Set<string>();
    return input.documents.map((document) => {
      if (!seen.has(document.workspaceId) && !hasWorkspace(context, document.workspaceId))
        throw new AppError('NOT_FOUND');
      seen.add(document.workspaceId);
      return addDocument(context, document, input.at);
    });
  },
  'documents.update'(
    { orm, eraser }: WriteContext,
    { id, change, at }: { id: string; change: { title?: string; metadata?: Metadata; pinned?: boolean }; at: Date },
  ): void {
    if (change.title !== undefined || change.metadata) eraser.noteTable(NAME_INDEX);
    const titleGiven = change.title === undefined ? {} : { titleGiven: true };
    const metadata = change.metadata && mergeMetadata(fileMetadataOf(orm, id), change.metadata);
    orm
      .update(documents)
      .set({ ...change, ...(metadata && { metadata }), ...titleGiven, updatedAt: at })
      .where(eq(documents.id, id))
      .run();
  },
  'documents.remove'(context: WriteContext, input: { workspaceId: string; ids: readonly string[]; at: Date }): number {
    return removeDocuments(context, input.workspaceId, input.ids, input.at);
  },
  'documents.retry'(context: WriteContext, input: { id: string; at: Date }): boolean {
    const row = context.orm.select().from(documents).where(eq(documents.id, input.id)).get();
    if (row?.status !== 'failed' || row.removedAt) return false;
    queueIngest(context, row, input.at);
    return true;
  },
  'documents.reingest': (context: WriteContext, input: { id: string; at: Date }): boolean =>
    reingestDocument(context, input.id, input.at),
  'documents.move': (context: WriteContext, input: { id: string; workspaceId: string; at: Date }): boolean =>
    moveDocument(context, input.id, input.workspaceId, input.at),
  'chunks.change': changeChunk,
  'documents.cancel'(context: WriteContext, input: { id: string; at: Date }): boolean {
    const row = context.orm.select().from(documents).where(eq(documents.id, input.id)).get();
    if (row?.status !== 'processing' || row.removedAt) return false;
    const mine = and(eq(jobs.documentId, row.id), eq(jobs.kind, 'ingest'));
    context.orm.delete(jobs).where(mine).run();
    const { id: documentId, workspaceId, stage, progress } = row;
    const message = 'The ingest was cancelled. Retry the document to process it.';
    const state = { status: 'failed', stage, progress, reason: 'cancelled', message } as const;
    recordState(context, input.at, { documentId, workspaceId }, state);
    return true;
  },
};
