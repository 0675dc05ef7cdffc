import type { Actor } from '@lorebox/contract/actor';
import { requireScope } from '../access/require-scope.ts';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { findWidget } from './find-widget.ts';
import { widgetAuditFields } from './widget-audit.ts';

/** Deletes a widget with the conversations of its visitors. */
export async function deleteWidget(core: Core, actor: Actor, widgetId: string): Promise<void> {
  requireScope(actor, 'workspaces:read');
  const widget = await findWidget(core, actor, widgetId);
  const entry = entryOf(core, actor, 'widget.deleted', widgetAuditFields(widget));
  await core.stores.audit.with(entry, () => core.stores.widgets.remove(widget.id));
}
