import type { Actor } from '@lorebox/contract/actor';
import { createId } from '@lorebox/contract/create-id';
import { AppError } from '@lorebox/contract/errors';
import { type CreateWidgetInput, DEFAULT_WIDGET_SETTINGS, type Widget } from '@lorebox/contract/widget';
import type { Workspace } from '@lorebox/contract/workspace';
import { requireScope } from '../access/require-scope.ts';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { requireMayOverride } from '../models/require-may-override.ts';
import { withoutUndefined } from '../without-undefined.ts';
import { findOwnedWorkspace } from '../workspaces/find-owned-workspace.ts';
import { requireWithinRules } from '../workspaces/require-within-rules.ts';
import { widgetAuditFields } from './widget-audit.ts';

const MAX_WIDGETS = 100;

/** Creates a widget. Until an origin is allowed, no page can show it. */
export async function createWidget(
  core: Core,
  actor: Actor,
  { workspace: ref, name, ...settings }: CreateWidgetInput,
): Promise<Widget> {
  requireScope(actor, 'workspaces:read');
  const workspace = await findOwnedWorkspace(core, actor, ref);
  await requireAllowedModel(core, actor, workspace, settings.model);
  const { stores, clock } = core;
  if ((await stores.widgets.count(workspace.id)) >= MAX_WIDGETS)
    throw new AppError('UNPROCESSABLE', `A workspace has at most ${MAX_WIDGETS} widgets. Delete one first.`);
  const createdAt = new Date(clock.now());
  const widget: Widget = {
    id: createId('wdg'),
    workspaceId: workspace.id,
    name,
    ...DEFAULT_WIDGET_SETTINGS,
    ...withoutUndefined(settings),
    createdAt,
    updatedAt: createdAt,
  };
  const entry = entryOf(core, actor, 'widget.created', widgetAuditFields(widget));
  await stores.audit.with(entry, () => stores.widgets.create(widget));
  return widget;
}

/** A widget may only use a model that its workspace may use. */
export async function requireAllowedModel(
  core: Core,
  actor: Actor,
  workspace: Workspace,
  model: string | null | undefined,
): Promise<void> {
  if (model === null || model === undefined) return;
  requireMayOverride(workspace, model);
  await requireWithinRules(core, actor, { ...workspace, model }, { model });
}
