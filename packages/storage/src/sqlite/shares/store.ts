import type { ShareStore } from '@lorebox/ports/share-store';
import { and, count, desc, eq, lt } from '../../drizzle.ts';
import { defineEntity } from '../entity.ts';
import { toPage } from '../page.ts';
import { threads } from '../threads/schema.ts';
import { seenBy, whoOf } from '../threads/seen-by.ts';
import { users } from '../users/schema.ts';
import { shareCommands } from './commands.ts';
import { shares } from './schema.ts';

export const shareEntity = defineEntity(shareCommands, (connection, writer): ShareStore => {
  const { orm } = connection;
  const listed = {
    id: shares.id,
    threadId: shares.threadId,
    workspaceId: shares.workspaceId,
    sharedBy: users.username,
    createdAt: shares.createdAt,
    expiresAt: shares.expiresAt,
    views: shares.views,
  };
  return {
    get: async (id) => orm.select().from(shares).where(eq(shares.id, id)).get() ?? null,
    getByTokenHash: async (tokenHash) => orm.select().from(shares).where(eq(shares.tokenHash, tokenHash)).get() ?? null,
    async list({ threadId, workspaceId, viewer }, { cursor, limit }) {
      const where = and(
        threadId === null ? undefined : eq(shares.threadId, threadId),
        workspaceId === null ? undefined : eq(shares.workspaceId, workspaceId),
        viewer === null ? undefined : seenBy(viewer),
        // Owners of threads create their links, so this finds the same ones by an index.
        viewer !== null && 'userId' in viewer && !viewer.seesUnowned ? eq(shares.userId, viewer.userId) : undefined,
        cursor === undefined ? undefined : lt(shares.id, cursor),
      );
      const rows = orm
        .select(listed)
        .from(shares)
        .innerJoin(threads, eq(threads.id, shares.threadId))
        .leftJoin(users, eq(users.id, shares.userId))
        .where(where)
        .orderBy(desc(shares.id))
        .limit(limit + 1)
        .all({ who: viewer === null ? '' : whoOf(viewer) });
      return toPage(
        rows,
        limit,
        (row) => row,
        (row) => row.id,
      );
    },
    async count(threadId) {
      return orm.select({ n: count() }).from(shares).where(eq(shares.threadId, threadId)).get()?.n ?? 0;
    },
    create: (share) => writer.run('shares.create', share),
    remove: (id) => writer.run('shares.remove', id),
    countView: (id) => writer.run('shares.countView', id),
  };
});
