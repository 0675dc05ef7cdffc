import type { Actor } from '@lorebox/contract/actor';
import type { Document } from '@lorebox/contract/document';
import { AppError } from '@lorebox/contract/errors';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { findDocument } from './find-document.ts';

export async function cancelDocument(core: Core, actor: Actor, documentId: string): Promise<Document> {
  requireScope(actor, 'documents:write');
  const { id } = await findDocument(core, actor, documentId, 'editor');
  if (!(await core.stores.documents.cancel(id, new Date(core.clock.now())))) {
    throw new AppError('CONFLICT', 'This document is not being processed.');
  }
  core.signals.ingest.abort([id]);
  return findDocument(core, actor, id, 'viewer');
}
