import type { Actor } from '@lorebox/contract/actor';
import type { Settings, UpdateSettingsInput } from '@lorebox/contract/settings';
import { requireScope, requireUnbound } from '../access/require-scope.ts';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { applyEmbedderSettings } from '../embeddings/apply-embedder-settings.ts';
import { withoutUndefined } from '../without-undefined.ts';
import { currentSettings, SETTINGS_KEY } from './current-settings.ts';

export async function updateSettings(core: Core, actor: Actor, change: UpdateSettingsInput): Promise<Settings> {
  requireScope(actor, 'settings:write');
  requireUnbound(actor);
  if (change.embedder) {
    core.models.embedders.requireValidName(change.embedder);
    core.models.embedders.get(change.embedder);
  }
  if (change.reranker) core.models.rerankers.requireValidName(change.reranker);
  const written = withoutUndefined(change);
  const details = Object.fromEntries(Object.entries(written).map(([name, value]) => [name, plain(value)]));
  const entry = entryOf(core, actor, 'settings.updated', { details });
  await core.stores.audit.with(entry, () => core.stores.settings.patch(SETTINGS_KEY, written));
  if (change.reranker) core.models.rerankers.download(change.reranker);
  if (change.embedder !== undefined) await applyEmbedderSettings(core);
  return currentSettings(core);
}

const plain = (value: string | number | readonly string[] | null) =>
  typeof value === 'object' && value !== null ? value.join(' ') : value;
