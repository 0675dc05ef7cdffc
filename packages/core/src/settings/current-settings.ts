import { Settings } from '@lorebox/contract/settings';
import type { Stores } from '../core.ts';

/** Key of the row that holds the settings of the installation. */
export const SETTINGS_KEY = 'instance';
const Stored = Settings.partial();

export interface SettingsDeps {
  stores: Pick<Stores, 'settings'>;
  settingDefaults: Settings;
}

/** The settings in effect: stored changes over the defaults from the environment. */
export async function currentSettings({ stores, settingDefaults }: SettingsDeps): Promise<Settings> {
  const stored = await stores.settings.get(SETTINGS_KEY);
  return stored === null ? settingDefaults : { ...settingDefaults, ...Stored.parse(JSON.parse(stored)) };
}
