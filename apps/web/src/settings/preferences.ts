import { api } from '../api/client.ts';
import { activateLanguage, isLanguage } from '../i18n/i18n.ts';
import { applyTheme } from './theme.ts';

/** Applies the language and look that the user chose in another browser. */
export async function applyPreferences(): Promise<void> {
  const { language, theme } = await api.auth.preferences.query();
  applyTheme(theme);
  if (isLanguage(language)) await activateLanguage(language);
}
