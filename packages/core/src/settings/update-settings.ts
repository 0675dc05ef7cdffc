import type { Actor } from '@lorebox/contract/actor';
import type { ThemeVariables } from '@lorebox/contract/branding';
import type { Settings, UpdateSettingsInput } from '@lorebox/contract/settings';
import { THEME_VARIABLES } from '@lorebox/contract/theme-variables';
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
  const written = withoutUndefined({
    ...change,
    themeVariables: replaceTheme(change.themeVariables),
    themeVariablesDark: replaceTheme(change.themeVariablesDark),
  });
  const details = Object.fromEntries(
    Object.entries(withoutUndefined(change)).map(([name, value]) => [name, plain(value)]),
  );
  const entry = entryOf(core, actor, 'settings.updated', { details });
  await core.stores.audit.with(entry, () => core.stores.settings.patch(SETTINGS_KEY, written));
  if (change.reranker) core.models.rerankers.download(change.reranker);
  if (change.embedder !== undefined) await applyEmbedderSettings(core);
  return currentSettings(core);
}

/** Stored settings are merged, so colors that are not part of the new theme have to be removed. */
function replaceTheme(theme: ThemeVariables | null | undefined) {
  if (!theme) return theme;
  return Object.fromEntries(THEME_VARIABLES.map((name) => [name, theme[name] ?? null]));
}

const MAX_DETAIL_LENGTH = 500;

function plain(value: unknown): string | number | null {
  if (value === null || typeof value === 'number' || typeof value === 'string') return value;
  const isList = Array.isArray(value) && value.every((item) => typeof item === 'string');
  return (isList ? value.join(' ') : JSON.stringify(value)).slice(0, MAX_DETAIL_LENGTH);
}
