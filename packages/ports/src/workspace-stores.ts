import type { Page, PageInput } from '@lorebox/contract/page';
import type { Member, MemberRole, Workspace } from '@lorebox/contract/workspace';

/** Which workspaces an actor sees; part of every query, so that a foreign id finds nothing. Both conditions hold. */
export interface Visibility {
  /** Only those that this user is a member of; null for all. */
  memberId: string | null;
  /** Only this one; null for all. */
  workspaceId: string | null;
}

export interface WorkspaceStore {
  /** By id or slug. */
  find(ref: string, visible: Visibility): Promise<Workspace | null>;
  list(visible: Visibility, page: PageInput): Promise<Page<Workspace>>;
  /** Adds `ownerId` as owner; makes the slug unique by a number at its end. */
  create(workspace: Workspace, ownerId: string | null): Promise<Workspace>;
  update(id: string, change: Partial<Omit<Workspace, 'id' | 'createdAt'>>): Promise<Workspace>;
  /** Invisible at once; rows, index entries and bytes go with a durable job. */
  remove(id: string): Promise<void>;
  memberRole(workspaceId: string, userId: string): Promise<MemberRole | null>;
  getMember(workspaceId: string, userId: string): Promise<Member | null>;
  listMembers(workspaceId: string, page: PageInput): Promise<Page<Member>>;
  setMember(workspaceId: string, userId: string, role: MemberRole, at: Date): Promise<void>;
  removeMember(workspaceId: string, userId: string): Promise<void>;
}
