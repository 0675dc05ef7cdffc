import type { Actor } from '@lorebox/contract/actor';
import type { UpdateWidgetInput, Widget } from '@lorebox/contract/widget';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { withoutUndefined } from '../without-undefined.ts';
import { requireAllowedModel } from './create-widget.ts';
import { findWidget } from './find-widget.ts';
import { widgetAuditFields } from './widget-audit.ts';

export async function updateWidget(
  core: Core,
  actor: Actor,
  { widgetId, ...input }: UpdateWidgetInput,
): Promise<Widget> {
  requireScope(actor, 'workspaces:read');
  const widget = await findWidget(core, actor, widgetId);
  const workspace = await findWorkspace(core, actor, widget.workspaceId, 'viewer');
  const change = withoutUndefined(input);
  if (change.model !== widget.model) await requireAllowedModel(core, actor, workspace, change.model);
  const updatedAt = new Date(core.clock.now());
  const entry = entryOf(core, actor, 'widget.updated', widgetAuditFields(widget, change));
  const { audit, widgets } = core.stores;
  await audit.with(entry, () => widgets.update(widget.id, { ...change, updatedAt }));
  return { ...widget, ...change, updatedAt };
}
