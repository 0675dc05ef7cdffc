import type { Origin } from '@lorebox/contract/actor';
import { createId } from '@lorebox/contract/create-id';
import { AppError, isAppError } from '@lorebox/contract/errors';
import type { AcceptInviteInput } from '@lorebox/contract/invite';
import type { SignedIn } from '@lorebox/contract/user';
import { entryBy } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { requireStrongPassword } from '../identity/require-strong-password.ts';
import { startSession } from '../identity/start-session.ts';
import { findInvite, unknownInvite } from './find-invite.ts';

/** Creates the account of an invite and signs in. Needs no credential: the token is one, and works once. */
export async function acceptInvite(core: Core, input: AcceptInviteInput, origin: Origin): Promise<SignedIn> {
  const { stores, security, clock } = core;
  const { token, username, password } = input;
  const { invite } = await findInvite(core, token);
  await requireStrongPassword(security.passwords, password, username);
  if (await stores.users.getByUsername(username))
    throw new AppError('CONFLICT', `The username "${username}" is taken. Choose another one.`);
  const passwordHash = await security.passwords.hash(password);
  const { role } = invite;
  const user = {
    id: createId('usr'),
    username,
    role,
    suspended: false,
    createdAt: new Date(clock.now()),
    passwordHash,
  };
  const entry = entryBy(core, 'anonymous', origin, 'invite.accepted', {
    target: `user:${user.id}`,
    details: { inviteId: invite.id, username, role },
  });
  try {
    await stores.audit.with(entry, () => stores.invites.accept(invite.id, user));
  } catch (error) {
    if (isAppError(error) && error.code === 'NOT_FOUND') throw unknownInvite();
    throw error;
  }
  return startSession(core, user.id);
}
