import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { Widget } from '@lorebox/contract/widget';
import type { StoredConversation } from '@lorebox/ports/widget-store';
import { visibilityOf } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { findOwnedWorkspace } from '../workspaces/find-owned-workspace.ts';

/**
 * Finds a widget that the actor may manage.
 * @throws AppError NOT_FOUND if they can't see its workspace, FORBIDDEN if they don't own it.
 */
export async function findWidget(core: Core, actor: Actor, widgetId: string): Promise<Widget> {
  requireScope(actor, 'workspaces:read');
  const { widgets, workspaces } = core.stores;
  const widget = await widgets.get(widgetId);
  if (!widget || !(await workspaces.find(widget.workspaceId, visibilityOf(actor)))) throw new AppError('NOT_FOUND');
  await findOwnedWorkspace(core, actor, widget.workspaceId);
  return widget;
}

/** The same for the conversation of a visitor. */
export async function findConversation(
  core: Core,
  actor: Actor,
  conversationId: string,
): Promise<{ widget: Widget; conversation: StoredConversation }> {
  requireScope(actor, 'workspaces:read');
  const conversation = await core.stores.widgets.getConversation(conversationId);
  if (!conversation) throw new AppError('NOT_FOUND');
  return { widget: await findWidget(core, actor, conversation.widgetId), conversation };
}
