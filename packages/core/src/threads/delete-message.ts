import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import { findThread } from '../access/find-thread.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';

/** A question takes its answer along. */
export async function deleteMessage(core: Core, actor: Actor, messageId: string): Promise<void> {
  requireScope(actor, 'chat');
  const message = await core.stores.threads.getMessage(messageId);
  if (!message) throw new AppError('NOT_FOUND');
  await findThread(core, actor, message.threadId);
  await core.stores.threads.removeMessage(message.id);
}
