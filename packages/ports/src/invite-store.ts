import type { Page, PageInput } from '@lorebox/contract/page';
import type { Role } from '@lorebox/contract/user';
import type { MemberRole } from '@lorebox/contract/workspace';
import type { StoredUser } from './identity-stores.ts';

export interface StoredInvite {
  id: string;
  /** Hex SHA-256 of the token, which is never stored. */
  tokenHash: string;
  role: Role;
  memberships: readonly { workspaceId: string; role: MemberRole }[];
  /** The user who created it, or the owner of the key. Null for keys of the installation. */
  userId: string | null;
  createdAt: Date;
  expiresAt: Date;
}

export interface ListedInvite extends StoredInvite {
  invitedBy: string | null;
  acceptedBy: string | null;
  acceptedAt: Date | null;
}

/** Links that create an account. They are removed with the user who created them. */
export interface InviteStore {
  get(id: string): Promise<StoredInvite | null>;
  /** Null for accepted invites. Expired ones are returned. */
  getByTokenHash(tokenHash: string): Promise<StoredInvite | null>;
  /** Newest first, accepted and expired ones included. */
  list(page: PageInput): Promise<Page<ListedInvite>>;
  /** Number of invites that can still be accepted. */
  countOpen(now: Date): Promise<number>;
  create(invite: StoredInvite): Promise<void>;
  /**
   * Creates the user with the memberships of the invite, in one transaction. Workspaces that were deleted are skipped.
   * @throws AppError NOT_FOUND if the invite is gone, expired or accepted, CONFLICT if the username is taken.
   */
  accept(id: string, user: StoredUser): Promise<void>;
  remove(id: string): Promise<void>;
  /** Removes invites that expired before. */
  prune(before: Date): Promise<void>;
}
