import type { StoredInvite } from '@lorebox/ports/invite-store';
import type { Core } from '../core.ts';

/** Names of the workspaces of these invites by id. Deleted workspaces have none. */
export async function namesOf(
  { stores }: Core,
  invites: readonly Pick<StoredInvite, 'memberships'>[],
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  const ids = new Set(invites.flatMap(({ memberships }) => memberships.map(({ workspaceId }) => workspaceId)));
  for (const id of ids) {
    const workspace = await stores.workspaces.find(id, { memberId: null, workspaceId: null });
    if (workspace) names.set(id, workspace.name);
  }
  return names;
}
