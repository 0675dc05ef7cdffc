import { AppError } from '@lorebox/contract/errors';
import type { Credentials, SignedIn } from '@lorebox/contract/user';
import type { Core } from '../core.ts';

/** Same work and same answer for an unknown name, a wrong password and a suspended user. */
export async function login(core: Core, input: Credentials): Promise<SignedIn> {
  const user = await core.users.getByUsername(input.username);
  const matches = await core.passwords.verify(user?.passwordHash ?? null, input.password);
  if (!user || !matches || user.suspended) throw new AppError('INVALID_CREDENTIALS');
  return startSession(core, user.id);
}

export async function startSession(core: Core, userId: string): Promise<SignedIn> {
  const { token, expiresAt } = await core.sessionKeeper.start(userId);
  const user = await core.users.get(userId);
  if (!user) throw new AppError('NOT_FOUND');
  const { passwordHash: _, ...visible } = user;
  return { user: visible, sessionToken: token, expiresAt };
}
