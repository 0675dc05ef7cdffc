import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { Preferences, UpdatePreferencesInput } from '@lorebox/contract/user';
import type { Core } from '../core.ts';
import { withoutUndefined } from '../without-undefined.ts';

/** @throws AppError FORBIDDEN for API keys, which have no preferences. */
export async function getPreferences(core: Core, actor: Actor): Promise<Preferences> {
  const preferences = await core.stores.users.preferences(requireUser(actor));
  if (!preferences) throw new AppError('NOT_FOUND');
  return preferences;
}

export async function updatePreferences(core: Core, actor: Actor, input: UpdatePreferencesInput): Promise<Preferences> {
  const change = withoutUndefined(input);
  if (Object.keys(change).length > 0) await core.stores.users.updatePreferences(requireUser(actor), change);
  return getPreferences(core, actor);
}

function requireUser(actor: Actor): string {
  if (actor.kind !== 'user') throw new AppError('FORBIDDEN', 'Preferences belong to users. API keys have none.');
  return actor.userId;
}
