import type { Actor } from '@lorebox/contract/actor';
import { findThread } from '../access/find-thread.ts';
import { requireScope } from '../access/require-scope.ts';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';

export async function deleteThread(core: Core, actor: Actor, threadId: string): Promise<void> {
  requireScope(actor, 'chat');
  const thread = await findThread(core, actor, threadId);
  core.answerHub.cancelThread(thread.id);
  const about = { target: `thread:${thread.id}`, workspaceId: thread.workspaceId };
  await core.stores.audit.with(entryOf(core, actor, 'thread.deleted', about), () =>
    core.stores.threads.remove(thread.id),
  );
}
