import type { AppInfo } from '@lorebox/contract/app-info';
import { findLogoUrl } from '../branding/logo.ts';
import type { Core } from '../core.ts';
import { currentSettings } from '../settings/current-settings.ts';

/** Public: pages need it before anyone signs in. */
export async function getAppInfo(core: Core): Promise<AppInfo> {
  const { appName, accentColor, accentColorDark, themeVariables, themeVariablesDark, welcomeText, footerLinks } =
    await currentSettings(core);
  return {
    needsSetup: (await core.stores.users.count()) === 0,
    name: appName,
    logoUrl: await findLogoUrl(core),
    accentColor,
    accentColorDark,
    themeVariables,
    themeVariablesDark,
    welcomeText,
    footerLinks,
  };
}
