import type { Actor } from '@lorebox/contract/actor';
import type { Thread } from '@lorebox/contract/chat';
import type { Core } from '../core.ts';
import { getThread } from './get-thread.ts';

export async function updateThread(core: Core, actor: Actor, threadId: string, title: string): Promise<Thread> {
  const thread = await getThread(core, actor, threadId);
  const updatedAt = new Date(core.clock.now());
  await core.stores.threads.rename(thread.id, title, updatedAt);
  return { ...thread, title, updatedAt };
}
