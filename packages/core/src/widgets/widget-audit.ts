import type { Widget } from '@lorebox/contract/widget';

/** What decides who can ask, and the names of the changed settings. */
export function widgetAuditFields(widget: Widget, change: Partial<Widget> = {}) {
  const { id, workspaceId, name, enabled, allowedOrigins } = { ...widget, ...change };
  const changed = Object.keys(change).join(' ');
  const details = { name, enabled, origins: allowedOrigins.join(' '), ...(changed && { changed }) };
  return { target: `widget:${id}`, workspaceId, details };
}
