import type { MemberRole } from '@lorebox/contract/workspace';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import { query } from '../api/queries.ts';
import { useSession } from './session.tsx';

const RANK: Record<MemberRole, number> = { viewer: 0, editor: 1, owner: 2 };

/** What the user may do in a workspace. Until that is known, no more than a viewer. */
export function useWorkspaceRole(workspace: string): { canEdit: boolean; canOwn: boolean } {
  const user = useSession();
  const isMember = user.role === 'member';
  const { data } = useQuery({
    ...query('workspaces.getMember', api.workspaces.getMember, { workspace, userId: user.id }),
    enabled: isMember && workspace !== '',
    staleTime: 60_000,
  });
  const rank = isMember ? RANK[data?.role ?? 'viewer'] : RANK.owner;
  return { canEdit: rank >= RANK.editor, canOwn: rank >= RANK.owner };
}
