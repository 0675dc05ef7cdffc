import type { DocumentStatus, IngestStage } from '@lorebox/contract/document';
import type { FailureReason } from '@lorebox/contract/failure';
import { documents } from '../documents/schema.ts';
import { insertRow, updateRows } from '../prepared-writes.ts';
import type { WriteContext } from '../writer/context.ts';
import { recordIngestEnd } from './record-ingest-end.ts';
import { ingestEvents } from './schema.ts';

export interface IngestState {
  status: DocumentStatus;
  stage: IngestStage;
  progress: number;
  reason: FailureReason | null;
  message: string | null;
}

export const QUEUED: IngestState = { status: 'processing', stage: 'stored', progress: 0, reason: null, message: null };

/** Updates the state of a document and records the event for it. The caller must check that the revision is current. */
export function recordState(
  context: WriteContext,
  at: Date,
  about: { documentId: string; workspaceId: string },
  state: IngestState,
): void {
  const { orm } = context;
  const { documentId, workspaceId } = about;
  updateRows(orm, documents, documents.id, documentId, { ...state, updatedAt: at });
  insertRow(orm, ingestEvents, { documentId, workspaceId, ...state, at });
  if (state.status !== 'processing') recordIngestEnd(context, documentId, at);
}
