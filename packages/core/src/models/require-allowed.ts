import { AppError } from '@lorebox/contract/errors';
import type { Settings } from '@lorebox/contract/settings';
import { matchesPattern } from '../access/matches-pattern.ts';
import { currentSettings, type SettingsDeps } from '../settings/current-settings.ts';

export type Kind = 'model' | 'embedder' | 'reranker' | 'connector';

const LISTS = {
  model: 'allowedModels',
  embedder: 'allowedEmbedders',
  reranker: 'allowedRerankers',
  connector: 'allowedConnectors',
} as const satisfies Record<Kind, keyof Settings>;

/**
 * Whether the admins let workspaces use it. What they chose for the installation is always allowed.
 * @throws AppError FORBIDDEN that names the setting.
 */
export async function requireAllowed(deps: SettingsDeps, kind: Kind, name: string | null | undefined): Promise<void> {
  if (name === null || name === undefined) return;
  const settings = await currentSettings(deps);
  const chosen = { model: settings.defaultModel, embedder: settings.embedder, reranker: settings.reranker };
  if (kind !== 'connector' && chosen[kind] === name) return;
  if (settings[LISTS[kind]].some((pattern) => matchesPattern(pattern, name))) return;
  throw new AppError(
    'FORBIDDEN',
    `The ${kind} "${name}" isn't allowed on this server. An admin can add it to ${LISTS[kind]}.`,
  );
}
