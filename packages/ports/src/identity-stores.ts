import type { Scope } from '@lorebox/contract/actor';
import type { ApiKey } from '@lorebox/contract/api-key';
import type { Page, PageInput } from '@lorebox/contract/page';
import type { Role, User } from '@lorebox/contract/user';

export interface StoredUser extends User {
  passwordHash: string;
}

export interface UserStore {
  get(id: string): Promise<StoredUser | null>;
  /** Case-insensitive, after Unicode folding. */
  getByUsername(username: string): Promise<StoredUser | null>;
  list(query: PageInput & { role?: Role | undefined }): Promise<Page<User>>;
  count(): Promise<number>;
  /** @throws AppError CONFLICT when the name is taken. */
  create(user: StoredUser): Promise<void>;
  /**
   * Makes the first admin if there is no user yet, and the owner of the installation's keys, in one transaction; false when
   * someone was faster.
   */
  createFirst(user: StoredUser): Promise<boolean>;
  /**
   * Changes a user; ends all of their sessions and revokes their keys in the same transaction, where that is set.
   * The key of the environment stays until it is rotated.
   * @throws AppError CONFLICT when it would leave the installation without an admin.
   */
  update(
    id: string,
    change: Partial<Pick<StoredUser, 'role' | 'suspended' | 'passwordHash'>>,
    options: { endSessions: boolean; revokeKeys: boolean },
  ): Promise<void>;
  /** With their sessions and keys. */
  remove(id: string): Promise<void>;
}

export interface StoredSession {
  /** SHA-256 of the token; the token itself is never stored. */
  id: string;
  userId: string;
  createdAt: Date;
  expiresAt: Date;
}

export interface SessionStore {
  get(id: string): Promise<{ session: StoredSession; user: User } | null>;
  create(session: StoredSession): Promise<void>;
  extend(id: string, expiresAt: Date): Promise<void>;
  remove(id: string): Promise<void>;
  /** Newest first; live ones alone. */
  listOfUser(userId: string, now: Date): Promise<StoredSession[]>;
  removeOfUser(userId: string): Promise<void>;
  removeExpired(now: Date): Promise<void>;
}

/** A key without its hashes. */
export interface ListedApiKey extends Omit<ApiKey, 'isAdminEquivalent' | 'neverExpires'> {
  /** Of the owner; that of an admin where the installation owns it. */
  ownerRole: Role;
}

export interface StoredApiKey extends Omit<ListedApiKey, 'previousKeyUntil' | 'ownerRole'> {
  /** Hex SHA-256 of the key. */
  hash: string;
  /** Of the key before the last rotation, good until `previousUntil`. */
  previousHash: string | null;
  previousUntil: Date | null;
}

/** Whose keys: null for all, otherwise those of one owner (null: the installation). */
export type KeyOwner = { ownerId: string | null } | null;

export interface ApiKeyStore {
  /** The key with the role of its owner; null for unknown keys and for those of suspended owners. */
  getByHash(hash: string, now: Date): Promise<{ key: StoredApiKey; ownerRole: Role } | null>;
  get(id: string): Promise<ListedApiKey | null>;
  list(owner: KeyOwner, page: PageInput): Promise<Page<ListedApiKey>>;
  create(key: StoredApiKey): Promise<void>;
  update(
    id: string,
    change: Partial<Pick<StoredApiKey, 'name' | 'scopes' | 'expiresAt' | 'requestsPerMinute'>>,
  ): Promise<boolean>;
  /** The hash of before works until then. False when there is no such key. */
  rotate(id: string, next: { hash: string; prefix: string; until: Date }): Promise<boolean>;
  remove(id: string): Promise<boolean>;
  touch(id: string, at: Date): Promise<void>;
}

export interface SettingStore {
  get(key: string): Promise<string | null>;
  set(key: string, value: string): Promise<void>;
  /** Merges into the JSON object under this key (RFC 7396): null removes a property. */
  patch(key: string, change: object): Promise<void>;
  remove(key: string): Promise<void>;
}

export type { Role, Scope };
