import type { Actor } from '@lorebox/contract/actor';
import { createId } from '@lorebox/contract/create-id';
import { type CreateWorkspaceInput, DEFAULT_WORKSPACE_SETTINGS, type Workspace } from '@lorebox/contract/workspace';
import { requireScope, requireUnbound } from '../access/require-scope.ts';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { withoutUndefined } from '../without-undefined.ts';
import { requireWithinRules } from './require-within-rules.ts';
import { toSlug } from './slug.ts';
import { workspaceAuditFields } from './workspace-audit.ts';

export async function createWorkspace(core: Core, actor: Actor, input: CreateWorkspaceInput): Promise<Workspace> {
  requireScope(actor, 'workspaces:write');
  requireUnbound(actor);
  await requireWithinRules(core, actor, { ...DEFAULT_WORKSPACE_SETTINGS, ...withoutUndefined(input) }, input);
  const at = new Date(core.clock.now());
  const fresh = { id: createId('ws'), slug: toSlug(input.name), createdAt: at, updatedAt: at };
  const ownerId = actor.kind === 'user' ? actor.userId : null;
  const workspace = { ...DEFAULT_WORKSPACE_SETTINGS, ...withoutUndefined(input), ...fresh };
  const entry = entryOf(core, actor, 'workspace.created', workspaceAuditFields(workspace));
  return core.stores.audit.with(entry, () => core.stores.workspaces.create(workspace, ownerId));
}
