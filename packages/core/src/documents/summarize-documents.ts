import type { Actor } from '@lorebox/contract/actor';
import type { DocumentSummary } from '@lorebox/contract/document';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';

/** How many documents of a workspace are ready, on their way and failed. */
export async function summarizeDocuments(core: Core, actor: Actor, ref: string): Promise<DocumentSummary> {
  requireScope(actor, 'documents:read');
  const workspace = await findWorkspace(core, actor, ref, 'viewer');
  return core.stores.documents.summary(workspace.id);
}
