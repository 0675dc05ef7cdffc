import type { Actor } from '@lorebox/contract/actor';
import type { Document } from '@lorebox/contract/document';
import { AppError } from '@lorebox/contract/errors';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { findDocument } from './find-document.ts';

/** Ingests the same content again. Searches use the current one until the new one is complete. */
export async function reingestDocument(core: Core, actor: Actor, documentId: string): Promise<Document> {
  requireScope(actor, 'documents:write');
  const { id } = await findDocument(core, actor, documentId, 'editor');
  if (!(await core.stores.documents.reingest(id, new Date(core.clock.now()))))
    throw new AppError('CONFLICT', 'This document is being processed. Wait until it has finished, or cancel it.');
  const queued = await findDocument(core, actor, id, 'viewer');
  core.signals.ingest.wake();
  return queued;
}
