import type { Actor } from '@lorebox/contract/actor';
import type { UpdateWorkspaceInput, Workspace } from '@lorebox/contract/workspace';
import { requireScope } from '../access/require-scope.ts';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { applyEmbedderSettings } from '../embeddings/apply-embedder-settings.ts';
import { withoutUndefined } from '../without-undefined.ts';
import { findOwnedWorkspace } from './find-owned-workspace.ts';
import { requireMayLiftLocalOnly, requireWithinRules } from './require-within-rules.ts';
import { workspaceAuditFields } from './workspace-audit.ts';

export async function updateWorkspace(core: Core, actor: Actor, input: UpdateWorkspaceInput): Promise<Workspace> {
  requireScope(actor, 'workspaces:read');
  const { workspace: ref, ...change } = input;
  const workspace = await findOwnedWorkspace(core, actor, ref);
  if (workspace.localOnly && change.localOnly === false) requireMayLiftLocalOnly(actor);
  await requireWithinRules(core, actor, { ...workspace, ...withoutUndefined(change) }, change);
  const updatedAt = new Date(core.clock.now());
  const entry = entryOf(core, actor, 'workspace.updated', workspaceAuditFields(workspace, change));
  const written = { ...withoutUndefined(change), updatedAt };
  const updated = await core.stores.audit.with(entry, () => core.stores.workspaces.update(workspace.id, written));
  if (change.embedder !== undefined) await applyEmbedderSettings(core);
  if (change.language) core.signals.ingest.wake();
  return updated;
}
