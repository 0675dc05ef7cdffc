import type { Page, PageInput } from '@lorebox/contract/page';
import type { Member, MemberRole, Membership, Workspace } from '@lorebox/contract/workspace';

/**
 * Which workspaces an actor can see. Part of every query, so that ids of other workspaces match nothing. Both
 * conditions apply.
 */
export interface Visibility {
  /** Only workspaces that this user is a member of; null for all. */
  memberId: string | null;
  /** Only this workspace; null for all. */
  workspaceId: string | null;
}

export interface WorkspaceStore {
  /** Finds a workspace by id or slug. */
  find(ref: string, visible: Visibility): Promise<Workspace | null>;
  list(visible: Visibility, page: PageInput): Promise<Page<Workspace>>;
  /** Adds `ownerId` as owner. Appends a number to the slug if it is taken. */
  create(workspace: Workspace, ownerId: string | null): Promise<Workspace>;
  update(id: string, change: Partial<Omit<Workspace, 'id' | 'createdAt'>>): Promise<Workspace>;
  /** Hides the workspace immediately. A durable job removes rows, index entries and bytes. */
  remove(id: string): Promise<void>;
  memberRole(workspaceId: string, userId: string): Promise<MemberRole | null>;
  getMember(workspaceId: string, userId: string): Promise<Member | null>;
  listMembers(workspaceId: string, page: PageInput): Promise<Page<Member>>;
  /** Oldest first, at most 1,000. */
  listMemberships(userId: string): Promise<Membership[]>;
  setMember(workspaceId: string, userId: string, role: MemberRole, at: Date): Promise<void>;
  removeMember(workspaceId: string, userId: string): Promise<void>;
}
