import type { Actor } from '@lorebox/contract/actor';
import type { Thread } from '@lorebox/contract/chat';
import { findReadableThread } from '../access/find-thread.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { toThread } from './to-thread.ts';

export async function getThread(core: Core, actor: Actor, threadId: string): Promise<Thread> {
  requireScope(actor, 'chat');
  return toThread(actor, await findReadableThread(core, actor, threadId));
}
