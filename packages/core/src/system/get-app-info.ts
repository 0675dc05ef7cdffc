import type { AppInfo } from '@lorebox/contract/app-info';
import type { Core } from '../core.ts';

/** Public: pages need it before anyone signs in. */
export async function getAppInfo(core: Core): Promise<AppInfo> {
  return { needsSetup: (await core.stores.users.count()) === 0, name: 'Lorebox' };
}
