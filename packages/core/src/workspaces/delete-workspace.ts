import type { Actor } from '@lorebox/contract/actor';
import { requireScope } from '../access/require-scope.ts';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { findOwnedWorkspace } from './find-owned-workspace.ts';
import { workspaceAuditFields } from './workspace-audit.ts';

/** Hides the workspace immediately. A durable job removes documents, index entries, threads and blobs. */
export async function deleteWorkspace(core: Core, actor: Actor, ref: string): Promise<void> {
  requireScope(actor, 'workspaces:read');
  const workspace = await findOwnedWorkspace(core, actor, ref);
  const entry = entryOf(core, actor, 'workspace.deleted', workspaceAuditFields(workspace));
  await core.stores.audit.with(entry, () => core.stores.workspaces.remove(workspace.id));
  core.signals.ingest.wake();
}
