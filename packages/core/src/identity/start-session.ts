import { AppError } from '@lorebox/contract/errors';
import type { SignedIn } from '@lorebox/contract/user';
import type { Core } from '../core.ts';

export async function startSession(core: Core, userId: string): Promise<SignedIn> {
  const { token, expiresAt } = await core.security.sessions.start(userId);
  const user = await core.stores.users.get(userId);
  if (!user) throw new AppError('NOT_FOUND');
  const { passwordHash: _, ...visible } = user;
  return { user: visible, sessionToken: token, expiresAt };
}
