import type { Comment } from '@lorebox/contract/comment';
import type { Page, PageInput } from '@lorebox/contract/page';

export interface NewComment {
  id: string;
  messageId: string;
  threadId: string;
  workspaceId: string;
  /** Who wrote it: `user:ID` or `key:ID`. */
  author: string;
  /** The user, or the owner of the key. Null for keys of the installation. */
  userId: string | null;
  text: string;
  /** Ids of the mentioned users. */
  mentionedIds: readonly string[];
  createdAt: Date;
}

export interface StoredComment extends Comment {
  workspaceId: string;
  /** Who wrote it: `user:ID` or `key:ID`. */
  writtenBy: string;
}

/** Comments on messages. They are removed with their message. */
export interface CommentStore {
  get(id: string): Promise<StoredComment | null>;
  /** Oldest first. */
  list(threadId: string, page: PageInput): Promise<Page<Comment>>;
  /**
   * Unresolved comments that mention the user, newest first, in threads that the user may read: their own and shared
   * ones. `memberOnly`: only in workspaces that the user is a member of.
   */
  mentions(userId: string, memberOnly: boolean, page: PageInput): Promise<Page<Comment>>;
  count(threadId: string): Promise<number>;
  create(comment: NewComment): Promise<void>;
  update(id: string, change: { text: string; mentionedIds: readonly string[]; updatedAt: Date }): Promise<void>;
  resolve(id: string, resolved: boolean, updatedAt: Date): Promise<void>;
  remove(id: string): Promise<void>;
}
