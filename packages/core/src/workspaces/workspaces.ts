import type { Actor } from '@lorebox/contract/actor';
import { createId } from '@lorebox/contract/create-id';
import type { Page, PageInput } from '@lorebox/contract/page';
import {
  type CreateWorkspaceInput,
  DEFAULT_WORKSPACE_SETTINGS,
  type UpdateWorkspaceInput,
  type Workspace,
} from '@lorebox/contract/workspace';
import { findWorkspace, visibilityOf } from '../access/find-workspace.ts';
import { requireScope, requireUnbound } from '../access/require-scope.ts';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { followEmbedder } from '../embeddings/follow-embedder.ts';
import { withoutUndefined } from '../without-undefined.ts';
import { requireMayLiftLocalOnly, requireWithinRules } from './require-within-rules.ts';
import { toSlug } from './slug.ts';

export async function createWorkspace(core: Core, actor: Actor, input: CreateWorkspaceInput): Promise<Workspace> {
  requireScope(actor, 'workspaces:write');
  requireUnbound(actor);
  await requireWithinRules(core, actor, { ...DEFAULT_WORKSPACE_SETTINGS, ...withoutUndefined(input) }, input);
  const at = new Date(core.clock.now());
  const fresh = { id: createId('ws'), slug: toSlug(input.name), createdAt: at, updatedAt: at };
  const ownerId = actor.kind === 'user' ? actor.userId : null;
  const workspace = { ...DEFAULT_WORKSPACE_SETTINGS, ...withoutUndefined(input), ...fresh };
  const entry = entryOf(core, actor, 'workspace.created', aboutWorkspace(workspace));
  return core.stores.audit.with(entry, () => core.stores.workspaces.create(workspace, ownerId));
}

export async function getWorkspace(core: Core, actor: Actor, ref: string): Promise<Workspace> {
  requireScope(actor, 'workspaces:read');
  return findWorkspace(core, actor, ref, 'viewer');
}

export async function listWorkspaces(core: Core, actor: Actor, page: PageInput): Promise<Page<Workspace>> {
  requireScope(actor, 'workspaces:read');
  return core.stores.workspaces.list(visibilityOf(actor), page);
}

export async function updateWorkspace(core: Core, actor: Actor, input: UpdateWorkspaceInput): Promise<Workspace> {
  requireScope(actor, 'workspaces:read');
  const { workspace: ref, ...change } = input;
  const workspace = await ownWorkspace(core, actor, ref);
  if (workspace.localOnly && change.localOnly === false) requireMayLiftLocalOnly(actor);
  await requireWithinRules(core, actor, { ...workspace, ...withoutUndefined(change) }, change);
  const updatedAt = new Date(core.clock.now());
  const entry = entryOf(core, actor, 'workspace.updated', aboutWorkspace(workspace, change));
  const written = { ...withoutUndefined(change), updatedAt };
  const updated = await core.stores.audit.with(entry, () => core.stores.workspaces.update(workspace.id, written));
  if (change.embedder !== undefined) await followEmbedder(core);
  if (change.language) core.signals.ingest.wake();
  return updated;
}

/** Gone at once for everyone; documents, index entries, threads and bytes follow by a durable job. */
export async function deleteWorkspace(core: Core, actor: Actor, ref: string): Promise<void> {
  requireScope(actor, 'workspaces:read');
  const workspace = await ownWorkspace(core, actor, ref);
  const entry = entryOf(core, actor, 'workspace.deleted', aboutWorkspace(workspace));
  await core.stores.audit.with(entry, () => core.stores.workspaces.remove(workspace.id));
  core.signals.ingest.wake();
}

/** Names what was changed; of the values, those that decide where texts go. */
function aboutWorkspace({ id, name }: Pick<Workspace, 'id' | 'name'>, change: Partial<Workspace> = {}) {
  const { model, embedder, reranker, localOnly, lockModel } = change;
  const chosen = withoutUndefined({ model, embedder, reranker, localOnly, lockModel });
  const changed = Object.keys(withoutUndefined(change)).join(' ');
  const details = { name, ...(changed && { changed }), ...chosen };
  return { target: `workspace:${id}`, workspaceId: id, details };
}

/** Changing a workspace takes the scope, or being its owner. */
export async function ownWorkspace(core: Core, actor: Actor, ref: string): Promise<Workspace> {
  const workspace = await findWorkspace(core, actor, ref, 'owner');
  const isMember = actor.kind === 'user' && actor.role === 'member';
  if (!isMember) requireScope(actor, 'workspaces:write');
  return workspace;
}
