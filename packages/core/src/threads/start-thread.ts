import type { Actor } from '@lorebox/contract/actor';
import type { StoredThread } from '@lorebox/ports/chat-stores';
import { threadOwnerOf } from '../access/find-thread.ts';

/** Returns a new private thread of the actor. */
export function startThread(
  actor: Actor,
  fields: Pick<StoredThread, 'id' | 'workspaceId' | 'title'>,
  at: Date,
): StoredThread {
  const state = { pinned: false, archived: false, visibility: 'private' } as const;
  return { ...fields, ...threadOwnerOf(actor), ...state, createdAt: at, updatedAt: at };
}
