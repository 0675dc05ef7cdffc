import { AppError } from '@lorebox/contract/errors';
import type { MemberRole, Workspace } from '@lorebox/contract/workspace';
import { and, eq } from '../../drizzle.ts';
import { apiKeys } from '../api-keys/schema.ts';
import { queueReindex } from '../chunks/reindex.ts';
import { recordEvent } from '../events/record-event.ts';
import { queueJob } from '../jobs/queue-job.ts';
import { jobs } from '../jobs/schema.ts';
import { prepareValue } from '../statements.ts';
import { users } from '../users/schema.ts';
import { noteRemovedWorkspace } from '../vector-syncs/note-changes.ts';
import type { WriteContext } from '../writer/context.ts';
import { members, workspaces } from './schema.ts';
import { toWorkspace } from './to-workspace.ts';

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
    if (input.change.language) queueReindex(context, input.id, row.updatedAt);
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
    queueJob(context, { kind: 'purge-workspace', workspaceId: input.id }, input.at);
  },
  /** Called at startup. Rebuilds outdated full-text indexes while they stay in use. Returns the number of indexes. */
  'workspaces.reindexOutdated'(context: WriteContext, input: { at: Date }): number {
    const ids = prepareValue<[], string>(context.raw, 'select id from workspaces where removed_at is null').all();
    return ids.filter((id) => queueReindex(context, id, input.at)).length;
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

/** Drops waiting deliveries and removes the workspace from the vector backend. */
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
