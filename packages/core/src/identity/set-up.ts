import type { Origin } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { SetupInput, SignedIn } from '@lorebox/contract/user';
import type { Core } from '../core.ts';
import { createFirstAdmin } from './create-first-admin.ts';
import { SETUP_TOKEN_SETTING } from './issue-setup-token.ts';
import { startSession } from './start-session.ts';

/** Makes the first admin from the setup link. Never an open instance: without the printed token it is refused. */
export async function setUp(core: Core, input: SetupInput, origin: Origin): Promise<SignedIn> {
  const digest = await core.stores.settings.get(SETUP_TOKEN_SETTING);
  if (digest === null || (await core.stores.users.count()) > 0) throw new AppError('ALREADY_SET_UP');
  if (core.security.secrets.digest(input.token) !== digest) {
    throw new AppError('INVALID_CREDENTIALS', 'Invalid setup link. Use the last one that the server printed.');
  }
  const userId = await createFirstAdmin(core, input, origin);
  if (userId === null) throw new AppError('ALREADY_SET_UP');
  await core.stores.settings.remove(SETUP_TOKEN_SETTING);
  return startSession(core, userId);
}
