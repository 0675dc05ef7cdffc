import type { Scope } from '@lorebox/contract/actor';
import type { ApiKey } from '@lorebox/contract/api-key';
import type { Page, PageInput } from '@lorebox/contract/page';
import type { Preferences, Role, User } from '@lorebox/contract/user';

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
   * Creates the first admin, who also becomes the owner of the installation's keys, in one transaction. Returns false
   * if a user already exists.
   */
  createFirst(user: StoredUser): Promise<boolean>;
  /**
   * Updates a user and, if requested, ends all their sessions and revokes their keys in the same transaction.
   * The key from the environment stays until it is rotated.
   * @throws AppError CONFLICT if the installation would be left without an admin.
   */
  update(
    id: string,
    change: Partial<Pick<StoredUser, 'role' | 'suspended' | 'passwordHash'>>,
    options: { endSessions: boolean; revokeKeys: boolean },
  ): Promise<void>;
  /** Null for an unknown user. */
  preferences(id: string): Promise<Preferences | null>;
  updatePreferences(id: string, change: Partial<Preferences>): Promise<void>;
  /** Removes the user with their sessions and keys. */
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
  /** Newest first. Active sessions only. */
  listOfUser(userId: string, now: Date): Promise<StoredSession[]>;
  removeOfUser(userId: string): Promise<void>;
  removeExpired(now: Date): Promise<void>;
}

/** A key without its hashes. */
export interface ListedApiKey extends Omit<ApiKey, 'isAdminEquivalent' | 'neverExpires'> {
  /** Role of the owner; admin if the installation owns the key. */
  ownerRole: Role;
}

export interface StoredApiKey extends Omit<ListedApiKey, 'previousKeyUntil' | 'ownerRole'> {
  /** Hex SHA-256 of the key. */
  hash: string;
  /** Hash of the key before the last rotation, valid until `previousUntil`. */
  previousHash: string | null;
  previousUntil: Date | null;
}

/** Filters keys by owner: null for all, otherwise the keys of one owner (null: the installation). */
export type KeyOwner = { ownerId: string | null } | null;

export interface ApiKeyStore {
  /** Returns the key with the role of its owner. Null for unknown keys and for keys of suspended owners. */
  getByHash(hash: string, now: Date): Promise<{ key: StoredApiKey; ownerRole: Role } | null>;
  get(id: string): Promise<ListedApiKey | null>;
  list(owner: KeyOwner, page: PageInput): Promise<Page<ListedApiKey>>;
  create(key: StoredApiKey): Promise<void>;
  update(
    id: string,
    change: Partial<Pick<StoredApiKey, 'name' | 'scopes' | 'expiresAt' | 'requestsPerMinute'>>,
  ): Promise<boolean>;
  /** The previous hash works until `until`. Returns false if the key doesn't exist. */
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
