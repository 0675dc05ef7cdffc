import type { Actor } from '@lorebox/contract/actor';
import { findThread } from '../access/find-thread.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';

export async function renameThread(core: Core, actor: Actor, threadId: string, title: string): Promise<void> {
  requireScope(actor, 'chat');
  const thread = await findThread(core, actor, threadId);
  await core.stores.threads.rename(thread.id, title, new Date(core.clock.now()));
}
