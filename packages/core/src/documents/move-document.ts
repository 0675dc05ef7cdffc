import type { Actor } from '@lorebox/contract/actor';
import type { Document } from '@lorebox/contract/document';
import { AppError } from '@lorebox/contract/errors';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { findDocument } from './find-document.ts';

/** Moves a document to another workspace, which keeps its id and file and ingests it with its own settings. */
export async function moveDocument(
  core: Core,
  actor: Actor,
  { documentId, workspace: ref }: { documentId: string; workspace: string },
): Promise<Document> {
  requireScope(actor, 'documents:write');
  const document = await findDocument(core, actor, documentId, 'editor');
  const target = await findWorkspace(core, actor, ref, 'editor');
  if (target.id === document.workspaceId)
    throw new AppError('BAD_REQUEST', 'The document is already in this workspace. Choose another one.');
  await core.limits.room.take(target.id, 1, document.size);
  const entry = entryOf(core, actor, 'document.moved', {
    target: `document:${document.id}`,
    workspaceId: target.id,
    details: { from: document.workspaceId },
  });
  const at = new Date(core.clock.now());
  const { stores, signals } = core;
  if (!(await stores.audit.with(entry, () => stores.documents.move(document.id, target.id, at))))
    throw new AppError('NOT_FOUND');
  signals.ingest.abort([document.id]);
  const queued = await findDocument(core, actor, document.id, 'viewer');
  signals.ingest.wake();
  return queued;
}
