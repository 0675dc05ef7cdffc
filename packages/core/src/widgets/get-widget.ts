import type { Actor } from '@lorebox/contract/actor';
import type { Widget } from '@lorebox/contract/widget';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { findWidget } from './find-widget.ts';

export async function getWidget(core: Core, actor: Actor, widgetId: string): Promise<Widget> {
  requireScope(actor, 'workspaces:read');
  return findWidget(core, actor, widgetId);
}
