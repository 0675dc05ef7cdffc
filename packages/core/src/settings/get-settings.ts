import type { Actor } from '@lorebox/contract/actor';
import type { Settings } from '@lorebox/contract/settings';
import { requireScope, requireUnbound } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { currentSettings } from './current-settings.ts';

export async function getSettings(core: Core, actor: Actor): Promise<Settings> {
  requireScope(actor, 'settings:read');
  requireUnbound(actor);
  return currentSettings(core);
}
