import type { InviteStore } from '@lorebox/ports/invite-store';
import { alias, and, count, desc, eq, getTableColumns, gt, isNull, lt } from '../../drizzle.ts';
import { defineEntity } from '../entity.ts';
import { toPage } from '../page.ts';
import { users } from '../users/schema.ts';
import { inviteCommands } from './commands.ts';
import { invites } from './schema.ts';

export const inviteEntity = defineEntity(inviteCommands, (connection, writer): InviteStore => {
  const { orm } = connection;
  const accepters = alias(users, 'accepters');
  const listed = { ...getTableColumns(invites), invitedBy: users.username, acceptedBy: accepters.username };
  return {
    get: async (id) => orm.select().from(invites).where(eq(invites.id, id)).get() ?? null,
    async getByTokenHash(tokenHash) {
      const where = and(eq(invites.tokenHash, tokenHash), isNull(invites.acceptedAt));
      return orm.select().from(invites).where(where).get() ?? null;
    },
    async list({ cursor, limit }) {
      const rows = orm
        .select(listed)
        .from(invites)
        .leftJoin(users, eq(users.id, invites.userId))
        .leftJoin(accepters, eq(accepters.id, invites.acceptedBy))
        .where(cursor === undefined ? undefined : lt(invites.id, cursor))
        .orderBy(desc(invites.id))
        .limit(limit + 1)
        .all();
      return toPage(
        rows,
        limit,
        (row) => row,
        (row) => row.id,
      );
    },
    async countOpen(now) {
      const open = and(isNull(invites.acceptedAt), gt(invites.expiresAt, now));
      return orm.select({ n: count() }).from(invites).where(open).get()?.n ?? 0;
    },
    create: (invite) => writer.run('invites.create', invite),
    accept: (id, user) => writer.run('invites.accept', { id, user }),
    remove: (id) => writer.run('invites.remove', id),
    prune: (before) => writer.run('invites.prune', before),
  };
});
