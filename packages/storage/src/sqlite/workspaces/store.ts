import type { Visibility, WorkspaceStore } from '@lorebox/ports/workspace-stores';
import { and, asc, desc, eq, exists, gt, isNull, lt, or, type Placeholder, type SQL, sql } from '../../drizzle.ts';
import { defineEntity } from '../entity.ts';
import { toPage } from '../page.ts';
import { createQueryCache } from '../statements.ts';
import { users } from '../users/schema.ts';
import { workspaceCommands } from './commands.ts';
import { members, workspaces } from './schema.ts';
import { toWorkspace } from './to-workspace.ts';

const MAX_MEMBERSHIPS = 1000;

export const workspaceEntity = defineEntity(workspaceCommands, (connection, writer): WorkspaceStore => {
  const { orm } = connection;
  function isMember(userId: Placeholder): SQL {
    const own = and(eq(members.workspaceId, workspaces.id), eq(members.userId, userId));
    return exists(orm.select({ one: sql`1` }).from(members).where(own));
  }

  const seenBy = ({ memberId, workspaceId }: Visibility): SQL | undefined =>
    and(
      isNull(workspaces.removedAt),
      memberId === null ? undefined : isMember(sql.placeholder('memberId')),
      workspaceId === null ? undefined : eq(workspaces.id, sql.placeholder('workspaceId')),
    );
  const kindOf = ({ memberId, workspaceId }: Visibility) => `${memberId !== null} ${workspaceId !== null}`;

  // Runs on every request, so it is prepared once per kind of caller.
  const prepareFind = (visible: Visibility) => {
    const named = or(eq(workspaces.id, sql.placeholder('ref')), eq(workspaces.slug, sql.placeholder('ref')));
    return orm
      .select()
      .from(workspaces)
      .where(and(named, seenBy(visible)))
      .prepare();
  };
  const findQuery = createQueryCache<ReturnType<typeof prepareFind>>();
  const prepareList = (visible: Visibility, isAfter: boolean) => {
    const after = isAfter ? lt(workspaces.id, sql.placeholder('cursor')) : undefined;
    const found = orm
      .select()
      .from(workspaces)
      .where(and(seenBy(visible), after));
    return found.orderBy(desc(workspaces.id)).limit(sql.placeholder('limit')).prepare();
  };
  const roleOf = orm
    .select({ role: members.role })
    .from(members)
    .where(and(eq(members.workspaceId, sql.placeholder('workspaceId')), eq(members.userId, sql.placeholder('userId'))))
    .prepare();
  const listQuery = createQueryCache<ReturnType<typeof prepareList>>();

  return {
    async find(ref, visible) {
      const row = findQuery(kindOf(visible), () => prepareFind(visible)).get({ ref, ...visible });
      return row ? toWorkspace(row) : null;
    },
    async list(visible, { cursor, limit }) {
      const query = listQuery(`${kindOf(visible)} ${cursor !== undefined}`, () =>
        prepareList(visible, cursor !== undefined),
      );
      const rows = query.all({ ...visible, cursor, limit: limit + 1 });
      return toPage(rows, limit, toWorkspace, (row) => row.id);
    },
    create: (workspace, ownerId) => writer.run('workspaces.create', { workspace, ownerId }),
    update: (id, change) => writer.run('workspaces.update', { id, change }),
    remove: (id) => writer.run('workspaces.remove', { id, at: new Date() }),
    async memberRole(workspaceId, userId) {
      return roleOf.get({ workspaceId, userId })?.role ?? null;
    },
    async getMember(workspaceId, userId) {
      const row = orm
        .select({ userId: members.userId, username: users.username, role: members.role, addedAt: members.addedAt })
        .from(members)
        .innerJoin(users, eq(users.id, members.userId))
        .where(and(eq(members.workspaceId, workspaceId), eq(members.userId, userId)))
        .get();
      return row ?? null;
    },
    async listMembers(workspaceId, { cursor, limit }) {
      const where = and(eq(members.workspaceId, workspaceId), cursor ? gt(members.userId, cursor) : undefined);
      const rows = orm
        .select({ userId: members.userId, username: users.username, role: members.role, addedAt: members.addedAt })
        .from(members)
        .innerJoin(users, eq(users.id, members.userId))
        .where(where)
        .orderBy(asc(members.userId))
        .limit(limit + 1)
        .all();
      return toPage(
        rows,
        limit,
        (row) => row,
        (row) => row.userId,
      );
    },
    async listMemberships(userId) {
      return orm
        .select({
          workspaceId: members.workspaceId,
          name: workspaces.name,
          slug: sql<string>`${workspaces.slug}`,
          role: members.role,
          addedAt: members.addedAt,
        })
        .from(members)
        .innerJoin(workspaces, eq(workspaces.id, members.workspaceId))
        .where(and(eq(members.userId, userId), isNull(workspaces.removedAt)))
        .orderBy(asc(members.workspaceId))
        .limit(MAX_MEMBERSHIPS)
        .all();
    },
    setMember: (workspaceId, userId, role, at) => writer.run('members.set', { workspaceId, userId, role, addedAt: at }),
    removeMember: (workspaceId, userId) => writer.run('members.remove', { workspaceId, userId }),
  };
});
