import type { Origin } from '@lorebox/contract/actor';
import { createId } from '@lorebox/contract/create-id';
import { AppError } from '@lorebox/contract/errors';
import type { SetupInput, SignedIn } from '@lorebox/contract/user';
import { entryBy } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { startSession } from './login.ts';
import { requireStrongPassword } from './require-strong-password.ts';

const SETTING = 'setup-token-digest';

/** On an installation without users: a fresh one-time token for the setup link. Null once there is a user. */
export async function issueSetupToken(core: Core): Promise<string | null> {
  if ((await core.stores.users.count()) > 0) return null;
  const token = core.security.secrets.createToken();
  await core.stores.settings.set(SETTING, core.security.secrets.digest(token));
  return token;
}

/** Makes the first admin from the setup link. Never an open instance: without the printed token it is refused. */
export async function setUp(core: Core, input: SetupInput, origin: Origin): Promise<SignedIn> {
  const digest = await core.stores.settings.get(SETTING);
  if (digest === null || (await core.stores.users.count()) > 0) throw new AppError('ALREADY_SET_UP');
  if (core.security.secrets.digest(input.token) !== digest) {
    throw new AppError('INVALID_CREDENTIALS', 'Invalid setup link. Use the last one that the server printed.');
  }
  const userId = await createFirstAdmin(core, input, origin);
  if (userId === null) throw new AppError('ALREADY_SET_UP');
  await core.stores.settings.remove(SETTING);
  return startSession(core, userId);
}

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
