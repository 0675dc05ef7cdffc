import { AppError } from '@lorebox/contract/errors';
import type { StoredUser } from '@lorebox/ports/identity-stores';
import type { StoredInvite } from '@lorebox/ports/invite-store';
import { and, eq, gt, inArray, isNull, lt } from '../../drizzle.ts';
import { userCommands } from '../users/commands.ts';
import { members, workspaces } from '../workspaces/schema.ts';
import type { WriteContext } from '../writer/context.ts';
import { invites } from './schema.ts';

export const inviteCommands = {
  'invites.create'({ orm }: WriteContext, { memberships, ...invite }: StoredInvite) {
    orm
      .insert(invites)
      .values({ ...invite, memberships: [...memberships] })
      .run();
  },
  'invites.accept'(context: WriteContext, { id, user }: { id: string; user: StoredUser }) {
    const { orm } = context;
    const { id: userId, createdAt: at } = user;
    const open = and(eq(invites.id, id), isNull(invites.acceptedAt), gt(invites.expiresAt, at));
    const invite = orm.select().from(invites).where(open).get();
    if (!invite) throw new AppError('NOT_FOUND');
    userCommands['users.create'](context, user);
    orm.update(invites).set({ acceptedAt: at, acceptedBy: userId }).where(eq(invites.id, id)).run();
    const ids = invite.memberships.map(({ workspaceId }) => workspaceId);
    const known = orm
      .select({ id: workspaces.id })
      .from(workspaces)
      .where(and(inArray(workspaces.id, ids), isNull(workspaces.removedAt)))
      .all();
    for (const { workspaceId, role } of invite.memberships)
      if (known.some((workspace) => workspace.id === workspaceId))
        orm.insert(members).values({ workspaceId, userId, role, addedAt: at }).run();
  },
  'invites.remove'({ orm }: WriteContext, id: string) {
    orm.delete(invites).where(eq(invites.id, id)).run();
  },
  'invites.prune'({ orm }: WriteContext, before: Date) {
    orm.delete(invites).where(lt(invites.expiresAt, before)).run();
  },
};
