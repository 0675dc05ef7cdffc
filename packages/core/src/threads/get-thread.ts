import type { Actor } from '@lorebox/contract/actor';
import type { Thread } from '@lorebox/contract/chat';
import { findThread } from '../access/find-thread.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';

export async function getThread(core: Core, actor: Actor, threadId: string): Promise<Thread> {
  requireScope(actor, 'chat');
  const { userId: _, keyId: __, ...thread } = await findThread(core, actor, threadId);
  return thread;
}
