import type { Core } from '../core.ts';

export const SETUP_TOKEN_SETTING = 'setup-token-digest';

/** On an installation without users: a fresh one-time token for the setup link. Null once there is a user. */
export async function issueSetupToken(core: Core): Promise<string | null> {
  if ((await core.stores.users.count()) > 0) return null;
  const token = core.security.secrets.createToken();
  await core.stores.settings.set(SETUP_TOKEN_SETTING, core.security.secrets.digest(token));
  return token;
}
