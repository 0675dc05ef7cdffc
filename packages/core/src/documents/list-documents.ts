import type { Actor } from '@lorebox/contract/actor';
import type { Document, ListDocumentsInput } from '@lorebox/contract/document';
import type { Page } from '@lorebox/contract/page';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';

export async function listDocuments(core: Core, actor: Actor, input: ListDocumentsInput): Promise<Page<Document>> {
  requireScope(actor, 'documents:read');
  const { workspace: ref, ...query } = input;
  const workspace = await findWorkspace(core, actor, ref, 'viewer');
  return core.stores.documents.list({ ...query, workspaceId: workspace.id });
}
