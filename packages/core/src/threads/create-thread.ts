import type { Actor } from '@lorebox/contract/actor';
import type { Thread } from '@lorebox/contract/chat';
import { createId } from '@lorebox/contract/create-id';
import { threadOwnerOf } from '../access/find-thread.ts';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';

export async function createThread(core: Core, actor: Actor, ref: string, title: string): Promise<Thread> {
  requireScope(actor, 'chat');
  const workspace = await findWorkspace(core, actor, ref, 'viewer');
  const at = new Date(core.clock.now());
  const thread = { id: createId('thr'), workspaceId: workspace.id, title, createdAt: at, updatedAt: at };
  await core.stores.threads.create({ ...thread, ...threadOwnerOf(actor) });
  return thread;
}
