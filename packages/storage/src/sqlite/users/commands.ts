import { ENV_KEY_PREFIX } from '@lorebox/contract/api-key';
import { AppError } from '@lorebox/contract/errors';
import type { Preferences } from '@lorebox/contract/user';
import type { StoredUser } from '@lorebox/ports/identity-stores';
import { and, eq, inArray, isNull, ne } from '../../drizzle.ts';
import { apiKeys } from '../api-keys/schema.ts';
import { sessions } from '../sessions/schema.ts';
import { threads } from '../threads/schema.ts';
import type { WriteContext } from '../writer/context.ts';
import { foldName } from './fold-name.ts';
import { users } from './schema.ts';

export const userCommands = {
  'users.create'({ orm }: WriteContext, user: StoredUser) {
    const usernameFolded = foldName(user.username);
    const inserted = orm
      .insert(users)
      .values({ ...user, usernameFolded })
      .onConflictDoNothing()
      .run();
    if (inserted.changes === 0) throw new AppError('CONFLICT', `The username "${user.username}" is taken.`);
  },
  'users.createFirst'({ orm }: WriteContext, user: StoredUser): boolean {
    if (orm.select({ id: users.id }).from(users).limit(1).get()) return false;
    orm
      .insert(users)
      .values({ ...user, usernameFolded: foldName(user.username) })
      .run();
    adoptKeys(orm, user.id);
    return true;
  },
  'users.update'(
    { orm }: WriteContext,
    input: {
      id: string;
      change: Partial<Pick<StoredUser, 'role' | 'suspended' | 'passwordHash'>>;
      endSessions: boolean;
      revokeKeys: boolean;
    },
  ) {
    keepAnAdmin(orm, () => {
      if (Object.keys(input.change).length > 0) orm.update(users).set(input.change).where(eq(users.id, input.id)).run();
    });
    if (input.endSessions) orm.delete(sessions).where(eq(sessions.userId, input.id)).run();
    if (input.revokeKeys)
      orm
        .delete(apiKeys)
        .where(and(eq(apiKeys.ownerId, input.id), ne(apiKeys.prefix, ENV_KEY_PREFIX)))
        .run();
  },
  'users.updatePreferences'({ orm }: WriteContext, input: { id: string; change: Partial<Preferences> }) {
    orm.update(users).set(input.change).where(eq(users.id, input.id)).run();
  },
  'users.remove'({ orm }: WriteContext, id: string) {
    orm.delete(apiKeys).where(eq(apiKeys.ownerId, id)).run();
    keepAnAdmin(orm, () => orm.delete(users).where(eq(users.id, id)).run());
  },
};

/** Transfers what the installation's keys have created to the first admin. */
function adoptKeys(orm: WriteContext['orm'], userId: string): void {
  orm
    .update(threads)
    .set({ userId })
    .where(and(isNull(threads.userId), inArray(threads.keyId, orm.select({ id: apiKeys.id }).from(apiKeys))))
    .run();
  orm.update(apiKeys).set({ ownerId: userId }).where(isNull(apiKeys.ownerId)).run();
}

/** Installations that are administered by keys may have no admin, but the last admin can't be removed. */
function keepAnAdmin(orm: WriteContext['orm'], change: () => void): void {
  const had = hasAdmin(orm);
  change();
  if (had && !hasAdmin(orm))
    throw new AppError('CONFLICT', 'This is the last active admin. Create another admin first.');
}

function hasAdmin(orm: WriteContext['orm']): boolean {
  const admin = orm
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, 'admin'), eq(users.suspended, false)))
    .limit(1)
    .get();
  return admin !== undefined;
}
