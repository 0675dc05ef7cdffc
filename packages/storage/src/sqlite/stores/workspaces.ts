import { createId } from '@lorebox/contract/create-id';
import { AppError } from '@lorebox/contract/errors';
import type { MemberRole, Workspace } from '@lorebox/contract/workspace';
import type { Visibility, WorkspaceStore } from '@lorebox/ports/workspace-stores';
import { and, asc, desc, eq, exists, gt, isNull, lt, or, type Placeholder, type SQL, sql } from '../../drizzle.ts';
import type { Connection } from '../connection.ts';
import { createQueryCache, prepareSelect } from '../prepared.ts';
import { jobs } from '../schema/documents.ts';
import { apiKeys, users } from '../schema/identity.ts';
import { members, workspaces } from '../schema/workspaces.ts';
import type { WriteContext } from '../writer/context.ts';
import type { Writer } from '../writer/writer.ts';
import { recordEvent } from './event-writes.ts';
import { toPage } from './page.ts';
import { followAnalyzer } from './reindex.ts';
import { noteRemovedWorkspace } from './vector-sync-writes.ts';

function toWorkspace({
  removedAt,
  embeddingKey,
  textAnalyzer,
  slug,
  ...row
}: typeof workspaces.$inferSelect): Workspace {
  return { ...row, slug: slug ?? row.id };
}

export const workspaceCommands = {
  'workspaces.create'(context: WriteContext, input: { workspace: Workspace; ownerId: string | null }): Workspace {
    const { orm } = context;
    const workspace = { ...input.workspace, slug: freeSlug(orm, input.workspace.slug) };
    orm.insert(workspaces).values(workspace).run();
    const { id: workspaceId, createdAt: addedAt } = workspace;
    if (input.ownerId) orm.insert(members).values({ workspaceId, userId: input.ownerId, role: 'owner', addedAt }).run();
    const data = { name: workspace.name, slug: workspace.slug };
    recordEvent(context, { type: 'workspace.created', workspaceId, timestamp: addedAt, data });
    return workspace;
  },
  'workspaces.update'(
    context: WriteContext,
    input: { id: string; change: Partial<Omit<Workspace, 'id' | 'createdAt'>> },
  ): Workspace {
    if (input.change.localOnly === true) keepLocal(context, input.id);
    const row = context.orm.update(workspaces).set(input.change).where(eq(workspaces.id, input.id)).returning().get();
    if (!row) throw new AppError('NOT_FOUND');
    if (input.change.language) followAnalyzer(context, input.id, row.updatedAt);
    return toWorkspace(row);
  },
  'workspaces.remove'(context: WriteContext, input: { id: string; at: Date }) {
    const { orm } = context;
    const known = orm.select({ name: workspaces.name }).from(workspaces).where(eq(workspaces.id, input.id)).get();
    if (!known) return;
    recordEvent(context, { type: 'workspace.deleted', workspaceId: input.id, timestamp: input.at, data: known });
    orm.update(workspaces).set({ removedAt: input.at, slug: null }).where(eq(workspaces.id, input.id)).run();
    orm.delete(apiKeys).where(eq(apiKeys.workspaceId, input.id)).run();
    orm.delete(jobs).where(eq(jobs.workspaceId, input.id)).run();
    const job = { id: createId('job'), kind: 'purge-workspace', state: 'queued', attempts: 0 } as const;
    orm
      .insert(jobs)
      .values({ ...job, workspaceId: input.id, runAfter: input.at, createdAt: input.at })
      .run();
  },
  'members.set'({ orm }: WriteContext, row: { workspaceId: string; userId: string; role: MemberRole; addedAt: Date }) {
    if (!orm.select().from(users).where(eq(users.id, row.userId)).get()) throw new AppError('NOT_FOUND');
    const target = [members.workspaceId, members.userId];
    orm
      .insert(members)
      .values(row)
      .onConflictDoUpdate({ target, set: { role: row.role } })
      .run();
  },
  'members.remove'({ orm }: WriteContext, input: { workspaceId: string; userId: string }) {
    const { workspaceId, userId } = input;
    orm
      .delete(members)
      .where(and(eq(members.workspaceId, workspaceId), eq(members.userId, userId)))
      .run();
  },
};

/** What waits to be sent goes nowhere, and a vector backend forgets what it has. */
function keepLocal({ raw }: WriteContext, workspaceId: string): void {
  noteRemovedWorkspace(raw, workspaceId);
  const waiting =
    "delete from webhook_deliveries where status = 'pending' and event_key in (select key from events where workspace_id = ?)";
  raw.prepare(waiting).run(workspaceId);
}

function freeSlug(orm: WriteContext['orm'], wanted: string): string {
  const taken = (slug: string) => orm.select().from(workspaces).where(eq(workspaces.slug, slug)).get() !== undefined;
  if (!taken(wanted)) return wanted;
  for (let n = 2; ; n += 1) if (!taken(`${wanted}-${n}`)) return `${wanted}-${n}`;
}

export function createWorkspaceStore(connection: Connection, writer: Writer): WorkspaceStore {
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

  // Part of every request, so prepared once for each kind of caller.
  const prepareFind = (visible: Visibility) => {
    const named = or(eq(workspaces.id, sql.placeholder('ref')), eq(workspaces.slug, sql.placeholder('ref')));
    return prepareSelect(
      connection,
      orm
        .select()
        .from(workspaces)
        .where(and(named, seenBy(visible))),
    );
  };
  const findQuery = createQueryCache<ReturnType<typeof prepareFind>>();
  const prepareList = (visible: Visibility, isAfter: boolean) => {
    const after = isAfter ? lt(workspaces.id, sql.placeholder('cursor')) : undefined;
    const found = orm
      .select()
      .from(workspaces)
      .where(and(seenBy(visible), after));
    return prepareSelect(connection, found.orderBy(desc(workspaces.id)).limit(sql.placeholder('limit')));
  };
  const roleOf = prepareSelect(
    connection,
    orm
      .select({ role: members.role })
      .from(members)
      .where(
        and(eq(members.workspaceId, sql.placeholder('workspaceId')), eq(members.userId, sql.placeholder('userId'))),
      ),
  );
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
    setMember: (workspaceId, userId, role, at) => writer.run('members.set', { workspaceId, userId, role, addedAt: at }),
    removeMember: (workspaceId, userId) => writer.run('members.remove', { workspaceId, userId }),
  };
}
