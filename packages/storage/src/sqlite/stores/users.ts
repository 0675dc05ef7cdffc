import { ENV_KEY_PREFIX } from '@lorebox/contract/api-key';
import { AppError } from '@lorebox/contract/errors';
import { normalizeText } from '@lorebox/contract/normalize-text';
import type { StoredUser, UserStore } from '@lorebox/ports/identity-stores';
import { and, count, desc, eq, isNotNull, isNull, lt, ne, sql } from '../../drizzle.ts';
import type { Connection } from '../connection.ts';
import { prepareSelect } from '../prepared.ts';
import { threads } from '../schema/chat.ts';
import { apiKeys, sessions, users } from '../schema/identity.ts';
import type { WriteContext } from '../writer/context.ts';
import type { Writer } from '../writer/writer.ts';
import { toPage } from './page.ts';

export const foldName = (name: string): string => normalizeText(name, 'NFKC').toLowerCase();

function toUser(row: typeof users.$inferSelect): StoredUser {
  const { usernameFolded: _, ...user } = row;
  return user;
}

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
  'users.remove'({ orm }: WriteContext, id: string) {
    orm.delete(apiKeys).where(eq(apiKeys.ownerId, id)).run();
    keepAnAdmin(orm, () => orm.delete(users).where(eq(users.id, id)).run());
  },
};

/** The first admin takes over what the installation's keys have made. */
function adoptKeys(orm: WriteContext['orm'], userId: string): void {
  orm
    .update(threads)
    .set({ userId })
    .where(and(isNull(threads.userId), isNotNull(threads.keyId)))
    .run();
  orm.update(apiKeys).set({ ownerId: userId }).where(isNull(apiKeys.ownerId)).run();
}

/** Where keys alone administer, there may be no admin; but the last one never goes. */
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

export function createUserStore(connection: Connection, writer: Writer): UserStore {
  const { orm } = connection;
  // Part of every request that comes with a session.
  const byId = prepareSelect(
    connection,
    orm
      .select()
      .from(users)
      .where(eq(users.id, sql.placeholder('id'))),
  );
  return {
    async get(id) {
      const row = byId.get({ id });
      return row ? toUser(row) : null;
    },
    async getByUsername(username) {
      const row = orm
        .select()
        .from(users)
        .where(eq(users.usernameFolded, foldName(username)))
        .get();
      return row ? toUser(row) : null;
    },
    async list({ role, cursor, limit }) {
      const where = and(
        cursor ? lt(users.id, cursor) : ne(users.id, ''),
        role === undefined ? undefined : eq(users.role, role),
      );
      const rows = orm
        .select()
        .from(users)
        .where(where)
        .orderBy(desc(users.id))
        .limit(limit + 1)
        .all();
      return toPage(
        rows,
        limit,
        ({ passwordHash: _, usernameFolded: __, ...user }) => user,
        (row) => row.id,
      );
    },
    count: async () => orm.select({ n: count() }).from(users).get()?.n ?? 0,
    create: (user) => writer.run('users.create', user),
    createFirst: (user) => writer.run('users.createFirst', user),
    update: (id, change, options) => writer.run('users.update', { id, change, ...options }),
    remove: (id) => writer.run('users.remove', id),
  };
}
