import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { ChangePasswordInput } from '@lorebox/contract/user';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { requireStrongPassword } from './require-strong-password.ts';

/** Changes one's own password and ends every other session; the caller signs in anew. */
export async function changePassword(core: Core, actor: Actor, input: ChangePasswordInput): Promise<void> {
  if (actor.kind !== 'user') throw new AppError('FORBIDDEN');
  const user = await core.stores.users.get(actor.userId);
  const matches = await core.security.passwords.verify(user?.passwordHash ?? null, input.current);
  if (!user || !matches) throw new AppError('INVALID_CREDENTIALS', 'The current password is wrong.');
  await requireStrongPassword(core.security.passwords, input.next, user.username);
  const passwordHash = await core.security.passwords.hash(input.next);
  const { revokeKeys } = input;
  const entry = entryOf(core, actor, 'password.changed', { target: `user:${user.id}`, details: { revokeKeys } });
  await core.stores.audit.with(entry, () =>
    core.stores.users.update(user.id, { passwordHash }, { endSessions: true, revokeKeys }),
  );
}
