import type { DocumentStatus, IngestStage } from '@lorebox/contract/document';
import type { FailureReason } from '@lorebox/contract/failure';
import { and, eq } from '../../drizzle.ts';
import { documents, ingestEvents } from '../schema/documents.ts';
import type { WriteContext } from '../writer/context.ts';

export interface IngestState {
  status: DocumentStatus;
  stage: IngestStage;
  progress: number;
  reason: FailureReason | null;
  message: string | null;
}

export const QUEUED: IngestState = { status: 'processing', stage: 'stored', progress: 0, reason: null, message: null };

/** The document's state and the event that tells of it, together. */
export function recordState(
  { orm }: WriteContext,
  at: Date,
  about: { documentId: string; workspaceId: string; revision: number },
  state: IngestState,
): void {
  const { documentId, workspaceId, revision } = about;
  const mine = and(eq(documents.id, documentId), eq(documents.revision, revision));
  orm
    .update(documents)
    .set({ ...state, updatedAt: at })
    .where(mine)
    .run();
  orm
    .insert(ingestEvents)
    .values({ documentId, workspaceId, ...state, at })
    .run();
}
