import type { Actor } from '@lorebox/contract/actor';
import type { Document } from '@lorebox/contract/document';
import { AppError } from '@lorebox/contract/errors';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { findDocument } from './find-document.ts';

export async function retryDocument(core: Core, actor: Actor, documentId: string): Promise<Document> {
  requireScope(actor, 'documents:write');
  const { id } = await findDocument(core, actor, documentId, 'editor');
  if (!(await core.stores.documents.retry(id, new Date(core.clock.now())))) {
    throw new AppError('CONFLICT', 'Only failed documents can be retried.');
  }
  // Read before the ingest is woken, so that the returned status is the queued one even if the file fails immediately.
  const queued = await findDocument(core, actor, id, 'viewer');
  core.signals.ingest.wake();
  return queued;
}
