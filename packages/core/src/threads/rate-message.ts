import type { Actor } from '@lorebox/contract/actor';
import type { Feedback } from '@lorebox/contract/chat';
import { AppError } from '@lorebox/contract/errors';
import { findThread } from '../access/find-thread.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';

/**
 * `share` lets the owners of the workspace use question and answer as a golden question.
 * @throws AppError BAD_REQUEST for a question: answers are rated.
 */
export async function rateMessage(
  core: Core,
  actor: Actor,
  messageId: string,
  feedback: Feedback | null,
  share: boolean,
): Promise<void> {
  requireScope(actor, 'chat');
  const message = await core.stores.threads.getMessage(messageId);
  if (!message) throw new AppError('NOT_FOUND');
  await findThread(core, actor, message.threadId);
  if (message.role !== 'assistant') throw new AppError('BAD_REQUEST', 'Only answers can be rated, not questions.');
  await core.stores.threads.rateMessage(message.id, feedback, share && feedback !== null);
}
