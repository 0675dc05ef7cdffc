import type { Actor } from '@lorebox/contract/actor';
import type { Thread } from '@lorebox/contract/chat';
import type { Page, PageInput } from '@lorebox/contract/page';
import { threadViewerOf } from '../access/find-thread.ts';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';

export async function listThreads(core: Core, actor: Actor, ref: string, page: PageInput): Promise<Page<Thread>> {
  requireScope(actor, 'chat');
  const workspace = await findWorkspace(core, actor, ref, 'viewer');
  return core.stores.threads.list(workspace.id, threadViewerOf(actor), page);
}
