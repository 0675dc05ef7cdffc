import type { Actor } from '@lorebox/contract/actor';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { deleteDocuments } from './delete-documents.ts';
import { findDocument } from './find-document.ts';

export async function deleteDocument(core: Core, actor: Actor, documentId: string): Promise<void> {
  requireScope(actor, 'documents:write');
  const { id, workspaceId } = await findDocument(core, actor, documentId, 'editor');
  await deleteDocuments(core, actor, { workspace: workspaceId, documentIds: [id] });
}
