import type { Actor } from '@lorebox/contract/actor';
import type { Message } from '@lorebox/contract/chat';
import { AppError } from '@lorebox/contract/errors';
import { findReadableThread } from '../access/find-thread.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';

export async function getMessage(core: Core, actor: Actor, messageId: string): Promise<Message> {
  requireScope(actor, 'chat');
  const stored = await core.stores.threads.getMessage(messageId);
  if (!stored) throw new AppError('NOT_FOUND');
  await findReadableThread(core, actor, stored.threadId);
  const { workspaceId: _, ...message } = stored;
  return message;
}
