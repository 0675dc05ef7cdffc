import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { StoredMessage } from '@lorebox/ports/chat-stores';
import { findThread } from '../access/find-thread.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';

export async function findMessage(
  core: Core,
  actor: Actor,
  id: string,
  role: StoredMessage['role'],
): Promise<StoredMessage> {
  requireScope(actor, 'chat');
  const message = await core.stores.threads.getMessage(id);
  if (!message) throw new AppError('NOT_FOUND');
  await findThread(core, actor, message.threadId);
  if (message.role !== role)
    throw new AppError('BAD_REQUEST', `This message is not ${role === 'user' ? 'a question' : 'an answer'}.`);
  return message;
}
