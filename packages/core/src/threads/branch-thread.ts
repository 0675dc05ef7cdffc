import type { Actor } from '@lorebox/contract/actor';
import type { Thread } from '@lorebox/contract/chat';
import { createId } from '@lorebox/contract/create-id';
import { AppError } from '@lorebox/contract/errors';
import { findReadableThread } from '../access/find-thread.ts';
import type { Core } from '../core.ts';
import { getMessage } from './get-message.ts';
import { startThread } from './start-thread.ts';
import { toThread } from './to-thread.ts';

/** The copy is one transaction, so a branch can't be longer. */
const MAX_BRANCH_MESSAGES = 2000;

/**
 * Creates a private thread of the actor with copies of the messages up to and including this one. Ratings stay behind.
 * @throws AppError CONFLICT while the answer is in progress, UNPROCESSABLE if there are too many messages.
 */
export async function branchThread(core: Core, actor: Actor, messageId: string): Promise<Thread> {
  const message = await getMessage(core, actor, messageId);
  const { workspaceId, title } = await findReadableThread(core, actor, message.threadId);
  if (message.status === 'streaming')
    throw new AppError('CONFLICT', 'The answer is still in progress. Branch the thread when it has ended.');
  const thread = startThread(actor, { id: createId('thr'), workspaceId, title }, new Date(core.clock.now()));
  if (!(await core.stores.threads.branch(thread, message.id, MAX_BRANCH_MESSAGES))) {
    const limit = MAX_BRANCH_MESSAGES.toLocaleString('en');
    throw new AppError('UNPROCESSABLE', `A branch has at most ${limit} messages. Branch from an earlier message.`);
  }
  return toThread(actor, { ...thread, answering: false });
}
