import type { Actor } from '@lorebox/contract/actor';
import type { ListThreadsInput, Thread } from '@lorebox/contract/chat';
import type { Page } from '@lorebox/contract/page';
import { threadViewerOf } from '../access/find-thread.ts';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { toThread } from './to-thread.ts';

export async function listThreads(
  core: Core,
  actor: Actor,
  { workspace: ref, archived, shared, query, ...page }: ListThreadsInput,
): Promise<Page<Thread>> {
  requireScope(actor, 'chat');
  const workspace = await findWorkspace(core, actor, ref, 'viewer');
  const filter = { archived, shared, query };
  const { items, nextCursor } = await core.stores.threads.list(workspace.id, threadViewerOf(actor), filter, page);
  return { items: items.map((thread) => toThread(actor, thread)), nextCursor };
}
