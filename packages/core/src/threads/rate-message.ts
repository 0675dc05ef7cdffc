import type { Actor } from '@lorebox/contract/actor';
import type { Feedback, Message } from '@lorebox/contract/chat';
import { AppError } from '@lorebox/contract/errors';
import { findThread } from '../access/find-thread.ts';
import type { Core } from '../core.ts';
import { getMessage } from './get-message.ts';

/**
 * `share` lets the owners of the workspace use question and answer as a test question.
 * @throws AppError BAD_REQUEST for a question, because only answers are rated.
 */
export async function rateMessage(
  core: Core,
  actor: Actor,
  messageId: string,
  feedback: Feedback | null,
  share: boolean,
  reason: string | null = null,
): Promise<Message> {
  const message = await getMessage(core, actor, messageId);
  await findThread(core, actor, message.threadId);
  if (message.role !== 'assistant') throw new AppError('BAD_REQUEST', 'Only answers can be rated, not questions.');
  const feedbackShared = share && feedback !== null;
  const feedbackReason = feedback === null ? null : reason;
  const rating = { feedback, shared: feedbackShared, reason: feedbackReason };
  await core.stores.threads.rateMessage(message.id, rating);
  return { ...message, feedback, feedbackReason, feedbackShared };
}
