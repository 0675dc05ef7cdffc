import type { Actor } from '@lorebox/contract/actor';
import type { Thread, UpdateThreadInput } from '@lorebox/contract/chat';
import { findThread } from '../access/find-thread.ts';
import { requireScope } from '../access/require-scope.ts';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { withoutUndefined } from '../without-undefined.ts';
import { toThread } from './to-thread.ts';

/** Sharing is recorded in the audit log. Pinning and archiving don't count as activity. */
export async function updateThread(
  core: Core,
  actor: Actor,
  { threadId, ...input }: UpdateThreadInput,
): Promise<Thread> {
  requireScope(actor, 'chat');
  const thread = await findThread(core, actor, threadId);
  const renamed = input.title === undefined ? {} : { updatedAt: new Date(core.clock.now()) };
  const change = { ...withoutUndefined(input), ...renamed };
  if (Object.keys(change).length > 0) {
    const write = () => core.stores.threads.update(thread.id, change);
    const isSharing = input.visibility !== undefined && input.visibility !== thread.visibility;
    const fields = {
      target: `thread:${thread.id}`,
      workspaceId: thread.workspaceId,
      details: { visibility: input.visibility ?? thread.visibility },
    };
    if (isSharing) await core.stores.audit.with(entryOf(core, actor, 'thread.updated', fields), write);
    else await write();
  }
  return toThread(actor, { ...thread, ...change });
}
