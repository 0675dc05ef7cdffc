import type { Actor } from '@lorebox/contract/actor';
import type { Message } from '@lorebox/contract/chat';
import type { ThreadOwner } from '@lorebox/ports/chat-stores';
import { seesThreadOf } from '../access/find-thread.ts';

/** Readers of a shared thread don't see why its owner rated an answer. */
export function hideReason(actor: Actor, thread: ThreadOwner, message: Message): Message {
  return message.feedbackReason === null || seesThreadOf(actor, thread)
    ? message
    : { ...message, feedbackReason: null };
}
