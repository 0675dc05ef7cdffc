import type { Origin } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { Credentials, SignedIn } from '@lorebox/contract/user';
import { entryBy } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { startSession } from './start-session.ts';

/** Same work and same answer for an unknown name, a wrong password and a suspended user. */
export async function login(core: Core, input: Credentials, origin: Origin): Promise<SignedIn> {
  const user = await core.stores.users.getByUsername(input.username);
  const matches = await core.security.passwords.verify(user?.passwordHash ?? null, input.password);
  if (!user || !matches || user.suspended) {
    // Not the name that was typed: people type passwords into the wrong field.
    const target = user ? `user:${user.id}` : null;
    await core.stores.audit.record(entryBy(core, 'anonymous', origin, 'login.failed', { target }));
    throw new AppError('INVALID_CREDENTIALS');
  }
  const signedIn = await startSession(core, user.id);
  await core.stores.audit.record(entryBy(core, `user:${user.id}`, origin, 'login.succeeded'));
  return signedIn;
}
