import type { Actor } from '@lorebox/contract/actor';
import type { Thread } from '@lorebox/contract/chat';
import type { ThreadWithState } from '@lorebox/ports/chat-stores';
import { seesThreadOf } from '../access/find-thread.ts';

/** The thread as the actor sees it. Pins are the owner's alone. */
export function toThread(actor: Actor, { userId, keyId, ...thread }: ThreadWithState): Thread {
  const mine = seesThreadOf(actor, { userId, keyId });
  return { ...thread, pinned: mine && thread.pinned, mine };
}
