import type { Actor } from '@lorebox/contract/actor';
import { AppError, isAppError } from '@lorebox/contract/errors';
import type { Page } from '@lorebox/contract/page';
import type { ListSharesInput, Share } from '@lorebox/contract/share';
import { seesThreadOf, threadViewerOf } from '../access/find-thread.ts';
import { findWorkspace, visibilityOf } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { findOwnedWorkspace } from '../workspaces/find-owned-workspace.ts';

/** Lists the links to the actor's own threads, and for owners of a workspace those to all of its threads. */
export async function listShares(
  core: Core,
  actor: Actor,
  { threadId, workspace: ref, ...page }: ListSharesInput,
): Promise<Page<Share>> {
  requireScope(actor, 'chat');
  const { stores } = core;
  const workspace = ref === undefined ? null : await findWorkspace(core, actor, ref, 'viewer');
  const thread = threadId === undefined ? null : await stores.threads.get(threadId);
  if (threadId !== undefined && !(thread && (await maySeeShares(core, actor, thread)))) throw new AppError('NOT_FOUND');
  const seesAll = thread !== null || (workspace !== null && (await ownsWorkspace(core, actor, workspace.id)));
  const viewer = seesAll ? null : threadViewerOf(actor);
  const filter = { threadId: threadId ?? null, workspaceId: workspace?.id ?? null, viewer };
  const { items, nextCursor } = await stores.shares.list(filter, page);
  const visible = new Set<string>();
  for (const id of new Set(items.map(({ workspaceId }) => workspaceId)))
    if (await stores.workspaces.find(id, visibilityOf(actor))) visible.add(id);
  const shown = items.filter(({ workspaceId }) => visible.has(workspaceId));
  return { items: shown.map(({ workspaceId: _, ...share }) => share), nextCursor };
}

/** The owner of the thread, if they can still see the workspace, and the owners of the workspace. */
export async function maySeeShares(
  core: Core,
  actor: Actor,
  thread: { workspaceId: string; userId: string | null; keyId: string | null },
): Promise<boolean> {
  if (!(await core.stores.workspaces.find(thread.workspaceId, visibilityOf(actor)))) return false;
  return seesThreadOf(actor, thread) || (await ownsWorkspace(core, actor, thread.workspaceId));
}

async function ownsWorkspace(core: Core, actor: Actor, workspaceId: string): Promise<boolean> {
  try {
    await findOwnedWorkspace(core, actor, workspaceId);
    return true;
  } catch (error) {
    if (isAppError(error) && (error.code === 'FORBIDDEN' || error.code === 'NOT_FOUND')) return false;
    throw error;
  }
}
