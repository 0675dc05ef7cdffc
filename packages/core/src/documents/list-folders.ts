import type { Actor } from '@lorebox/contract/actor';
import type { DocumentFolder } from '@lorebox/contract/document';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';

export async function listFolders(core: Core, actor: Actor, ref: string): Promise<DocumentFolder[]> {
  requireScope(actor, 'documents:read');
  const workspace = await findWorkspace(core, actor, ref, 'viewer');
  return core.stores.documents.listFolders(workspace.id);
}
