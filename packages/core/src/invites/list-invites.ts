import type { Actor } from '@lorebox/contract/actor';
import type { Invite } from '@lorebox/contract/invite';
import type { Page, PageInput } from '@lorebox/contract/page';
import { requireScope, requireUnbound } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { namesOf } from './workspace-names.ts';

export async function listInvites(core: Core, actor: Actor, page: PageInput): Promise<Page<Invite>> {
  requireScope(actor, 'users:invite');
  requireUnbound(actor);
  const { items, nextCursor } = await core.stores.invites.list(page);
  const names = await namesOf(core, items);
  const invites = items.map(({ tokenHash: _, userId: __, memberships, ...invite }) => ({
    ...invite,
    memberships: memberships.flatMap((membership) => {
      const name = names.get(membership.workspaceId);
      return name === undefined ? [] : [{ ...membership, name }];
    }),
  }));
  return { items: invites, nextCursor };
}
