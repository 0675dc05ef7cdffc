import type { Actor } from '@lorebox/contract/actor';
import type { Thread } from '@lorebox/contract/chat';
import { createId } from '@lorebox/contract/create-id';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { startThread } from './start-thread.ts';
import { toThread } from './to-thread.ts';

export async function createThread(core: Core, actor: Actor, ref: string, title: string): Promise<Thread> {
  requireScope(actor, 'chat');
  const workspace = await findWorkspace(core, actor, ref, 'viewer');
  const at = new Date(core.clock.now());
  const thread = startThread(actor, { id: createId('thr'), workspaceId: workspace.id, title }, at);
  await core.stores.threads.create(thread);
  return toThread(actor, { ...thread, answering: false });
}
