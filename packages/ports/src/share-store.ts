import type { Page, PageInput } from '@lorebox/contract/page';
import type { Share } from '@lorebox/contract/share';
import type { ThreadViewer } from './chat-stores.ts';

export interface StoredShare {
  id: string;
  threadId: string;
  workspaceId: string;
  /** The user, or the owner of the key. Null for keys of the installation. */
  userId: string | null;
  /** Hex SHA-256 of the token, which is never stored. */
  tokenHash: string;
  createdAt: Date;
  expiresAt: Date | null;
  views: number;
}

/** Share links of threads. They are removed with their thread. */
export interface ShareStore {
  get(id: string): Promise<StoredShare | null>;
  getByTokenHash(tokenHash: string): Promise<StoredShare | null>;
  /** Newest first. `viewer` limits them to the viewer's own threads; null lists those of all threads. */
  list(
    filter: { threadId: string | null; workspaceId: string | null; viewer: ThreadViewer | null },
    page: PageInput,
  ): Promise<Page<ListedShare>>;
  count(threadId: string): Promise<number>;
  create(share: StoredShare): Promise<void>;
  /** Returns false if the link doesn't exist. */
  remove(id: string): Promise<boolean>;
  countView(id: string): Promise<void>;
}

export interface ListedShare extends Share {
  workspaceId: string;
}
