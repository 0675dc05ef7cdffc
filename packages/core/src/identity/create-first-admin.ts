import type { Origin } from '@lorebox/contract/actor';
import { createId } from '@lorebox/contract/create-id';
import { entryBy } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { requireStrongPassword } from './require-strong-password.ts';

/** Null when there is a user already. */
export async function createFirstAdmin(
  core: Core,
  input: { username: string; password: string },
  origin?: Origin,
): Promise<string | null> {
  await requireStrongPassword(core.security.passwords, input.password, input.username);
  const id = createId('usr');
  const passwordHash = await core.security.passwords.hash(input.password);
  const createdAt = new Date(core.clock.now());
  const admin = { id, username: input.username, passwordHash, role: 'admin', suspended: false, createdAt } as const;
  const entry = entryBy(core, origin ? 'anonymous' : 'system', origin, 'setup.completed', { target: `user:${id}` });
  return (await core.stores.audit.with(entry, () => core.stores.users.createFirst(admin))) ? id : null;
}
