import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';

/** Maximum number of ids listed in an audit log entry. */
const MAX_IDS_IN_LOG = 50;

/** Hides the documents immediately. A durable job removes rows, index entries and unreferenced blobs. */
export async function deleteDocuments(
  core: Core,
  actor: Actor,
  input: { workspace: string; documentIds: string[] },
): Promise<{ deleted: number }> {
  requireScope(actor, 'documents:write');
  const workspace = await findWorkspace(core, actor, input.workspace, 'editor');
  const { documentIds } = input;
  const entry = entryOf(core, actor, 'documents.deleted', {
    target: documentIds.length === 1 ? `document:${documentIds[0]}` : null,
    workspaceId: workspace.id,
    details: { documents: documentIds.length, ids: documentIds.slice(0, MAX_IDS_IN_LOG).join(' ') },
  });
  const at = new Date(core.clock.now());
  const deleted = await core.stores.audit.with(entry, () =>
    core.stores.documents.remove(workspace.id, documentIds, at),
  );
  if (deleted === 0) throw new AppError('NOT_FOUND');
  core.signals.ingest.abort(input.documentIds);
  core.signals.ingest.wake();
  return { deleted };
}
