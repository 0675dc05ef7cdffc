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
  // As it is queued: a file that fails at once would be through before anybody looked.
  const queued = await findDocument(core, actor, id, 'viewer');
  core.signals.ingest.wake();
  return queued;
}
