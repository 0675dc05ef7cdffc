import type { Actor } from '@lorebox/contract/actor';
import { Settings, type UpdateSettingsInput } from '@lorebox/contract/settings';
import { requireScope, requireUnbound } from '../access/require-scope.ts';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core, Stores } from '../core.ts';
import { followEmbedder } from '../embeddings/follow-embedder.ts';
import { withoutUndefined } from '../without-undefined.ts';

const KEY = 'instance';
const Stored = Settings.partial();

export interface SettingsDeps {
  stores: Pick<Stores, 'settings'>;
  settingDefaults: Settings;
}

/** The settings in effect: stored changes over the defaults from the environment. */
export async function currentSettings({ stores, settingDefaults }: SettingsDeps): Promise<Settings> {
  const stored = await stores.settings.get(KEY);
  return stored === null ? settingDefaults : { ...settingDefaults, ...Stored.parse(JSON.parse(stored)) };
}

export async function getSettings(core: Core, actor: Actor): Promise<Settings> {
  requireScope(actor, 'settings:read');
  requireUnbound(actor);
  return currentSettings(core);
}

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
  await core.stores.audit.with(entry, () => core.stores.settings.patch(KEY, written));
  if (change.reranker) core.models.rerankers.download(change.reranker);
  if (change.embedder !== undefined) await followEmbedder(core);
  return currentSettings(core);
}

const plain = (value: string | number | readonly string[] | null) =>
  typeof value === 'object' && value !== null ? value.join(' ') : value;
